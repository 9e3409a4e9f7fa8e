"""`linli check`: Django's checks, and `linli check ledger` for the use ledger."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import check
from django.utils.translation import gettext as _

from linli.trust import api as trust

LEDGER = "ledger"


class Command(check.Command):
    """Checks the node, or recomputes the ledger."""

    help = "Find what is set up wrongly (--deploy for production); `linli check ledger` recomputes the use ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --json for the ledger."""
        super().add_arguments(parser)
        labels = next(action for action in parser._actions if action.dest == "args")  # noqa: SLF001  Django gives no help
        labels.help = "`ledger`, or the domains to check (default: all)"
        parser.add_argument("--json", action="store_true", help="print the ledger's figures as one JSON object, last")
        parser.add_argument(
            "--head", help="NUMBER:HASH of a seal noted elsewhere; tells whether the newest are missing"
        )

    def handle(self, *app_labels: Any, **options: Any) -> None:
        """Run Django's checks unless the ledger was asked for."""
        if app_labels == (LEDGER,):
            self._check_ledger(head=_head(options["head"]), as_json=options["json"])
            return
        del options["json"], options["head"]
        super().handle(*app_labels, **options)

    def _check_ledger(self, *, head: tuple[int, str] | None, as_json: bool) -> None:
        outcome = trust.verify_ledger(head=head)
        said = json.dumps(asdict(outcome), ensure_ascii=False, default=str) if as_json else str(outcome)
        self.stdout.write(said)
        if not outcome.ok:
            raise CommandError(_("The ledger does not recompute; the first entry that does not fit is named above."))


def _head(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    number, _colon, digest = text.partition(":")
    if not number.isascii() or not number.isdigit() or not digest:
        raise CommandError(
            _("--head must be a number and a hash, such as 120:9f3c…, as an earlier check printed them.")
        )
    return int(number), digest
