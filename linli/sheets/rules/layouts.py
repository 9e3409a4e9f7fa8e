"""Where lists and tables of figures stand in a grid: title, header tree, rows to fill, rows of sums, signatures."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from linli.sheets.rules.boards import Board, Cell
from linli.sheets.rules.bodies import Body, body_below, rows_to_fill
from linli.sheets.rules.cards import Card, Listed, card_from
from linli.sheets.rules.grids import Grid, Span, Value
from linli.sheets.rules.headers import Header, Leaf, next_header
from linli.sheets.rules.kinds import Kind, kind_of
from linli.sheets.rules.lexicon import is_header_word
from linli.sheets.rules.lines import facts_in, is_attachment, is_wide, joined

MOST_SAMPLES, MOST_LOOKED_AT = 30, 300
TITLE = re.compile(r"表|册|台账|台帐|清单|名单|汇总|统计|一览|登记|档案|公示|情况")
PLAIN_NAME = re.compile(r"sheet\s*\d*|工作表\s*\d*|表\s*\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """One column to fill. `path` is its header from the outermost name to the leaf, `spans` the cells of each.

    `span` is the leaf cell (merged: the whole range), `index` the grid column that is written to. `samples` are values
    that stand in the rows to fill, `formula` the formula of the first of them. On a card `place` is the cell that is
    written to, and `index` only counts what the card asks for.
    """

    index: int
    path: tuple[str, ...]
    span: Span
    spans: tuple[Span, ...] = ()
    choices: tuple[str, ...] = ()
    samples: tuple[Value, ...] = ()
    number_format: str = ""
    formula: str = ""
    hint: str = ""
    is_hidden: bool = False
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One list, table of figures, or card (`is_card`: one record, no rows to fill); a list `is_within` a card.

    `body` are the rows to fill, first and last; it may be empty (`Span.is_empty`).

    `totals` are the rows of sums (they may stand above the body), `subtotals` the rows of sums within the body.
    `facts` are what the form says or asks about itself once: 填表单位, 填表时间 and the like → the cell that holds the
    words, or behind them the value. `notes` are explanations in words.
    """

    grid: Grid
    title: str
    kind: Kind
    header: Span
    columns: tuple[Column, ...]
    hint: Span | None
    body: Span
    totals: Span | None = None
    signature: Span | None = None
    facts: Mapping[str, Span] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    subtotals: tuple[int, ...] = ()
    is_card: bool = False
    is_within: bool = False


def tables_of(grid: Grid) -> tuple[Table, ...]:
    """Return the tables of a grid from top to bottom; none where no row reads like the names of columns."""
    if grid.is_hidden or grid.is_list:
        return ()
    board, start = Board(grid), 0
    found: list[Table] = []
    while True:
        header = next_header(board, start, is_header_word)
        card = card_from(board, start, is_header_word)
        if card and (header is None or card.first <= header.span.row):
            found += _of_card(board, card, range(start, card.first), is_first=not found)
            start = card.last + 1
            continue
        if header is None:
            break
        body = body_below(board, header, is_header_word)
        above = range(start, header.span.row)
        found += [_table(board, part, body, above, is_first=not found) for part in _side_by_side(board, header)]
        start = max(body.end, header.span.last_row + 1)
    return tuple(found)


def _table(board: Board, header: Header, body: Body, above: range, *, is_first: bool) -> Table:
    grid, rows = board.grid, rows_to_fill(board, header, body)
    columns = tuple(_column(board, leaf, rows, body.hints) for leaf in header.leaves)
    title = _title(board, above, is_first=is_first)
    facts: dict[str, Span] = {}
    for row in (*above, *body.signatures):
        facts = {**_facts(board, row), **facts}
    return Table(
        grid,
        title,
        kind_of(title or grid.name, [column.path for column in columns]),
        header.span,
        columns,
        _over(body.hints, header.span),
        rows,
        _over([row for row in body.totals if row not in rows.rows], header.span),
        _over(body.signatures, header.span),
        facts,
        tuple(joined(board.cells(row)) for row in body.notes) or (grid.below if is_first else ()),
        tuple(row for row in body.inner if row in rows.rows),
    )


def _of_card(board: Board, card: Card, above: range, *, is_first: bool) -> list[Table]:
    """Return a card, and each list within it as a table of its own."""
    title = _title(board, above, is_first=is_first)
    facts = {name: span for row in above for name, span in _facts(board, row).items()}
    spans = [span for pair in card.pairs for span in (pair.names[-1].span, pair.place)]
    whole = _around(card, spans)
    columns = tuple(
        Column(
            number, _path(pair.names), pair.names[-1].span, tuple(name.span for name in pair.names),
            samples=(pair.value.value,) if pair.value else (), place=pair.place,
        )
        for number, pair in enumerate(card.pairs)
    )  # fmt: skip
    empty = Span(whole.row, whole.column, whole.row - 1, whole.last_column)
    kind = kind_of(title or board.grid.name, [column.path for column in columns])
    one = Table(board.grid, title, kind, whole, columns, None, empty, facts=facts, is_card=True)
    return [one, *(_within(board, title, listed) for listed in card.lists)]


def _within(board: Board, title: str, listed: Listed) -> Table:
    columns = tuple(
        Column(names[-1].column, _path(names), names[-1].span, tuple(name.span for name in names))
        for names in listed.names
    )
    header = Span(listed.first - 1, columns[0].index, listed.first - 1, columns[-1].span.last_column)
    body = Span(listed.first, header.column, listed.last, header.last_column)
    above = board.cells(header.row - 1) if header.row else []
    heading = above[0].text if len(above) == 1 and above[0].text != title else ""
    named = listed.names[0][0].text if len(listed.names[0]) > 1 else heading or title
    kind = kind_of(named, [one.path for one in columns])
    return Table(board.grid, named, kind, header, columns, None, body, is_within=True)


def _around(card: Card, spans: Sequence[Span]) -> Span:
    left, right = min(span.column for span in spans), max(span.last_column for span in spans)
    return Span(card.first, left, card.last, right)


def _path(names: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(name.text for name in names)


def _column(board: Board, leaf: Leaf, rows: Span, hints: Sequence[int]) -> Column:
    grid, index = board.grid, leaf.index
    looked_at = range(rows.row, min(rows.last_row, rows.row + MOST_LOOKED_AT) + 1)
    values = [value for row in looked_at if (value := grid.value(row, index)) is not None]
    told = " ".join(cell.text for row in hints if (cell := board.cell_at(row, index)))
    return Column(
        index,
        leaf.path,
        leaf.spans[-1],
        leaf.spans,
        grid.choices.get(index, ()),
        tuple(values[:MOST_SAMPLES]),
        grid.formats.get((rows.row, index), ""),
        grid.formulas.get((rows.row, index), ""),
        " ".join(filter(None, (leaf.hint, told))),
        index in grid.hidden_columns,
    )


def _side_by_side(board: Board, header: Header) -> list[Header]:
    """Cut a header that holds the same names twice, or two lists with an empty column between them."""
    names = [leaf.path for leaf in header.leaves]
    half = len(names) // 2
    if half > 1 and len(names) % 2 == 0 and names[:half] == names[half:]:
        return [_part(header, header.leaves[:half]), _part(header, header.leaves[half:])]
    for place in range(2, len(names) - 1):
        before, after = header.leaves[place - 1], header.leaves[place]
        is_gap = after.index > before.spans[-1].last_column + 1 and after.spans[0] != before.spans[0]
        if is_gap and names[place][-1] == names[0][-1]:
            return [_part(header, header.leaves[:place]), *_side_by_side(board, _part(header, header.leaves[place:]))]
    return [header]


def _part(header: Header, leaves: Sequence[Leaf]) -> Header:
    span = replace(header.span, column=leaves[0].index, last_column=max(leaf.spans[-1].last_column for leaf in leaves))
    return Header(span, tuple(leaves), header.known)


def _title(board: Board, above: range, *, is_first: bool) -> str:
    """Return what the form is called: the row above it that says one thing, be it spread over two rows."""
    said = [cells[0].text for row in above if (cells := board.cells(row)) and is_wide(cells)]
    said = [text for text in said if not is_attachment(text)]
    around = [text for text in reversed(board.grid.above) if not is_attachment(text)] if is_first else []
    named = [text for text in (*said, *around) if TITLE.search(text)] or [*said, *around]
    if named:
        return named[0]
    return "" if PLAIN_NAME.fullmatch(board.grid.name) else board.grid.name


def _facts(board: Board, row: int) -> dict[str, Span]:
    """Return what a row says of the form; where nothing stands behind the colon, the place is the next cell."""
    cells = board.cells(row)
    found = facts_in(cells)
    for cell in cells:
        after = board.span_at(row, cell.span.last_column + 1)
        follower = board.cell_at(row, after.column)
        is_free = after.column < board.grid.width and (follower is None or not follower.text.endswith((":", "：")))
        if cell.text.endswith((":", "：")) and is_free:
            told = [words for words, span in found.items() if span == cell.span and cell.text.startswith(words)]
            found |= dict.fromkeys(told, after)
    return found


def _over(rows: Sequence[int], header: Span) -> Span | None:
    return Span(min(rows), header.column, max(rows), header.last_column) if rows else None


__all__ = ["Column", "Kind", "Table", "tables_of"]
