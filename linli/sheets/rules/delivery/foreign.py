"""Workbooks of before 2007 (XLS) as new ones: words, merged cells, drop-downs and sums, but not the looks."""

import io
import re
from collections.abc import Collection, Sequence
from typing import Any

from linli.kernel import api as kernel
from linli.sheets.rules.delivery.places import Section
from linli.sheets.rules.grids import Grid, Value, letters
from linli.sheets.rules.reading import read_book
from linli.sheets.rules.refusals import DeliveryRefusedError, SheetRefusedError

NARROWEST, WIDEST, LONGEST_LIST = 10, 40, 255


def as_new_workbook(content: bytes, name: str, lists: Sequence[Section]) -> bytes:
    """Return a workbook (XLSX) with all sheets of another; `lists` are left empty.

    An XLS does not tell us how it reckons: a number in the row below a list is reckoned anew, as the sum of its column,
    or the count where words stand in it. Raises DeliveryRefusedError.
    """
    from openpyxl import Workbook  # noqa: PLC0415  slow to import, and few make files

    try:
        book = read_book(content, name)
    except SheetRefusedError as error:
        raise DeliveryRefusedError(error.sentence) from error
    new = Workbook()
    new.remove(new.active)
    for number, grid in enumerate(book.grids):
        sheet = new.create_sheet(f"Sheet{number + 1}")
        sheet.title = _title(grid.name) or sheet.title
        sheet.sheet_state = "hidden" if grid.is_hidden else "visible"
        _write(sheet, grid, [one for one in lists if one.place.sheet == number])
    out = io.BytesIO()
    new.save(out)
    return out.getvalue()


def _write(sheet: Any, grid: Grid, lists: Sequence[Section]) -> None:
    empty = {row for one in lists for row in range(one.place.first_row, one.place.end + 1)}
    below = {one.place.end + 1: one for one in lists}
    for number, row in enumerate(grid.rows, 1):
        for column, value in enumerate(row, 1):
            said = _said(column, value, below.get(number))
            if said is not None and number not in empty:
                sheet.cell(number, column).value = said
    for one in grid.merges:
        if not empty & set(range(one.row + 1, one.last_row + 2)):
            sheet.merge_cells(
                start_row=one.row + 1, start_column=one.column + 1, end_row=one.last_row + 1,
                end_column=one.last_column + 1,
            )  # fmt: skip
    for column in range(grid.width):
        sheet.column_dimensions[letters(column)].width = _width(grid, column)
        sheet.column_dimensions[letters(column)].hidden = column in grid.hidden_columns
    _offer(sheet, grid, lists)


def _said(column: int, value: Value, above: Section | None) -> Any:
    """Return what a cell of the new workbook holds: a sum made anew, or the value."""
    if above and isinstance(value, int | float) and not isinstance(value, bool):
        return _sum(above, column)
    return kernel.safe_cell(value) if isinstance(value, str) else value


def _sum(above: Section, column: int) -> str:
    at = next((n for n, one in enumerate(above.targets) if one.at == column), None)
    is_count = at is not None and any(isinstance(row[at], str) for row in above.rows)
    letter, place = letters(column - 1), above.place
    return f"={'COUNTA' if is_count else 'SUM'}({letter}{place.first_row}:{letter}{place.end})"


def _offer(sheet: Any, grid: Grid, lists: Collection[Section]) -> None:
    """Let the columns of a list offer the words that they offered."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415  slow to import, and few make files

    for column, words in grid.choices.items():
        listed = ",".join(words)
        if len(listed) <= LONGEST_LIST and not any("," in word or '"' in word for word in words):
            check = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
            letter = letters(column)
            for one in lists:
                check.add(f"{letter}{one.place.first_row}:{letter}{one.place.end}")
            sheet.add_data_validation(check)


def _width(grid: Grid, column: int) -> int:
    longest = max((len(str(row[column])) for row in grid.rows if row[column] is not None), default=0)
    return min(max(NARROWEST, 2 * longest + 2), WIDEST)


def _title(name: str) -> str:
    return re.sub(r"[\\/*?:\[\]]", " ", name).strip("' ")[:31]
