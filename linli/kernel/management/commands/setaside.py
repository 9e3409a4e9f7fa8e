"""`linli setaside`: lists the facts that receivers could not take, and tells them again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from linli.kernel.actions.deliver import retry_set_aside
from linli.kernel.models import SetAside
from linli.kernel.rules.clock import now
from linli.kernel.rules.logs import plain


class Command(BaseCommand):
    """One line a fact: its id, the receiver, the kind, and the last line of the error."""

    help = "List the facts that were set aside, or tell them to their receivers again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say whether to tell again, and for which receiver."""
        parser.add_argument("--retry", action="store_true", help="tell them again; those that fail stay set aside")
        parser.add_argument("--receiver", default="", help="only the facts of this receiver")

    def handle(self, *, retry: bool, receiver: str, **_options: Any) -> None:
        """List, or tell again."""
        rows = SetAside.objects.filter(resolved_at=None).select_related("entry").order_by("entry")
        for row in rows.filter(receiver=receiver) if receiver else rows:
            outcome = self._retry(row) if retry else row.error.strip().splitlines()[-1]
            self.stdout.write(f"{row.entry.fact_id} {row.receiver} {row.entry.kind}: {outcome}")

    def _retry(self, row: SetAside) -> str:
        try:
            retry_set_aside(set_aside=row, now=now())
        except Exception as error:  # noqa: BLE001  a receiver may raise anything, and must not hold the others
            return plain(f"{type(error).__name__}: {error}")
        return "done"
