"""Headings and sums among the rows to fill 分段表: the base does not know which rows stand below which."""

import re
from itertools import pairwise

from linli.sheets.rules.boards import Board, Cell
from linli.sheets.rules.grids import Span
from linli.sheets.rules.layouts import Table
from linli.sheets.rules.lines import is_total

LONGEST_HEADING, HALF = 16, 0.5
_HEADING = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|^第.{1,3}[组网片部]")
_NO_HEADING = re.compile(r"说明|要求|注意|[。；;:：]")


def inner_rows(table: Table) -> list[int]:
    """Return the rows, from 0, that part the rows to fill: headings, and sums with room below them for more rows."""
    if table.is_card or table.is_within:
        return []
    board, rows = Board(table.grid), _reach(table)
    sums = [row for row in rows if is_total(board.cells(row))]
    heads = [row for row in rows if row not in sums and _is_heading(board.cells(row), table.header.width)]
    parting = {*sums, *heads}
    # A heading has room just below it: a column that is filled in already (第一组, 第二组) reads alike, but has none.
    found = [row for row in heads if row + 1 in rows and row + 1 not in parting]
    found += [row for row, after in pairwise(sums) if not parting >= set(range(row, after))]
    return sorted(found)


def rows_below(table: Table, inner: list[int]) -> tuple[Span, list[int]]:
    """Return the rows to fill below a heading that stands above all of them, and the headings that are left."""
    leading = [row for place, row in enumerate(inner) if row == table.header.last_row + 1 + place]
    if not leading or leading != inner:
        return table.body, inner
    first, end = leading[-1] + 1, table.totals.row - 1 if table.totals else _reach(table)[-1]
    last = table.body.last_row if table.body.last_row >= first else end
    return Span(first, table.body.column, last, table.body.last_column), []


def _reach(table: Table) -> range:
    """Return the rows of a table from its names down to its last sum, or its last row to fill."""
    if table.totals:
        last = max(table.totals.last_row, table.body.last_row)
    elif table.signature and table.signature.row > table.body.last_row:
        last = table.signature.row - 1
    else:
        last = table.grid.height - 1 if table.body.is_empty else table.body.last_row
    return range((table.hint or table.header).last_row + 1, last + 1)


def _is_heading(cells: list[Cell], width: int) -> bool:
    if len(cells) != 1 or not isinstance(cells[0].value, str):
        return False
    text = cells[0].text
    is_wide = cells[0].span.width >= max(2, HALF * width)
    return len(text) <= LONGEST_HEADING and not _NO_HEADING.search(text) and (is_wide or bool(_HEADING.search(text)))


__all__ = ["inner_rows", "rows_below"]
