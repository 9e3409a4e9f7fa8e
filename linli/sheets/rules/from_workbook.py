"""XLSX and XLS as grids: values by a compiled reader, the rest from the parts. Macros are never looked at."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from linli.sheets.rules.archives import Archive, broken, locked, too_large
from linli.sheets.rules.cells import even_rows
from linli.sheets.rules.grids import Book, Grid, Layout, Span
from linli.sheets.rules.workbook_parts import Reference, SheetParts, sheets_of

MOST_ROWS, MOST_CELLS, MOST_SHEETS, MOST_WORDS = 100_000, 6_000_000, 100, 500


def read_xlsx(content: bytes, archive: Archive) -> Book:
    """Return the sheets of an XLSX. Raises SheetRefusedError."""
    parts = {one.name: one for one in sheets_of(archive)}
    if any(rows > MOST_ROWS or rows * columns > MOST_CELLS for rows, columns in (one.extent for one in parts.values())):
        raise too_large()
    return _book(content, "xlsx", parts)


def read_xls(content: bytes) -> Book:
    """Return the sheets of an XLS; its drop-downs and hidden columns are not read. Raises SheetRefusedError."""
    return _book(content, "xls", {})


def _book(content: bytes, layout: Layout, parts: Mapping[str, SheetParts]) -> Book:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        known = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet][:MOST_SHEETS]
        grids: list[Grid] = []
        for one in known:
            is_hidden = one.visible != SheetVisibleEnum.Visible
            grids.append(_grid(book.get_sheet_by_name(one.name), parts.get(one.name), len(grids), is_hidden=is_hidden))
    except PasswordError:
        raise locked() from None
    except (CalamineError, ValueError, OSError):
        raise broken() from None
    return Book(layout, _listed(grids, parts))


def _grid(sheet: CalamineSheet, parts: SheetParts | None, index: int, *, is_hidden: bool) -> Grid:
    if sheet.total_height > MOST_ROWS or sheet.total_height * sheet.total_width > MOST_CELLS:
        raise too_large()
    merges = tuple(
        sorted(Span(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    )
    rows = even_rows(sheet.to_python(skip_empty_area=False), merges) if sheet.end else ()
    plain = Grid(sheet.name, rows, merges, last_row=len(rows) - 1, is_hidden=is_hidden, index=index)
    if parts is None:
        return plain
    return replace(
        plain,
        hidden_columns=parts.columns,
        hidden_rows=parts.rows,
        formulas=parts.formulas,
        formats=parts.formats,
        last_row=min(max(parts.last_row, len(rows) - 1), MOST_ROWS),
        is_hidden=parts.is_hidden or is_hidden,
    )


def _listed(grids: Sequence[Grid], parts: Mapping[str, SheetParts]) -> tuple[Grid, ...]:
    """Give each grid the words of its drop-downs, and tell which sheets hold nothing but such words."""
    by_name = {grid.name: grid for grid in grids}
    used = {
        words.sheet
        for name, one in parts.items()
        for words in one.lists.values()
        if isinstance(words, Reference) and words.sheet not in {"", name}
    }
    return tuple(
        replace(
            grid,
            choices={
                column: found
                for column, words in (parts[grid.name].lists.items() if grid.name in parts else ())
                if (found := _words(words, grid, by_name))
            },
            is_list=grid.name in used and not (grid.name in parts and parts[grid.name].lists),
        )
        for grid in grids
    )


def _words(words: tuple[str, ...] | Reference, own: Grid, grids: Mapping[str, Grid]) -> tuple[str, ...]:
    if not isinstance(words, Reference):
        return words
    grid = grids.get(words.sheet, own) if words.sheet else own
    span = replace(
        words.span,
        last_row=min(words.span.last_row, words.span.row + MOST_WORDS, grid.height - 1),
        last_column=min(words.span.last_column, words.span.column + MOST_WORDS),
    )
    return tuple(str(value).strip() for _row, _column, value in grid.cells(span) if value is not None)


__all__ = ["read_xls", "read_xlsx"]
