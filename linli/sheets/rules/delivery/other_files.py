"""Lists in files that are no XLSX: CSV as the issuer wrote it, old workbooks as new ones, and plain data."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from python_calamine import CalamineError, CalamineWorkbook

from linli.kernel import api as kernel
from linli.sheets.rules.delivery.places import Filled, Place, Target, Value
from linli.sheets.rules.delivery.workbook import fill_workbook
from linli.sheets.rules.refusals import DeliveryRefusedError

ENCODINGS = ("utf-8-sig", "utf-8", "gb18030")
_MARK = b"\xef\xbb\xbf"
DELIMITERS = ",\t;|"
SHEET = "Sheet1"


def fill_csv(
    template: bytes, *, place: Place, targets: Sequence[Target], rows: Iterable[Sequence[Value]]
) -> Filled:  # fmt: skip
    """Return a CSV file with a list filled, in the issuer's encoding, with its delimiter and its ends of lines.

    What a spreadsheet program would take for a formula is written as text. Raises DeliveryRefusedError.
    """
    text, encoding = _decoded(template)
    head = next((line for line in text.splitlines() if line), "")
    delimiter = max(DELIMITERS, key=head.count)
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if place.first_row > len(lines) + 1:
        raise DeliveryRefusedError(_("The file has no such list."))
    width = max([*(len(line) for line in lines), *(one.at for one in targets)], default=0)
    made = [_line(width, targets, row) for row in rows]
    end = min(place.end, len(lines))
    before, after = lines[: place.first_row - 1], lines[end:]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n" if "\r\n" in text else "\n")
    writer.writerows([*before, *made, *after])
    inserted = max(0, len(made) - (place.end - place.first_row + 1))
    return Filled(out.getvalue().encode(encoding, "xmlcharrefreplace"), len(made), inserted)


def fill_foreign_workbook(
    template: bytes, *, place: Place, targets: Sequence[Target], rows: Iterable[Sequence[Value]]
) -> Filled:  # fmt: skip
    """Return a new workbook (XLSX) with the words of an old one (XLS, ODS) around the list, without its looks.

    The note of the answer says so. Raises DeliveryRefusedError.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(template))
        found = (
            book.get_sheet_by_index(place.sheet)
            if isinstance(place.sheet, int)
            else book.get_sheet_by_name(place.sheet)
        )
        lines, merged = found.to_python(skip_empty_area=False), found.merged_cell_ranges or []
    except (CalamineError, IndexError, ValueError, TypeError) as error:
        raise DeliveryRefusedError(_("This workbook cannot be read, or has no such sheet.")) from error
    new = Workbook()
    sheet = new.active
    sheet.title = place.sheet if isinstance(place.sheet, str) else SHEET
    for number, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            if value != "" and not place.first_row <= number <= place.end:
                sheet.cell(number, column).value = kernel.safe_cell(value) if isinstance(value, str) else value
    for (top, left), (bottom, right) in merged:
        if bottom + 1 < place.first_row or top + 1 > place.end:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    out = io.BytesIO()
    new.save(out)
    filled = fill_workbook(out.getvalue(), place=_at(place, sheet.title), targets=targets, rows=rows)
    note = _("The form came as an old workbook. It is delivered as .xlsx: its words are kept, its looks are not.")
    return Filled(filled.content, filled.rows, filled.inserted, (note,))


def as_json(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return rows as JSON: a list of objects by the names of the columns; days as ISO texts."""
    told: list[Mapping[str, Value]] = [dict(zip(columns, row, strict=True)) for row in rows]
    return json.dumps(told, ensure_ascii=False, default=str, indent=1).encode()


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return rows as CSV in UTF-8 with its mark, safe from formulas."""
    out = io.StringIO()
    csv.writer(out).writerows([columns, *([_safe(value) for value in row] for row in rows)])
    return _MARK + out.getvalue().encode()


def _at(place: Place, sheet: str) -> Place:
    return Place(sheet, place.first_row, place.last_row, place.model_row)


def _line(width: int, targets: Sequence[Target], row: Sequence[Value]) -> list[str]:
    line = [""] * width
    for target, value in zip(targets, row, strict=True):
        line[target.at - 1] = _safe(value)
    return line


def _safe(value: Value) -> str:
    return "" if value is None else str(kernel.safe_cell(value)) if isinstance(value, str) else str(value)


def _decoded(content: bytes) -> tuple[str, str]:
    for encoding in ENCODINGS if content.startswith(_MARK) else ENCODINGS[1:]:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise DeliveryRefusedError(_("The encoding of this file is not known. Save it as UTF-8 or GB18030."))
