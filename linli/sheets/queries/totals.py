"""What stands in the row of sums below a list or a table of figures 合计, where the issuer left the cell empty."""

from collections.abc import Mapping, Sequence
from typing import Any

from linli.registry import api as registry
from linli.sheets.models import Column, Part
from linli.sheets.queries.areas import grid_of
from linli.sheets.queries.filled import kind_of
from linli.sheets.queries.reading import BY_AREA
from linli.sheets.rules.counting import COUNTED, TOTAL, added_up
from linli.sheets.rules.grids import Grid
from linli.sheets.rules.sums import is_added, sum_of

ADDED = COUNTED | {"sum", "difference"}
Sums = Mapping[int, int | float]


def totals_of(part: Part, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> Sums:
    """Return by place of the column what stands in the row of sums below."""
    by_area = part.kind == BY_AREA
    added = [at for at, one in enumerate(columns) if (_is_counted(one) if by_area else _is_added(one))]
    if not added or not part.totals or not (by_area or kind_of(part)):
        return {}
    grid, below = grid_of(part), part.totals[0]
    free = [at for at in added if _is_free(grid, below, columns[at].index)]
    return _of_areas(part, rows, free) if by_area else _of_list(rows, free)


def _of_areas(part: Part, rows: Sequence[Sequence[Any]], free: Sequence[int]) -> Sums:
    keys = list(part.lines.filter(left_out="").order_by("place", "id").values_list("key", flat=True))
    return added_up([row for row, key in zip(rows, keys, strict=True) if key != TOTAL], free)


def _of_list(rows: Sequence[Sequence[Any]], free: Sequence[int]) -> Sums:
    """Return the sums of amounts and quantities of a list; none where something is no number."""
    found = {at: sum_of([row[at] for row in rows]) for at in free}
    return {at: one for at, one in found.items() if one is not None}


def _is_counted(column: Column) -> bool:
    return column.transform["kind"] in ADDED


def _is_added(column: Column) -> bool:
    return is_added(column.path, column.transform, is_number=_is_number(column))


def _is_number(column: Column) -> bool:
    kind, _dot, code = column.element.rpartition(".")
    element = registry.elements_of(registry.kind_at(column.element)).get(code) if kind else None
    return element is not None and element.type == "number"


def _is_free(grid: Grid, row: int, column: int) -> bool:
    """Tell whether a cell is empty, has no formula, and is not covered by a merged one."""
    covers = (one for one in grid.merges if one.row <= row <= one.last_row and one.column <= column <= one.last_column)
    is_covered = any((one.row, one.column) != (row, column) for one in covers)
    return grid.value(row, column) is None and (row, column) not in grid.formulas and not is_covered
