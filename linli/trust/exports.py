"""The register of processing activities as a table that leaves the system: CSV and XLSX, safe from formulas."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(lines: Sequence[Sequence[Any]]) -> bytes:
    """Return the lines as CSV in UTF-8 with its mark, as office programs expect it."""
    out = StringIO()
    csv.writer(out).writerows([_safe(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(lines: Sequence[Sequence[Any]]) -> bytes:
    """Return the lines as one sheet of a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in lines:
        sheet.append([_safe(cell) for cell in line])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _safe(cell: Any) -> Any:
    """Return a cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
