"""The rows of a list as XML, after the issuer's own row: its styles, its height, its formulas."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

from linli.kernel import api as kernel
from linli.sheets.rules.delivery.cells import cell_end, formula_end, is_plain, kept
from linli.sheets.rules.delivery.formats import Format, Formats
from linli.sheets.rules.delivery.formulas import by_row, copied
from linli.sheets.rules.delivery.nodes import escaped
from linli.sheets.rules.delivery.places import Target, Value, letters_of

MOST_KNOWN = 5000
END = "</row>"
_PLAIN = {str, type(None)}  # no two values of these are equal and written otherwise
Write = Callable[[int, Sequence[Sequence[Value]]], str]  # rows from a number on


@dataclass(frozen=True, slots=True)
class CellModel:
    """A cell of the issuer's row: its style attribute, its formula, and what stands in it, as XML (for its own row)."""

    style: str = ""
    formula: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class RowModel:
    """A row of the issuer's: its attributes without its number, and its cells by column."""

    attributes: str = ""
    cells: Mapping[int, CellModel] = field(default_factory=dict)

    def seen_with(self, model: "RowModel", *, rows: int) -> "RowModel":
        """Return it with the looks of the model, so many rows above, where it has no cell of its own."""
        more = {at: CellModel(one.style, copied(one.formula, rows=rows)) for at, one in model.cells.items()}
        return RowModel(self.attributes or model.attributes, {**more, **self.cells})


@dataclass(frozen=True, slots=True)
class _Cell:
    """How one column of a row is written, and what comes behind it: the next cell up to its number, or the end."""

    letters: str
    style: str
    form: Format
    then: str
    at: int = -1  # which value of the row; -1 for none
    as_text: bool = False
    pieces: Sequence[str | int] = ()

    @property
    def tail(self) -> str:
        """What stands behind the address of a cell without content."""
        return f'"{self.style}'


def row_writer(
    model: RowModel, row: int, columns: Sequence[Target], formats: Formats, *, is_copy: bool
) -> Write:  # fmt: skip
    """Return what writes rows like this model, which stands at `row`. A copy leaves out what was typed in it."""
    places = {one.at: n for n, one in enumerate(columns)}
    ats = sorted({*places, *model.cells})
    heads = [f'<c r="{letters_of(at)}' for at in ats]
    cells = [_cell(at, model.cells.get(at, CellModel()), places, columns, formats, then=then)
             for at, then in zip(ats, [*heads[1:], END], strict=False)]  # fmt: skip
    typed = {} if is_copy else {letters_of(at): one.content for at, one in model.cells.items() if at not in places}
    sought = [(_known_ends(one, formats, typed.get(one.letters, "")), one) for one in cells]
    begin = ('<row r="', f'"{model.attributes}>{heads[0] if heads else END}')

    def write(number: int, rows: Sequence[Sequence[Value]]) -> str:
        nothing, said = (None,) * len(rows), list(zip(*rows, strict=True))
        columns = [_ends(ends, cell, formats, said[cell.at] if cell.at >= 0 else nothing, number - row)
                   for ends, cell in sought]  # fmt: skip
        lines = zip(*columns, strict=True) if columns else [()] * len(rows)
        return "".join([str(at).join((*begin, *line)) for at, line in enumerate(lines, number)])

    return write


def _ends(
    known: Mapping[Any, str], cell: _Cell, formats: Formats, values: Sequence[Value], moved: int
) -> Iterable[str]:
    """Return how the cells of a column go on; the first row stands so many below the issuer's.

    A formula of the issuer stays, it is theirs and no sample; what we know stands as its result.
    """
    if cell.pieces:
        results = [kept(one, cell.form, formats, as_text=cell.as_text) for one in values]
        return [f'"{formula_end(cell.style, _formula(cell.pieces, rows), result)}{cell.then}'
                for result, rows in zip(results, count(moved), strict=False)]  # fmt: skip
    keys = values if set(map(type, values)) <= _PLAIN else [one if type(one) in _PLAIN else (type(one), one)
                                                            for one in values]  # fmt: skip
    return map(known.__getitem__, keys)


def _known_ends(cell: _Cell, formats: Formats, empty: str) -> kernel.Remembered[Any, str]:
    """Return how a cell of one column goes on behind its address, by value: most say the same again and again.

    Values that are no texts are known by their type as well, for 1 is no True. `empty` is what stands in an empty cell.
    """
    known = kernel.Remembered(partial(_end, cell, formats), most=MOST_KNOWN)
    nothing = f"{cell.tail}{empty or '/>'}{cell.then}"
    known.update({None: nothing, "": nothing})
    return known


def _end(cell: _Cell, formats: Formats, key: Any) -> str:
    if type(key) is str and is_plain(key):
        return f'{cell.tail} t="inlineStr"><is><t>{key}</t></is></c>{cell.then}'
    value = kept(key if type(key) is str else key[1], cell.form, formats, as_text=cell.as_text)
    return f'"{cell_end(cell.style, value)}{cell.then}'


def _cell(
    at: int, model: CellModel, places: Mapping[int, int], columns: Sequence[Target], formats: Formats, *, then: str
) -> _Cell:  # fmt: skip
    place = places.get(at, -1)
    own = model.style.partition('"')[2].rstrip('"')
    pieces = by_row(escaped(model.formula)) if model.formula else ()
    as_text = place >= 0 and columns[place].as_text
    return _Cell(letters_of(at), model.style, formats.of(own), then, place, as_text, pieces)


def _formula(pieces: Sequence[str | int], rows: int) -> str:
    return "".join(one if isinstance(one, str) else str(max(1, one + rows)) for one in pieces)
