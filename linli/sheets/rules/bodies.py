"""What stands below a header: rows to fill, sums, explanations, signatures, up to the next table."""

from dataclasses import dataclass, field

from linli.sheets.rules.boards import Board, Cell
from linli.sheets.rules.grids import Row, Span
from linli.sheets.rules.headers import Header, Known, header_at, is_data
from linli.sheets.rules.lines import (
    is_facts,
    is_hard,
    is_hints,
    is_note,
    is_section,
    is_title,
    is_total,
    is_wide,
)

SETTLED = 40  # rows after which a row that is filled like them is not looked at closely
PLAIN = 0.5
MOST_HINTS, MOST_PREPARED, NEXT_TABLE = 3, 1_000, 5


@dataclass
class Body:
    """The rows below a header while they are read; `end` is the first row that no longer belongs to the table."""

    start: int
    hints: list[int] = field(default_factory=list)
    data: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    inner: list[int] = field(default_factory=list)
    signatures: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    end: int = 0

    @property
    def is_over(self) -> bool:
        """Whether what ends a table has been seen."""
        return bool(self.notes or self.signatures)


def body_below(board: Board, header: Header, known: Known) -> Body:
    """Return what stands below a header."""
    first = header.span.last_row + 1
    body = Body(first, hints=_hints(board, first))
    body.start = (body.hints[-1] if body.hints else header.span.last_row) + 1
    row = body.start
    while row < board.grid.height:
        if len(body.data) > SETTLED and not body.is_over and _is_plain(board.grid.rows[row], header):
            body.data.append(row)
        elif _begins_anew(board, header, body, row, known):
            break
        elif cells := board.cells(row):
            _sort(body, row, cells, header.span.width)
        row += 1
    body.end = row
    _settle(body)
    return body


def rows_to_fill(board: Board, header: Header, body: Body) -> Span:
    """Return the rows to fill, first and last; empty where the form ends with its header."""
    sums_above = [row for row in body.totals if (row < body.data[0] if body.data else row == body.start)]
    first = max([body.start, *(row + 1 for row in sums_above)])
    sums_below = [row for row in body.totals if row >= first]
    if sums_below:
        last = sums_below[0] - 1
    elif body.data:
        last = body.data[-1]
    else:
        last = _prepared(board, body, first)
    return Span(first, header.span.column, max(last, first - 1), header.span.last_column)


def _prepared(board: Board, body: Body, first: int) -> int:
    """Return the last of the empty rows that the form has prepared; a whole prepared column is none."""
    after = [*body.notes, *body.signatures]
    end = body.end if body.end < board.grid.height else board.grid.last_row + 1
    last = min([*after, max(end, first)]) - 1
    return last if last - first < MOST_PREPARED else first - 1


def _is_plain(row: Row, header: Header) -> bool:
    """Tell whether a row is filled like data: numbers or ids among its cells, and no word for a sum in the first."""
    filled = [value for value in row if value is not None]
    if len(filled) < PLAIN * len(header.leaves):
        return False
    hard = any(is_hard(value) for value in filled[:6])
    return hard and not any(isinstance(value, str) and value.strip()[-1:] in "计数" for value in filled[:3])


def _hints(board: Board, first: int) -> list[int]:
    found: list[int] = []
    row = first
    while len(found) < MOST_HINTS and is_hints(board.cells(row)) and not is_note(board.cells(row)):
        found.append(row)
        row += 1
    return found


def _sort(body: Body, row: int, cells: list[Cell], width: int) -> None:
    """Put a row where it belongs."""
    if is_total(cells) and not body.signatures:
        body.totals.append(row)
    elif is_note(cells):
        body.notes.append(row)
    elif is_facts(cells) and not is_data(cells):
        body.signatures.append(row)
    elif body.notes and is_wide(cells):
        body.notes.append(row)
    elif is_section(cells, width) and not body.is_over:
        body.inner.append(row)
    elif not body.is_over:
        body.data.append(row)


def _settle(body: Body) -> None:
    """Tell the sums of a part, with rows to fill above and below them, from the sums of all."""
    if not body.data:
        return
    first, last = body.data[0], body.data[-1]
    body.inner = sorted({*body.inner, *(row for row in body.totals if first < row < last)})
    body.totals = [row for row in body.totals if not first < row < last]


def _begins_anew(board: Board, header: Header, body: Body, row: int, known: Known) -> bool:
    """Tell whether another table begins in a row: a title or a gap, and then a header."""
    cells = board.cells(row)
    if not cells or is_data(cells):
        return False
    apart = board.is_blank(row - 1) or body.is_over or row - 1 in body.totals
    if (is_title(cells) or (is_wide(cells) and apart)) and not is_note(cells):
        below = range(row + 1, min(row + NEXT_TABLE, board.grid.height))
        return any(
            _is_other(board, header, one, known, is_apart=True) for one in below if not is_data(board.cells(one))
        )
    return _is_other(board, header, row, known, is_apart=apart)


def _is_other(board: Board, header: Header, row: int, known: Known, *, is_apart: bool) -> bool:
    found = header_at(board, row, known)
    if found is None or is_hints(board.cells(row)):
        return False
    same = {leaf.path[-1] for leaf in found.leaves} == {leaf.path[-1] for leaf in header.leaves}
    return same or (is_apart and found.known >= 2 and found.known >= len(found.leaves) / 2)  # noqa: PLR2004


__all__ = ["Body", "body_below", "rows_to_fill"]
