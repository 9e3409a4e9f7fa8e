"""`linli import hotline FILE`: a hotline file from the command line, CSV (also gzipped) or XLSX."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.events.actions.tickets import MappingMissingError, import_tickets
from linli.events.queries.ticket_rows import FileRefusedError
from linli.events.rules.dispatch import NoCentreError
from linli.kernel import api as kernel
from linli.kernel import slots

EVERY = 200


class HotlineImporter(slots.Importer):
    """Takes each good row as an event; rows that are not taken are kept with their reason."""

    code = "hotline"
    label = gettext_lazy("Hotline tickets")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add which rows are wanted."""
        parser.add_argument("--only", metavar="COLUMN=VALUE", help="take only rows with this value; default: with text")

    def run(
        self, *, path: Path | None, options: Mapping[str, Any], report: Callable[[str], None]
    ) -> slots.ImportReport:
        """Import the file as the node itself."""
        if path is None:
            return slots.ImportReport(problems=(_("Give the file to import."),))
        try:
            file = import_tickets(
                content=path.read_bytes(),
                name=path.name,
                by=accounts.SYSTEM,
                now=kernel.now(),
                wanted=_wanted(options.get("only")),
                progress=lambda done: None if done % EVERY else report(_("%(done)s rows") % {"done": done}),
            )
        except NoCentreError as missing_centre:
            return slots.ImportReport(problems=(str(missing_centre),))
        except FileRefusedError:
            return slots.ImportReport(problems=(_("This is not a table that we can read; save it as CSV or XLSX."),))
        except MappingMissingError as missing:
            known = ", ".join(missing.header)
            return slots.ImportReport(
                problems=(_("No column is known to hold the text: %(known)s") % {"known": known},)
            )
        rejected = file.rejected_rows.order_by("line")[:20]
        problems = tuple(_("line %(line)s: %(why)s") % {"line": row.line, "why": row.reason} for row in rejected)
        return slots.ImportReport(
            read=file.rows, made=file.taken, changed=0, skipped=file.known + file.rejected, problems=problems
        )


def _wanted(only: str | None) -> Callable[[Mapping[str, str]], bool]:
    if not only:
        return lambda row: row.get("has_raw", "1") == "1"
    column, _equals, value = only.partition("=")
    return lambda row: row.get(column, "") == value
