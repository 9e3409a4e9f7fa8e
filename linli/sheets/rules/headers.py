"""The header of a table: which rows it takes, and the path of names above each column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from linli.sheets.rules.boards import Board, Cell
from linli.sheets.rules.grids import Span
from linli.sheets.rules.labels import bare
from linli.sheets.rules.lines import is_facts, is_hard, is_hint, is_hints, is_label, is_note, is_title, is_wide

DEEPEST = 6  # rows of a header
SOUGHT = 300  # rows among which a header is sought
LOOKED_AT = 12  # rows below a header that are compared with it
FEWEST_KNOWN, KNOWN_SHARE, FULLY_KNOWN = 2, 0.3, 0.5
HARD_SHARE, SOME_HARD, COVERED, CLEARLY_MORE = 0.2, 0.3, 0.5, 2

OPPOSITES = frozenset("男女是否有无")  # values of a row, but below a name for several columns they are names, too

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One column of a header: the names above it from the outermost, the cells of each, and hints within the header."""

    index: int
    path: tuple[str, ...]
    spans: tuple[Span, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one table; `known` counts the leaves whose names are usual in forms."""

    span: Span
    leaves: tuple[Leaf, ...]
    known: int = 0


def next_header(board: Board, start: int, known: Known) -> Header | None:
    """Return the first header from a row on; where several rows could be it before the data, the best known one."""
    best: Header | None = None
    for row in range(start, min(board.grid.height, start + SOUGHT)):
        if best and row <= best.span.last_row:
            continue
        cells = board.cells(row)
        if best and (is_data(cells) or row > best.span.last_row + LOOKED_AT):
            break
        found = header_at(board, row, known)
        if found and (best is None or found.known >= best.known + CLEARLY_MORE):
            best = found
    return best


def header_at(board: Board, row: int, known: Known) -> Header | None:
    """Return the header that begins in a row; None where none does."""
    cells = board.cells(row)
    if not _may_begin(cells):
        return None
    first = row - 1 if _is_group_row(board, row - 1, cells) else row
    last = _last_row(board, row, known)
    span = Span(first, min(cell.column for cell in cells), last, board.grid.width - 1)
    leaves = _leaves(board, span)
    if len(leaves) < 2:  # noqa: PLR2004  one name is no header
        return None
    span = Span(first, leaves[0].index, last, max(leaf.spans[-1].last_column for leaf in leaves))
    header = Header(span, leaves, sum(_is_known(leaf, known) for leaf in leaves))
    return header if _is_credible(board, header) else None


def is_data(cells: Sequence[Cell]) -> bool:
    """Tell whether a row holds values rather than names."""
    return sum(is_hard(cell.value) for cell in cells) > SOME_HARD * len(cells) if cells else False


def _may_begin(cells: Sequence[Cell]) -> bool:
    pair = {cell.text for cell in cells} >= {"男", "女"}  # both in one row name two columns of figures
    labels = [cell for cell in cells if is_label(cell) or (pair and cell.text in OPPOSITES)]
    if len({cell.text for cell in labels}) < 2 or len(cells) - len(labels) > HARD_SHARE * len(cells):  # noqa: PLR2004
        return False
    return not (is_facts(cells) or is_note(cells) or is_wide(cells))


def _is_group_row(board: Board, row: int, below: Sequence[Cell]) -> bool:
    """Tell whether the row above a full row of names holds a name for some of them."""
    cells = board.cells(row)
    left, right = below[0].column, below[-1].span.last_column
    return bool(cells) and not is_facts(cells) and not is_title(cells) and all(
        is_label(cell) and cell.span.width > 1 and left < cell.column and cell.span.last_column <= right
        and cell.span.height == 1 for cell in cells
    )  # fmt: skip


def _last_row(board: Board, row: int, known: Known) -> int:
    last = row
    while last < row + DEEPEST - 1:
        reach = max((cell.span.last_row for one in range(row, last + 1) for cell in board.cells(one)
                     if is_label(cell) and cell.span.height <= DEEPEST), default=last)  # fmt: skip
        if reach > last:
            last = min(reach, row + DEEPEST - 1)
        elif _continues(board, row, last, known):
            last += 1
        else:
            break
    return last


def _continues(board: Board, first: int, last: int, known: Known) -> bool:
    """Tell whether the row below belongs to the header: its cells divide what stands above, or name empty columns."""
    cells = board.cells(last + 1)
    if (
        not cells
        or not all(is_label(cell) or cell.text in OPPOSITES for cell in cells)
        or is_facts(cells)
        or is_note(cells)
    ):
        return False
    under = [_is_open(board, first, last, cell) for cell in cells]
    if not any(under):
        return False
    named = sum(known(cell.text) for cell in cells)
    if all(under):
        return not is_hints(cells) or named >= FULLY_KNOWN * len(cells)
    return len(cells) > 2 and named >= FULLY_KNOWN * len(cells)  # noqa: PLR2004


def _is_open(board: Board, first: int, last: int, cell: Cell) -> bool:
    """Tell whether the name above a cell is one for several columns, or there is none."""
    above = _above(board, first, last, cell.column)
    if above is None:
        return True
    if above.span.width > 1:
        return cell.span.width < above.span.width
    if above.span.height > 1:
        return False
    after = cell.span.last_column + 1
    return after < board.grid.width and not board.covers(above.span.row, after) and board.covers(last + 1, after)


def _above(board: Board, first: int, last: int, column: int) -> Cell | None:
    """Return the lowest name over a column."""
    return next((cell for row in range(last, first - 1, -1) if (cell := board.cell_at(row, column))), None)


def _leaves(board: Board, span: Span) -> tuple[Leaf, ...]:
    found: list[Leaf] = []
    for column in span.columns:
        names = _names(board, span, column)
        path = [cell for cell in names if cell is names[0] or not _explains(cell.text)]
        if path and (not found or found[-1].spans[-1] != path[-1].span):
            hint = " ".join(cell.text for cell in names if cell not in path)
            found.append(Leaf(column, tuple(cell.text for cell in path), tuple(cell.span for cell in path), hint))
    return tuple(found)


def _explains(text: str) -> bool:
    """Tell whether a name in the header only explains the one above it; brackets alone make no name a hint."""
    return is_hint(bare(text)) and _is_soft(text)


def _is_soft(text: str) -> bool:
    return text[:1] in "(（" or not any("\u3400" <= letter <= "\u9fff" for letter in text) or len(text) > 8  # noqa: PLR2004


def _names(board: Board, span: Span, column: int) -> list[Cell]:
    """Return the cells over a column from the outermost; a name for several columns may stand left of it, unmerged."""
    found: list[Cell] = []
    for row in span.rows:
        cell = board.cell_at(row, column)
        if cell is None and row < span.last_row:
            cell = _spreads(board, span, row, column, found[-1] if found else None)
        if cell and cell not in found:
            found.append(cell)
    return found


def _spreads(board: Board, span: Span, row: int, column: int, parent: Cell | None) -> Cell | None:
    """Return the unmerged name further left that also stands for this column: both have names of their own below."""
    if not any(board.covers(below, column) for below in range(row + 1, span.last_row + 1)):
        return None
    left = next((place for place in range(column - 1, span.column - 1, -1) if board.covers(row, place)), None)
    cell = board.cell_at(row, left) if left is not None else None
    if cell is None or cell.span.width > 1 or cell.span.height > 1:
        return None
    if parent and not parent.span.holds(parent.span.row, cell.column):
        return None
    below = [board.cell_at(one, cell.column) for one in range(row + 1, span.last_row + 1)]
    return cell if any(one and one.span.row > row for one in below) else None


def _is_known(leaf: Leaf, known: Known) -> bool:
    return known(leaf.path[-1]) or known("".join(leaf.path[-2:]))


def _is_credible(board: Board, header: Header) -> bool:
    """Tell whether the rows below look like what such a header stands over."""
    used, share = header.known, header.known / len(header.leaves)
    covered = sum(leaf.spans[-1].width for leaf in header.leaves)
    if (
        used >= FEWEST_KNOWN
        and share >= KNOWN_SHARE
        and (used > FEWEST_KNOWN or covered >= COVERED * _wide(board, header))
    ):
        return True
    if covered < COVERED * _wide(board, header):
        return False
    below = [board.cells(row) for row in range(header.span.last_row + 1, header.span.last_row + LOOKED_AT)]
    if not any(below):
        return used >= 1 and len(header.leaves) > FEWEST_KNOWN
    return any(_has_values(cells) or is_hints(cells) for cells in below) and (
        used >= 1 or len(header.leaves) > FEWEST_KNOWN
    )


def _has_values(cells: Sequence[Cell]) -> bool:
    return any(is_hard(cell.value) for cell in cells)


def _wide(board: Board, header: Header) -> int:
    """Return how many columns the rows below use."""
    rows = range(header.span.last_row + 1, min(header.span.last_row + LOOKED_AT, board.grid.height))
    return max((cell.span.last_column + 1 - header.span.column for row in rows for cell in board.cells(row)), default=0)


__all__ = ["Header", "Known", "Leaf", "header_at", "is_data", "next_header"]
