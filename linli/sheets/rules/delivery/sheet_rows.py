"""The rows of a sheet as its XML has them: where each stands, its formulas one by one, and the looks of a row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from linli.sheets.rules.delivery.body_rows import CellModel, RowModel
from linli.sheets.rules.delivery.formulas import copied, moved
from linli.sheets.rules.delivery.nodes import Edits, Node, escaped, with_attributes
from linli.sheets.rules.delivery.places import Address, Growth, cell_of

_NOT_COPIED = {"r": None, "hidden": None, "collapsed": None}


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The rows of a sheet by number, its cells by row and column, its formulas. Shared formulas are written out."""

    data: Node
    rows: Mapping[int, Node]
    cells: Mapping[int, Mapping[int, Node]]
    formulas: dict[Address, str] = field(default_factory=dict)


def read_rows(xml: bytes, data: Node) -> SheetRows:
    """Return the rows of `<sheetData>`. Cells without an address stand behind the one before, as the standard says."""
    rows: dict[int, Node] = {}
    cells: dict[int, dict[int, Node]] = {}
    number = 0
    for row in data.parts:
        number = int(row.attributes.get("r", number + 1))
        rows[number], own = row, cells.setdefault(number, {})
        column = 0
        for cell in row.parts:
            if cell.name == "c":
                column = cell_of(cell.attributes["r"])[1] if "r" in cell.attributes else column + 1
                own[column] = cell
    found = SheetRows(data, rows, cells)
    found.formulas.update(_formulas(xml, cells))
    return found


def formula_node(cell: Node) -> Node | None:
    """Return the formula of a cell."""
    return cell.first("f")


def write_formula(edits: Edits, formula: Node, text: str, growth: Growth, *, sheet: str) -> str:
    """Write a formula of a cell as it reads when a sheet has grown, and return it; a shared one is written out."""
    after = moved(text, growth, sheet=sheet)
    kind = formula.attributes.get("t")
    if kind == "shared" and growth.by:
        head = edits.xml[formula.begin : formula.head].replace(b"/>", b">")
        head = with_attributes(head, {"t": None, "ref": None, "si": None})
        edits.put(formula.begin, formula.end, head + escaped(after).encode() + f"</{formula.raw}>".encode())
        return after
    if "ref" in formula.attributes and kind != "shared":
        edits.head(formula, {"ref": moved(formula.attributes["ref"], growth, sheet=sheet)})
    edits.text(formula, after)
    return after


def model_of(xml: bytes, rows: SheetRows, number: int) -> RowModel:
    """Return the looks of a row; an empty model for one that is not there."""
    row = rows.rows.get(number)
    if row is None:
        return RowModel()
    head = with_attributes(xml[row.begin : row.head], _NOT_COPIED).decode()
    attributes = head.removeprefix(f"<{row.raw}").removesuffix(">").removesuffix("/").rstrip()
    cells = {
        column: _cell(xml, cell, rows.formulas.get((number, column), "")) for column, cell in rows.cells[number].items()
    }
    return RowModel(attributes, cells)


def _cell(xml: bytes, cell: Node, formula: str) -> CellModel:
    style = f' s="{cell.attributes["s"]}"' if "s" in cell.attributes else ""
    is_empty = cell.head == cell.end or formula
    typed = f' t="{cell.attributes["t"]}"' if "t" in cell.attributes else ""
    content = "" if is_empty else f"{typed}>{xml[cell.head : cell.end].decode()}"
    own = formula_node(cell)
    is_copied = own is not None and own.attributes.get("t") not in {"array", "dataTable"}
    return CellModel(style, formula if is_copied else "", content)


def _formulas(xml: bytes, cells: Mapping[int, Mapping[int, Node]]) -> Iterator[tuple[Address, str]]:
    shared: dict[str, tuple[Address, str]] = {}
    for row, column, cell in ((row, *one) for row, own in cells.items() for one in own.items()):
        formula = formula_node(cell)
        if formula is None:
            continue
        text, key = formula.text(xml), formula.attributes.get("si", "")
        if formula.attributes.get("t") == "shared":
            if text:
                shared[key] = (row, column), text
            elif key in shared:
                (first, left), master = shared[key]
                text = copied(master, rows=row - first, columns=column - left)
        if text:
            yield (row, column), text
