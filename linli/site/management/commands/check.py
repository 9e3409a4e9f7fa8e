"""`linli check`: Django's checks, and `linli check ledger` for the use ledger."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import check
from django.utils.translation import gettext as _

from linli.site.management.commands.ledger import add_verify_arguments, verify

LEDGER = "ledger"


class Command(check.Command):
    """Checks the node, or recomputes the ledger."""

    help = "Find what is set up wrongly (--deploy for production); `linli check ledger` recomputes the use ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --json for the ledger."""
        super().add_arguments(parser)
        labels = next(action for action in parser._actions if action.dest == "args")  # noqa: SLF001  Django gives no help
        labels.help = "`ledger`, or the domains to check (default: all)"
        add_verify_arguments(parser)

    def handle(self, *app_labels: Any, **options: Any) -> None:
        """Run Django's checks unless the ledger was asked for."""
        if app_labels == (LEDGER,):
            if not verify(self, head=options["head"], as_json=options["json"]):
                raise CommandError(
                    _("The ledger does not recompute; the first entry that does not fit is named above.")
                )
            return
        del options["json"], options["head"]
        super().handle(*app_labels, **options)
