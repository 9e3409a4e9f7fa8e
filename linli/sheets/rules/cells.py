"""Cells as every reader hands them on: nothing is None, whole numbers are integers, rows are equally long."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, time, timedelta
from itertools import product
from typing import Any

from linli.sheets.rules.grids import Row, Span, Value

MIDNIGHT = time()
MOST_BEYOND = 60  # rows or columns that a merged range may add to what is filled


def true_value(cell: Any) -> Value:
    """Return what a cell holds; a moment at midnight is a day."""
    if isinstance(cell, str):
        return cell if cell and not cell.isspace() else None
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == MIDNIGHT else cell
    if isinstance(cell, timedelta):
        return str(cell)
    return cell  # type: ignore[no-any-return]


def even_rows(rows: Iterable[Sequence[Any]], merges: Collection[Span] = ()) -> tuple[Row, ...]:
    """Return rows of one length; merged cells keep their first value only.

    Empty rows and columns at the end go, unless a filled merged range reaches there.
    """
    made = [[true_value(cell) for cell in row] for row in rows]
    for span in merges:
        for row, column in product(
            range(span.row, min(span.last_row + 1, len(made))), range(span.column, span.last_column + 1)
        ):
            if (row, column) != (span.row, span.column) and column < len(made[row]):
                made[row][column] = None
    filled = [span for span in merges if _is_filled(made, span)]
    while made and not any(cell is not None for cell in made[-1]):
        made.pop()
    bottom = max((min(span.last_row, len(made) + MOST_BEYOND) + 1 for span in filled), default=0)
    made += [[] for _ in range(bottom - len(made))]
    width = max((_used(row) for row in made), default=0)
    width = max(width, *(min(span.last_column, width + MOST_BEYOND) + 1 for span in filled), 0)
    return tuple(tuple(row[:width] + [None] * (width - len(row))) for row in made)


def _is_filled(rows: Sequence[Sequence[Value]], span: Span) -> bool:
    return span.row < len(rows) and span.column < len(rows[span.row]) and rows[span.row][span.column] is not None


def _used(row: Sequence[Value]) -> int:
    return next((place for place in range(len(row), 0, -1) if row[place - 1] is not None), 0)


__all__ = ["even_rows", "true_value"]
