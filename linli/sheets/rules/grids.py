"""A file as it was read: cells, merged ranges, drop-downs, hidden columns, formulas; nothing of what they mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

Value = str | int | float | bool | date | datetime | time | None
Layout = Literal["xlsx", "xls", "ods", "docx", "csv"]
Row = tuple[Value, ...]
LETTERS = 26


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A rectangle of cells, counted from 0, both ends within. It is empty where its last row stands above its first."""

    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def a1(self) -> str:
        """Return the range as spreadsheets write it: "B3", "B3:D4"; an empty one is named by where it would begin."""
        first = f"{letters(self.column)}{self.row + 1}"
        last = f"{letters(self.last_column)}{self.last_row + 1}"
        return first if self.is_empty or first == last else f"{first}:{last}"

    @property
    def is_empty(self) -> bool:
        """Whether no cell lies within."""
        return self.last_row < self.row or self.last_column < self.column

    @property
    def height(self) -> int:
        """Return how many rows it has."""
        return max(self.last_row - self.row + 1, 0)

    @property
    def width(self) -> int:
        """Return how many columns it has."""
        return max(self.last_column - self.column + 1, 0)

    @property
    def rows(self) -> range:
        """Return its rows."""
        return range(self.row, self.last_row + 1)

    @property
    def columns(self) -> range:
        """Return its columns."""
        return range(self.column, self.last_column + 1)

    def holds(self, row: int, column: int) -> bool:
        """Tell whether a cell lies within."""
        return self.row <= row <= self.last_row and self.column <= column <= self.last_column


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, or one table of a text document.

    All rows are equally long; a merged range has its value in its first cell, the others hold None. `choices` gives the
    drop-down list of a column, also where the list stands in another sheet. `formulas` and `formats` (number formats)
    are kept for the rows that a form has, not for thousands. `above` and `below` are the paragraphs around the table of
    a text document; `last_row` is the last row that the sheet has prepared, be it empty. `is_hidden`: nobody sees the
    sheet; `is_list`: the lists of other sheets stand in it.
    """

    name: str
    rows: tuple[Row, ...]
    merges: tuple[Span, ...] = ()
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    last_row: int = -1
    is_hidden: bool = False
    is_list: bool = False
    index: int = 0

    @property
    def height(self) -> int:
        """Return how many rows it has."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """Return how many columns it has."""
        return len(self.rows[0]) if self.rows else 0

    def value(self, row: int, column: int) -> Value:
        """Return what stands in a cell; None outside."""
        return self.rows[row][column] if 0 <= row < self.height and 0 <= column < self.width else None

    def cells(self, span: Span) -> Iterator[tuple[int, int, Value]]:
        """Yield (row, column, value) of each cell within."""
        for row in span.rows:
            for column in span.columns:
                yield row, column, self.value(row, column)


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets of a file, or all tables of a text document, in its order."""

    layout: Layout
    grids: tuple[Grid, ...]


def letters(column: int) -> str:
    """Return the letters by which spreadsheets call a column that is counted from 0."""
    found, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, LETTERS)
        found = chr(ord("A") + place) + found
    return found


def column_of(name: str) -> int:
    """Return the column, counted from 0, of its letters."""
    number = 0
    for letter in name.upper():
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number - 1


__all__ = ["Book", "Grid", "Layout", "Row", "Span", "Value", "column_of", "letters"]
