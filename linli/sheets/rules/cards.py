"""Cards for one person or one household 登记表、审批表: a name and, right of it, the cell that it asks for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from linli.sheets.rules.boards import Board, Cell
from linli.sheets.rules.grids import Span
from linli.sheets.rules.headers import Known
from linli.sheets.rules.lines import is_facts, is_hard, is_label, is_note, is_ticks, is_title

SOUGHT = 60  # rows among which a card begins
FEWEST_ROWS, FEWEST_PAIRS, KNOWN_SHARE = 3, 5, 0.4
NARROW_ROWS = 5  # rows of a card that asks for one thing in each
FEWEST_IN_LIST, LONGEST_NAME = 3, 24
_PHOTOGRAPH = re.compile(r"照\s*片|相\s*片|一寸|二寸|免冠")
_NAMED_CARD = re.compile(
    r"登记表|审批表|申请表|申请书|信息表|信息卡|登记卡|采集表|档案|推荐表|鉴定表|核查表|调查表|卡$"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing that a card asks for: the names that stand for it, and the cell that is written to."""

    names: tuple[Cell, ...]
    place: Span
    value: Cell | None = None


@dataclass(slots=True)
class Card:
    """A card: its rows, what it asks for once, and the lists within it as (heading, header row, names, last row)."""

    first: int
    last: int
    pairs: list[Pair] = field(default_factory=list)
    lists: list["Listed"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list within a card: what it is called, the names of its columns, and its rows to fill."""

    names: tuple[tuple[Cell, ...], ...]
    first: int
    last: int


def card_from(board: Board, start: int, known: Known) -> Card | None:
    """Return the first card from a row on; None where there is none."""
    for row in range(start, min(board.grid.height, start + SOUGHT)):
        pairs = _pairs(board, row, known) if _is_plain(board, row) else []
        if any(known(pair.names[-1].text) for pair in pairs):
            card = _card(board, row, known)
            return card if _is_credible(board, card, known) else None
    return None


def _card(board: Board, first: int, known: Known) -> Card:
    card, row = Card(first, first - 1), first
    while row < board.grid.height:
        if names := _list_names(board, row, known):
            listed = Listed(names, row + 1, _last_of_list(board, row, names))
            card.lists.append(listed)
            row = listed.last
        elif pairs := _pairs(board, row, known) if _is_plain(board, row) else []:
            card.pairs += pairs
        elif not _is_heading(board, row):
            break
        card.last = row
        row += 1
    return card


def _is_credible(board: Board, card: Card, known: Known) -> bool:
    rows = [pair.names[-1].span.row for pair in card.pairs]
    named = sum(known(pair.names[-1].text) for pair in card.pairs)
    if len(set(rows)) < FEWEST_ROWS or len(rows) < FEWEST_PAIRS or named < KNOWN_SHARE * len(rows):
        return False
    if sum(rows.count(row) > 1 for row in set(rows)) > 1:
        return True
    above = [cell.text for row in range(card.first) for cell in board.cells(row)]
    called = " ".join((*above, *board.grid.above, board.grid.name))
    return len(set(rows)) >= NARROW_ROWS and bool(_NAMED_CARD.search(called)) and board.grid.width <= len("甲乙丙丁")


def _is_plain(board: Board, row: int) -> bool:
    """Tell whether a row may hold names and cells to fill: it is no title, no note, and holds no line of data."""
    cells = board.cells(row)
    if not cells or (is_title(cells) and len(cells) == 1 and cells[0].span.width > 2):  # noqa: PLR2004
        return False
    return not is_note(cells) and not is_facts(cells)


def _slots(board: Board, row: int) -> Iterator[tuple[Span, Cell | None]]:
    """Yield the cells of a row from left to right, merged ones once; a name that reaches down stands in each row.

    Behind the last filled column one more may stand that is empty in every row: its cells are those of the last names.
    """
    column = 0
    while column < board.grid.width:
        span = board.span_at(row, column)
        yield span, board.cell_at(row, column)
        column = span.last_column + 1
    if column == board.grid.width:
        beyond = (span for span in board.grid.merges if span.holds(row, column))
        yield next(beyond, Span(row, column, row, column)), None


def _pairs(board: Board, row: int, known: Known) -> list[Pair]:
    """Return what a row asks for; nothing where names stand beside each other as in the header of a list."""
    line = _Line(row, list(_slots(board, row)), known)
    place = 0
    while place < len(line.slots):
        taken = line.read(place)
        if not taken:
            return []
        place += taken
    return line.found


@dataclass(slots=True)
class _Line:
    """A row of a card while it is read: its cells, the name over what follows, and what it asks for."""

    row: int
    slots: Sequence[tuple[Span, Cell | None]]
    known: Known
    groups: list[Cell] = field(default_factory=list)
    found: list[Pair] = field(default_factory=list)

    def read(self, place: int) -> int:
        """Read on at a place, and return how many cells that took; none where the row is not one of a card."""
        cell = self.slots[place][1]
        if cell is None or (cell.span.row < self.row and not _is_group(cell, self.slots, place + 1)):
            return 1
        if not _may_name(cell) or place + 1 == len(self.slots):
            return 0
        after, follower = self.slots[place + 1]
        if follower is not None:
            return self._read_beside(cell, follower, place)
        if cell.span.row == self.row and not _PHOTOGRAPH.search(cell.text):
            self.found.append(Pair((*self.groups, cell), after))
        return 2

    def _read_beside(self, cell: Cell, follower: Cell, place: int) -> int:
        """Tell a name over several cells and a name with its value apart."""
        if not _is_group(cell, self.slots, place + 1):
            if _is_value(cell, follower, self.known):
                self.found.append(Pair((*self.groups, cell), follower.span, follower))
                return 2
            if self.found or self.groups or not _is_asked(self.slots, place + 1, self.known):
                return 0
        self.groups = [cell]
        return 1


def _is_group(cell: Cell, slots: Sequence[tuple[Span, Cell | None]], after: int) -> bool:
    """Tell whether a cell names what stands right of it in several rows."""
    follower = slots[after][1] if after < len(slots) else None
    return cell.span.height > 1 and follower is not None and follower.span.height < cell.span.height


def _is_asked(slots: Sequence[tuple[Span, Cell | None]], place: int, known: Known) -> bool:
    """Tell whether a usual name stands at a place, with a cell to fill right of it."""
    cell, after = slots[place][1], slots[place + 1] if place + 1 < len(slots) else None
    return cell is not None and known(cell.text) and after is not None and after[1] is None


def _may_name(cell: Cell) -> bool:
    return is_label(cell) and len(cell.text) <= LONGEST_NAME


def _is_value(cell: Cell, follower: Cell, known: Known) -> bool:
    """Tell whether a filled cell is what the name left of it asks for: boxes to tick, or no name behind a usual one."""
    if is_ticks(follower):
        return follower.span.row == cell.span.row
    return (
        known(cell.text)
        and (is_hard(follower.value) or not known(follower.text))
        and follower.span.row == cell.span.row
    )


def _list_names(board: Board, row: int, known: Known) -> tuple[tuple[Cell, ...], ...]:
    """Return the names of the columns of a list that begins in a row: they stand beside each other."""
    cells = [cell for cell in board.cells(row) if _may_name(cell)]
    filled = [cell for _span, cell in _slots(board, row)]
    while filled and filled[-1] is None:
        filled.pop()
    if not cells or any(cell is None for cell in filled) or len(cells) != len(board.cells(row)):
        return ()
    group = [cell for cell in filled if cell and (cell.span.height > 1)][:1]
    names = [cell for cell in cells if cell not in group]
    if len(names) < FEWEST_IN_LIST or sum(known(cell.text) for cell in names) < len(names) / 2:
        return ()
    below = board.cells(row + 1)
    return tuple((*group, cell) for cell in names) if row + 1 < board.grid.height and not _names_in(below) else ()


def _names_in(cells: Sequence[Cell]) -> int:
    return sum(_may_name(cell) for cell in cells)


def _last_of_list(board: Board, row: int, names: Sequence[Sequence[Cell]]) -> int:
    """Return the last row of a list within a card: the empty rows below its names, within what names the whole."""
    group = names[0][0] if len(names[0]) > 1 else None
    end = group.span.last_row if group and group.span.last_row > row else board.grid.height - 1
    last = row
    while last < end and not board.cells(last + 1):
        last += 1
    return last


def _is_heading(board: Board, row: int) -> bool:
    """Tell whether a row within a card only announces the next part of it."""
    cells = board.cells(row)
    return len(cells) == 1 and _may_name(cells[0]) and not is_note(cells) and not is_facts(cells) and (
        cells[0].span.width > 2 or row + 1 < board.grid.height  # noqa: PLR2004
    )  # fmt: skip


__all__ = ["Card", "Listed", "Pair", "card_from"]
