"""Tables that leave the system as CSV or XLSX, safe from formulas; what holds people says who took it out."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.trust.rules.exports import Taken

if TYPE_CHECKING:
    from openpyxl import Workbook


def as_csv(lines: Sequence[Sequence[Any]]) -> bytes:
    """Return the lines as CSV in UTF-8 with its mark, as office programs expect it."""
    out = StringIO()
    csv.writer(out).writerows([_safe(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(lines: Sequence[Sequence[Any]], taken: Taken | None = None) -> bytes:
    """Return the lines as one sheet of a workbook; one that was taken out says by whom, beside it and around it."""
    from openpyxl import Workbook  # noqa: PLC0415  slow to import, and few make files

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    if taken and taken.watermark:
        _say_whose(book, sheet, taken)
    for line in lines:
        sheet.append([_safe(cell) for cell in line])
    if taken:
        note = book.create_sheet(_("About this file"))
        for label, words in taken.note:
            note.append([_safe(label), _safe(words)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _say_whose(book: "Workbook", sheet: Any, taken: Taken) -> None:
    printed = taken.watermark.replace("&", "&&")  # a sign of the format of headers
    sheet.oddHeader.center.text = sheet.oddFooter.center.text = printed
    book.properties.creator, book.properties.identifier = taken.watermark, str(taken.entry)


def _safe(cell: Any) -> Any:
    """Return a cell that no spreadsheet program takes for a formula; texts made safe before stay as they are."""
    return kernel.safe_cell(cell) if isinstance(cell, str) and not _is_safe(cell) else cell


def _is_safe(cell: str) -> bool:
    return kernel.true_cell(cell) != cell
