"""`linli import divisions PATH`: reads the official division tables."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel import api as kernel
from linli.kernel import slots
from linli.regions.actions.import_divisions import import_divisions
from linli.regions.rules.tables import read_table, table_files


class DivisionsImporter(slots.Importer):
    """Reads one table, or a folder of them: counties, streets, communities."""

    code = "divisions"
    label = gettext_lazy("Divisions from the official table")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add where the table comes from and since when it holds."""
        parser.add_argument("--source", default="", help="where the table comes from; default: the file's name")
        parser.add_argument(
            "--day",
            type=date.fromisoformat,
            default=None,
            help="since when it holds, YYYY-MM-DD; default: today",
        )

    def run(
        self, *, path: Path | None, options: Mapping[str, Any], report: Callable[[str], None]
    ) -> slots.ImportReport:
        """Import file by file, the highest divisions first."""
        if path is None or not path.exists():
            return slots.ImportReport(
                problems=(_("Nothing to read; give the table or the folder that holds the tables."),)
            )
        now = kernel.now()
        day = options.get("day") or now.astimezone(ZoneInfo("Asia/Shanghai")).date()
        read = made = changed = skipped = 0
        problems: list[str] = []
        for file in table_files(path):
            source = options.get("source") or file.name
            done = import_divisions(rows=read_table(file), source=source, day=day, by="import", now=now)
            report(
                _("%(file)s: %(read)s rows, %(added)s added, %(renamed)s renamed, %(rejected)s left out.")
                % {
                    "file": file.name,
                    "read": done.read,
                    "added": done.added,
                    "renamed": done.renamed,
                    "rejected": len(done.problems),
                }
            )
            read, made, changed = read + done.read, made + done.added, changed + done.renamed
            skipped += len(done.problems)
            problems += done.problems
        return slots.ImportReport(read=read, made=made, changed=changed, skipped=skipped, problems=tuple(problems))
