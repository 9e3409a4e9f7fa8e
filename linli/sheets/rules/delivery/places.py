"""Where a list stands in the issuer's own file, and which of its columns are filled. Rows and columns count from 1."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from linli.sheets.rules import grids

Value = grids.Value | Decimal
Address = tuple[int, int]  # row and column
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Target:
    """A column that is filled. `as_text` writes numbers and days as text, too, whatever the issuer's cell is for."""

    at: int
    as_text: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A list in a sheet (a name, or its place from 0): from `first_row` to `last_row` the issuer left room.

    More rows than that are inserted behind `last_row`. They look like `model_row` (0: the first), formulas included.
    Where `last_row` stands just above `first_row` there is no room, and rows look like the one above; 0: one row.
    """

    sheet: str | int
    first_row: int
    last_row: int = 0
    model_row: int = 0

    @property
    def end(self) -> int:
        """The last row with room."""
        return self.last_row if self.last_row and self.last_row >= self.first_row - 1 else self.first_row

    @property
    def model(self) -> int:
        """The row after which others are made."""
        return self.model_row or min(self.first_row, self.end)


@dataclass(frozen=True, slots=True)
class Section:
    """One list of a form to be filled: where it stands, its columns, and its rows, one value for each column."""

    place: Place
    targets: Sequence[Target]
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Growth:
    """That `by` rows are inserted into a sheet behind row `last`; the list begins at row `first`.

    A stretch that holds the last row of the list grows with it, also where it ends there: so sums stay whole. Where
    the list has no room (`last` above `first`) only a stretch grows that goes on behind.
    """

    sheet: str
    first: int
    last: int
    by: int

    def row(self, row: int) -> int:
        """Return where a single row is afterwards."""
        return row + self.by if row > self.last else row

    def stretch(self, begin: int, end: int) -> tuple[int, int]:
        """Return where a stretch of rows is afterwards."""
        grows = begin <= self.last and (end >= self.last if self.last >= self.first else end > self.last)
        return self.row(begin), end + self.by if grows else self.row(end)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written: the file, and how many rows of the list and of them inserted. `notes` are sentences."""

    content: bytes
    rows: int
    inserted: int
    notes: tuple[str, ...] = field(default=())


def letters_of(column: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    return grids.letters(column - 1)


def number_of(letters: str) -> int:
    """Return the number of a column."""
    return grids.column_of(letters) + 1


def cell_of(address: str) -> tuple[int, int]:
    """Return row and column of an address such as C5. Raises ValueError."""
    found = _CELL.fullmatch(address)
    if found is None:
        raise ValueError(address)
    return int(found[2]), number_of(found[1])


def moved_ranges(text: str, growth: Growth) -> str:
    """Return a list of ranges such as `A1:F20 H3`, as they are afterwards."""
    return " ".join(_moved(one, growth.stretch) for one in text.split())


def _moved(text: str, stretch: Callable[[int, int], tuple[int, int]]) -> str:
    ends = [_CELL.fullmatch(one) for one in text.split(":")]
    if not all(ends) or len(ends) > 2:  # noqa: PLR2004  the two ends of a range; whole columns have no rows
        return text
    rows = [int(one[2]) for one in ends if one]
    begin, end = stretch(rows[0], rows[-1])
    words = [one[0][: -len(one[2])] for one in ends if one]
    if len(words) == 1:
        return f"{words[0]}{begin}" if begin == end else f"{words[0]}{begin}:{words[0]}{end}"
    return f"{words[0]}{begin}:{words[1]}{end}"
