"""Small cells are kept back 小数抑制: first those below a threshold, then others so that totals do not give them away.

A table of counts with its totals is published; kept-back cells are known to be at least 1 (a published 0 is a 0). A
cell is exposed when every table of such cells that agrees with the published totals has the same number there. Two
tables that agree differ by cycles in which cells go up and down in turn, so a cell is exposed unless it lies on such a
cycle; that is exact, and found by a walk over rows and columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Cell = tuple[int, int]
OTHER = "other"


class TooSmallError(ValueError):
    """No part of the table can be published so that nobody computes what is kept back."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A table to publish: `cells` with None where a number is kept back, and the totals of rows and columns."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]

    @property
    def kept_back(self) -> int:
        """How many cells are kept back."""
        return sum(cell is None for line in self.cells for cell in line)


def protect(counts: Mapping[tuple[str, str], int], *, least: int) -> Protected:
    """Return the table of counts by (row, column) as it may be published. Raises TooSmallError.

    Rows and columns whose total is below the threshold are put together as OTHER first, so that every total that is
    published is at least `least`.
    """
    merged = _merged(_merged(dict(counts), 0, least), 1, least)
    rows, columns = (tuple(sorted({key[side] for key in merged})) for side in (0, 1))
    table = [[merged.get((row, column), 0) for column in columns] for row in rows]
    if sum(map(sum, table)) < least:
        raise TooSmallError
    hidden = {(r, c) for r, line in enumerate(table) for c, count in enumerate(line) if 0 < count < least}
    _complement(table, hidden)
    return Protected(
        rows, columns,
        tuple(tuple(None if (r, c) in hidden else count for c, count in enumerate(line))
              for r, line in enumerate(table)),
        tuple(map(sum, table)), tuple(map(sum, zip(*table, strict=True))),
    )  # fmt: skip


def exposed(table: Sequence[Sequence[int]], hidden: set[Cell]) -> Iterator[Cell]:
    """Yield the kept-back cells whose number follows from the totals and the other cells."""
    up = {("r", r): [("c", c) for one, c in sorted(hidden) if one == r] for r, _column in hidden}
    down = {("c", c): [("r", r) for r, one in sorted(hidden) if one == c and table[r][c] > 1] for _row, c in hidden}
    ways = {**up, **down}
    for r, c in sorted(hidden):
        rises = _leads(ways, ("c", c), ("r", r))
        falls = table[r][c] > 1 and _leads(ways, ("r", r), ("c", c))
        if not rises and not falls:
            yield r, c


def _leads(
    ways: Mapping[tuple[str, int], Sequence[tuple[str, int]]], start: tuple[str, int], end: tuple[str, int]
) -> bool:
    """Tell whether a walk leads from start to end without the one step that joins them."""
    seen, edge = {start}, [start]
    while edge:
        here = edge.pop()
        for there in ways.get(here, ()):
            if (here, there) == (start, end) or there in seen:
                continue
            if there == end:
                return True
            seen.add(there)
            edge.append(there)
    return False


def _complement(table: Sequence[Sequence[int]], hidden: set[Cell]) -> None:
    """Keep back the smallest other cells, those of the same row and column first, until nothing is exposed."""
    while (open_one := next(exposed(table, hidden), None)) is not None:
        others = [
            (r != open_one[0] and c != open_one[1], count, r, c)
            for r, line in enumerate(table) for c, count in enumerate(line)
            if count > 0 and (r, c) not in hidden
        ]  # fmt: skip
        if not others:
            raise TooSmallError
        _far, _count, r, c = min(others)
        hidden.add((r, c))


def _merged(counts: dict[tuple[str, str], int], side: int, least: int) -> dict[tuple[str, str], int]:
    """Return the counts with the smallest rows (side 0) or columns (side 1) put together until no total is small."""
    totals: dict[str, int] = {}
    for key, count in counts.items():
        totals[key[side]] = totals.get(key[side], 0) + count
    small = {name for name, total in totals.items() if total < least}
    if not small:
        return counts
    for name in sorted((name for name in totals if name not in small), key=lambda one: (totals[one], one)):
        if sum(totals[one] for one in small) >= least:
            break
        small.add(name)
    found: dict[tuple[str, str], int] = {}
    for key, count in counts.items():
        named = OTHER if key[side] in small else key[side]
        new = (named, key[1]) if side == 0 else (key[0], named)
        found[new] = found.get(new, 0) + count
    return found
