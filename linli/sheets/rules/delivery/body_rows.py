"""The rows of a list as XML, after the issuer's own row: its styles, its height, its formulas."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from linli.sheets.rules.delivery.cells import SPECIAL, cell_xml, kept
from linli.sheets.rules.delivery.formats import Format, Formats
from linli.sheets.rules.delivery.formulas import by_row, copied
from linli.sheets.rules.delivery.nodes import escaped
from linli.sheets.rules.delivery.places import Target, Value, letters_of

BLOCK = 500
Write = Callable[[int, Sequence[Value]], str]


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
    """How one column of a row is written."""

    letters: str
    style: str
    form: Format
    at: int = -1  # which value of the row; -1 for none
    as_text: bool = False
    pieces: Sequence[str | int] = ()


def row_writer(
    model: RowModel, row: int, columns: Sequence[Target], formats: Formats, *, is_copy: bool
) -> Callable[[int, Sequence[Value]], str]:
    """Return what writes a row like this model, which stands at `row`. A copy leaves out what was typed in it."""
    places = {one.at: n for n, one in enumerate(columns)}
    cells = [_cell(at, model.cells.get(at, CellModel()), places, columns, formats)
             for at in sorted({*places, *model.cells})]  # fmt: skip
    typed = {} if is_copy else {letters_of(at): one.content for at, one in model.cells.items() if at not in places}
    quick, attributes = [_quick(one) for one in cells], model.attributes

    def write(number: int, values: Sequence[Value]) -> str:
        out = [f'<row r="{number}"{attributes}>']
        for head, tail, at, one in quick:
            value = values[at] if at >= 0 else None
            if type(value) is str and value and not SPECIAL.search(value):
                out.append(f'{head}{number}{tail} t="inlineStr"><is><t>{value}</t></is></c>')
            elif value is not None and value != "":
                out.append(_slow(one, number, value, formats))
            elif one.pieces:
                out.append(f"{head}{number}{tail}><f>{_formula(one.pieces, number - row)}</f></c>")
            elif content := typed.get(one.letters):
                out.append(f"{head}{number}{tail}{content}")
            else:
                out.append(f"{head}{number}{tail}/>")
        out.append("</row>")
        return "".join(out)

    return write


def written(rows: Iterable[tuple[int, Write, Sequence[Value]]]) -> Iterator[bytes]:
    """Yield rows as XML, some hundred at a time."""
    block: list[str] = []
    for number, write, values in rows:
        block.append(write(number, values))
        if len(block) == BLOCK:
            yield "".join(block).encode()
            block.clear()
    yield "".join(block).encode()


def _cell(
    at: int, model: CellModel, places: Mapping[int, int], columns: Sequence[Target], formats: Formats
) -> _Cell:  # fmt: skip
    place = places.get(at, -1)
    own = model.style.partition('"')[2].rstrip('"')
    # A column that is filled and has nothing to say keeps the issuer's formula: it is theirs, not a sample.
    pieces = by_row(escaped(model.formula)) if model.formula else ()
    return _Cell(letters_of(at), model.style, formats.of(own), place, place >= 0 and columns[place].as_text, pieces)


def _quick(one: _Cell) -> tuple[str, str, int, _Cell]:
    return f'<c r="{one.letters}', f'"{one.style}', one.at, one


def _slow(one: _Cell, number: int, value: Value, formats: Formats) -> str:
    return cell_xml(f"{one.letters}{number}", one.style, kept(value, one.form, formats, as_text=one.as_text))


def _formula(pieces: Sequence[str | int], rows: int) -> str:
    return "".join(one if isinstance(one, str) else str(max(1, one + rows)) for one in pieces)
