"""A form drawn from elements 表样设计, as a clean workbook: title, header in up to two rows, rows to fill, notes."""

from collections.abc import Iterable, Mapping
from functools import cache
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets.rules.binding import ElementLike
from linli.sheets.rules.designs import Design, DesignColumn
from linli.sheets.rules.grids import Span, letters

BODY, LISTS = 30, "lists"
NARROW, WIDE, WIDEST = 8, 14, 28
AS_TEXT = "@"  # else a spreadsheet shortens long numbers
HEADER_ROW = 2  # the third, counted from 0


def workbook_of(
    design: Design, elements: Iterable[ElementLike], codes: Mapping[str, Mapping[str, str]], *, rows: int = BODY
) -> bytes:
    """Return the workbook of a design with `rows` empty rows; columns with a code table offer its labels.

    `elements` is the dictionary, `codes` the code tables as {table: {code: label}}.
    """
    known = {(one.kind, one.code): one for one in elements}
    asked = [known.get((registry.kind_at(one.element), one.element.rpartition(".")[2])) for one in design.columns]
    from openpyxl import Workbook  # noqa: PLC0415  slow to import, and few make files

    book, looks = Workbook(), _looks()
    sheet: Any = book.active
    right = len(design.columns) - 1
    _write(sheet, Span(0, 0, 0, right), design.title, looks.title, looks.middle)
    half = right // 2
    _write(sheet, Span(1, 0, 1, half), _("Filled in by:"), looks.plain, looks.left)
    if right > half:
        _write(sheet, Span(1, half + 1, 1, right), _("Filled in on:"), looks.plain, looks.left)
    first = _header(sheet, design.columns) + 1
    body = Span(first, 0, first + rows - 1, right)
    _body(sheet, body, asked)
    for place, column in enumerate(design.columns):
        sheet.column_dimensions[letters(place)].width = _width(column)
    _drop_downs(book, body, asked, codes)
    for number, note in enumerate(design.notes):
        place = first + rows + number
        _write(sheet, Span(place, 0, place, right), _("Note: %s") % note, looks.small, looks.left)
    sheet.freeze_panes = sheet.cell(first + 1, 1)
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _header(sheet: Any, columns: tuple[DesignColumn, ...]) -> int:
    """Write the names of the columns, groups above them; return the last row of the header."""
    last = HEADER_ROW + any(one.group for one in columns)
    place = 0
    while place < len(columns):
        one, end = columns[place], place
        if not one.group:
            _head(sheet, Span(HEADER_ROW, place, last, place), one.leaf)
        else:
            while end + 1 < len(columns) and columns[end + 1].group == one.group:
                end += 1
            _head(sheet, Span(HEADER_ROW, place, HEADER_ROW, end), one.group)
            for column in range(place, end + 1):
                _head(sheet, Span(last, column, last, column), columns[column].leaf)
        place = end + 1
    return last


def _head(sheet: Any, span: Span, text: str) -> None:
    for row in span.rows:
        for column in span.columns:
            cell = sheet.cell(row + 1, column + 1)
            cell.border, cell.fill = _looks().thin, _looks().head
    _write(sheet, span, text, _looks().bold, _looks().middle)


def _write(sheet: Any, span: Span, text: str, font: Any, how: Any) -> None:
    cell = sheet.cell(span.row + 1, span.column + 1, kernel.safe_cell(text))
    cell.font, cell.alignment = font, how
    if span.height > 1 or span.width > 1:
        sheet.merge_cells(span.a1)


def _body(sheet: Any, body: Span, asked: list[ElementLike | None]) -> None:
    for row in body.rows:
        for column, element in enumerate(asked):
            cell = sheet.cell(row + 1, column + 1)
            cell.border = _looks().thin
            if element is None or element.type not in {"number", "date"}:
                cell.number_format = AS_TEXT


def _width(column: DesignColumn) -> int:
    if column.transform.kind == "row_number":
        return NARROW
    return min(max(WIDE, 2 * len(column.leaf) + 2), WIDEST)


def _drop_downs(
    book: Any, body: Span, asked: list[ElementLike | None], codes: Mapping[str, Mapping[str, str]]
) -> None:  # fmt: skip
    """Let columns with a code table offer its labels; they stand in a sheet that nobody sees."""
    tables = [one.table if one and codes.get(one.table) else "" for one in asked]
    if not any(tables):
        return
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415  slow to import, and few make files

    sheet, lists = book.active, book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    places = {table: place for place, table in enumerate(dict.fromkeys(filter(None, tables)))}
    for table, place in places.items():
        for row, label in enumerate(codes[table].values(), start=1):
            lists.cell(row, place + 1, kernel.safe_cell(label))
    for column, table in enumerate(tables):
        if table:
            letter = letters(places[table])
            source = f"{LISTS}!${letter}$1:${letter}${len(codes[table])}"
            rule = DataValidation(type="list", formula1=source, allow_blank=True)
            rule.add(Span(body.row, column, body.last_row, column).a1)
            sheet.add_data_validation(rule)


@cache
def _looks() -> Any:
    """Return lines, fonts and how words stand in cells."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415  slow to import, and few make files

    return SimpleNamespace(
        thin=Border(*[Side(style="thin")] * 4),
        middle=Alignment(horizontal="center", vertical="center", wrap_text=True),
        left=Alignment(horizontal="left", vertical="center", wrap_text=True),
        head=PatternFill("solid", fgColor="E8EEED"),
        title=Font(bold=True, size=16), bold=Font(bold=True), plain=Font(), small=Font(size=10),
    )  # fmt: skip


__all__ = ["workbook_of"]
