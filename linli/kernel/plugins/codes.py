"""`linli import codes [FILE]`: code tables of national standards."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel import slots
from linli.kernel.actions.codes import CodeFileError, load_codes, load_shipped_codes


class CodeImporter(slots.Importer):
    """Takes one file, or what ships with Linli when none is named."""

    code = "codes"
    label = _("Code tables")

    def run(
        self,
        *,
        path: Path | None,
        options: Mapping[str, Any],  # noqa: ARG002  the slot's shape
        report: Callable[[str], None],
    ) -> slots.ImportReport:
        """Load the tables."""
        try:
            loaded = [load_codes(path=path)] if path else load_shipped_codes()
        except CodeFileError as error:
            return slots.ImportReport(problems=(str(error),))
        for table in loaded:
            report(f"{table.table}: {table.read}")
        return slots.ImportReport(
            read=sum(table.read for table in loaded),
            made=sum(table.made for table in loaded),
            changed=sum(table.changed + table.removed for table in loaded),
        )
