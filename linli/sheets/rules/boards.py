"""A grid seen as a person sees it: merged cells are one cell, and a row has only the cells that begin in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from linli.sheets.rules.grids import Grid, Span, Value
from linli.sheets.rules.labels import shown


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, or one merged range, with what it says."""

    span: Span
    value: Value
    text: str

    @property
    def column(self) -> int:
        """Return its first column."""
        return self.span.column


class Board:
    """A grid with its merged ranges resolved."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._cells: dict[int, list[Cell]] = {}

    @cached_property
    def merged(self) -> Mapping[tuple[int, int], Span]:
        """Return the merged range of each cell that lies in one."""
        width, height = self.grid.width, max(self.grid.height, self.grid.last_row + 1)
        return {
            (row, column): span
            for span in self.grid.merges
            if span.row < height
            for row in range(span.row, min(span.last_row + 1, height))
            for column in range(span.column, min(span.last_column + 1, width))
        }

    def span_at(self, row: int, column: int) -> Span:
        """Return the merged range around a cell, else the cell itself."""
        return self.merged.get((row, column)) or Span(row, column, row, column)

    def cell_at(self, row: int, column: int) -> Cell | None:
        """Return what a person reads at a place; None where nothing stands."""
        span = self.span_at(row, column)
        value = self.grid.value(span.row, span.column)
        return None if value is None else Cell(span, value, shown(value))

    def cells(self, row: int) -> list[Cell]:
        """Return the filled cells that begin in a row, from left to right."""
        if not 0 <= row < self.grid.height:
            return []
        if row not in self._cells:
            self._cells[row] = [
                Cell(self.span_at(row, column), value, shown(value))
                for column, value in enumerate(self.grid.rows[row])
                if value is not None
            ]
        return self._cells[row]

    def is_blank(self, row: int) -> bool:
        """Tell whether nothing begins in a row."""
        return not 0 <= row < self.grid.height or all(value is None for value in self.grid.rows[row])

    def covers(self, row: int, column: int) -> bool:
        """Tell whether a filled cell lies over a place, be it merged."""
        span = self.span_at(row, column)
        return self.grid.value(span.row, span.column) is not None


__all__ = ["Board", "Cell"]
