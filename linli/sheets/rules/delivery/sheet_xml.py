"""A sheet with its list filled: rows as the issuer's own, what stands below moved down, everything else as it was."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from linli.sheets.rules.delivery.body_rows import RowModel, row_writer
from linli.sheets.rules.delivery.cells import cell_xml, formula_end, kept
from linli.sheets.rules.delivery.formats import Format, Formats
from linli.sheets.rules.delivery.formulas import moved
from linli.sheets.rules.delivery.nodes import Edits, Node, escaped, read_nodes, with_attributes
from linli.sheets.rules.delivery.places import Address, Growth, Place, Target, Value, cell_of, letters_of
from linli.sheets.rules.delivery.sheet_frame import model_merges, move_frame
from linli.sheets.rules.delivery.sheet_rows import SheetRows, formula_node, model_of, read_rows, write_formula
from linli.sheets.rules.delivery.totals import Number, total_of
from linli.sheets.rules.refusals import DeliveryRefusedError

MOST_ROWS, BLOCK = 1_048_576, 500
_OWN = re.compile(rb"<(/?)(row|c|is|t|v|f)(?=[\s/>])")


@dataclass(frozen=True, slots=True)
class Fill:
    """What goes into a sheet: where, which columns, the rows, and single cells by address (as in the issuer's file)."""

    place: Place
    targets: Sequence[Target]
    rows: Sequence[Sequence[Value]]
    formats: Formats = field(default_factory=Formats)
    cells: Mapping[Address, Value] = field(default_factory=dict)

    @property
    def inserted(self) -> int:
        """How many rows do not find room."""
        return max(0, len(self.rows) - (self.place.end - self.place.first_row + 1))

    def growth(self, sheet: str) -> Growth:
        """Return how the sheet grows."""
        return Growth(sheet, self.place.first_row, self.place.end, self.inserted)


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet that was read: its name, its XML, and its rows."""

    name: str
    xml: bytes
    top: Node
    rows: SheetRows


def open_sheet(xml: bytes, name: str) -> OpenSheet:
    """Return a sheet to work on. Raises DeliveryRefusedError."""
    top = read_nodes(xml)
    data = top.first("sheetData")
    if data is None:
        raise DeliveryRefusedError(_("The sheet has no rows."))
    return OpenSheet(name, xml, top, read_rows(xml, data))


def filled_sheet(sheet: OpenSheet, fill: Fill, *, stale: set[Address]) -> Iterator[bytes]:
    """Yield the XML of a sheet with its list filled. `stale` are the cells whose former results are no longer so.

    Raises DeliveryRefusedError where an entry of the list takes several rows, or there are more than a sheet holds.
    """
    growth, place = fill.growth(sheet.name), fill.place
    if max([*sheet.rows.rows, place.end], default=0) + growth.by > MOST_ROWS:
        raise DeliveryRefusedError(_("A sheet has no room for so many rows."))
    merges = model_merges(sheet.top, place)
    begin, end = _body(sheet.rows, place)
    edits = Edits(sheet.xml)
    for number, row in sheet.rows.rows.items():
        if not place.first_row <= number <= place.end:
            _move_row(edits, sheet, (number, row), fill, stale)
    _put_cells(edits, sheet, fill)
    move_frame(edits, sheet.top, growth, place, merges)
    mark = b"\x00body\x00"
    edits.put(begin, end, mark)
    head, _mark, tail = edits.done().partition(mark)
    yield head
    for block in _written(sheet, fill):
        yield _OWN.sub(rb"<\1%s\2" % sheet.rows.data.prefix.encode(), block) if sheet.rows.data.prefix else block
    yield tail


def _body(rows: SheetRows, place: Place) -> tuple[int, int]:
    """Return where the rows of the list stand in the XML; where they would stand if there are none."""
    own = [row for number, row in rows.rows.items() if place.first_row <= number <= place.end]
    if own:
        return own[0].begin, own[-1].end
    above = [row for number, row in rows.rows.items() if number < place.first_row]
    if not above:
        raise DeliveryRefusedError(_("The sheet has no such list."))
    return above[-1].end, above[-1].end


def _written(sheet: OpenSheet, fill: Fill) -> Iterator[bytes]:
    """Yield the rows of the list as XML: those with room after their own looks, others after the model, in blocks."""
    place, growth = fill.place, fill.growth(sheet.name)
    model = _grown(model_of(sheet.xml, sheet.rows, place.model), growth)
    copy = row_writer(model, place.model, fill.targets, fill.formats, is_copy=True)
    rows, blank = fill.rows, [None] * len(fill.targets)
    for number in range(place.first_row, place.end + 1):
        at, has_own = number - place.first_row, number in sheet.rows.rows
        if at >= len(rows) and not has_own:
            break
        write = copy
        if has_own:
            own = _grown(model_of(sheet.xml, sheet.rows, number), growth)
            own = own.seen_with(model, rows=number - place.model)
            write = row_writer(own, number, fill.targets, fill.formats, is_copy=False)
        yield write(number, [rows[at] if at < len(rows) else blank]).encode()
    for at in range(place.end - place.first_row + 1, len(rows), BLOCK):
        yield copy(place.first_row + at, rows[at : at + BLOCK]).encode()


def _grown(model: RowModel, growth: Growth) -> RowModel:
    """Return a row of the list with its formulas as they read when the rows are in."""
    cells = {
        column: type(one)(one.style, moved(one.formula, growth, sheet=growth.sheet, within=True), one.content)
        if one.formula else one
        for column, one in model.cells.items()
    }  # fmt: skip
    return RowModel(model.attributes, cells)


def _move_row(edits: Edits, sheet: OpenSheet, numbered: tuple[int, Node], fill: Fill, stale: set[Address]) -> None:
    (number, row), growth = numbered, fill.growth(sheet.name)
    after = growth.row(number)
    if after != number and "r" in row.attributes:
        edits.head(row, {"r": str(after)})
    for column, cell in sheet.rows.cells[number].items():
        at, total = (number, column), None
        if at in fill.cells:
            continue
        if at in sheet.rows.formulas:
            total = _move_formula(edits, sheet, at, fill, is_stale=at in stale)
        changes = {"r": f"{letters_of(column)}{after}"} if after != number and "r" in cell.attributes else {}
        edits.head(cell, changes | ({"t": None} if total is not None else {}))


def _move_formula(edits: Edits, sheet: OpenSheet, at: Address, fill: Fill, *, is_stale: bool) -> Number | None:
    """Write a formula as it reads afterwards, with its new result where that is known. Returns the result."""
    cell, growth = sheet.rows.cells[at[0]][at[1]], fill.growth(sheet.name)
    formula = formula_node(cell)
    if formula is None:
        return None
    text = write_formula(edits, formula, sheet.rows.formulas[at], growth, sheet=sheet.name)
    value = cell.first("v")
    total = _total(sheet, text, fill) if is_stale else None
    prefix = cell.prefix
    said = f"<{prefix}v>{total}</{prefix}v>".encode() if total is not None else b""
    if value and is_stale:
        edits.put(value.begin, value.end, said)
    elif said:
        edits.put(formula.end, formula.end, said)
    return total


def _total(sheet: OpenSheet, text: str, fill: Fill) -> Number | None:
    place = fill.place
    return total_of(
        text, first=place.first_row, last=place.end + fill.inserted, targets=fill.targets, rows=fill.rows,
        form=_forms(sheet, fill), formats=fill.formats,
    )  # fmt: skip


def _forms(sheet: OpenSheet, fill: Fill) -> Callable[[int], Format]:
    """Return what a column of the list is formatted for."""

    def form(column: int) -> Format:
        cell = sheet.rows.cells.get(fill.place.model, {}).get(column)
        return fill.formats.of(cell.attributes.get("s", "")) if cell else "any"

    return form


def _put_cells(edits: Edits, sheet: OpenSheet, fill: Fill) -> None:
    """Write single cells outside the list, each with its own looks; rows and cells that were not there are made."""
    for number in sorted({row for row, _column in fill.cells}):
        new = {column: _cell(sheet, fill, (number, column)) for row, column in sorted(fill.cells) if row == number}
        row, cells = sheet.rows.rows.get(number), sheet.rows.cells.get(number, {})
        if row is None or row.head == row.end:
            _put_row(edits, sheet, number, b"".join(new.values()), fill.growth(sheet.name).row(number))
            continue
        for column, cell in new.items():
            known = cells.get(column)
            behind = next((one.begin for other, one in cells.items() if other > column), None)
            at = edits.xml.rindex(b"</", row.head, row.end) if behind is None else behind
            edits.put(known.begin if known else at, known.end if known else at, cell)


def _put_row(edits: Edits, sheet: OpenSheet, number: int, cells: bytes, after: int) -> None:
    """Put a row with cells where there was none, or an empty one."""
    row, prefix, data = sheet.rows.rows.get(number), sheet.rows.data.prefix, sheet.rows.data
    close = f"</{prefix}row>".encode()
    if row:
        head = with_attributes(edits.xml[row.begin : row.head].replace(b"/>", b">"), {"r": str(after)})
        edits.put(row.begin, row.end, head + cells + close)
        return
    behind = next((one.begin for at, one in sheet.rows.rows.items() if at > number), None)
    at = edits.xml.rindex(b"</", data.head, data.end) if behind is None else behind
    edits.put(at, at, f'<{prefix}row r="{after}">'.encode() + cells + close)


def _cell(sheet: OpenSheet, fill: Fill, at: Address) -> bytes:
    cell, prefix = sheet.rows.cells.get(at[0], {}).get(at[1]), sheet.rows.data.prefix
    style = cell.attributes.get("s", "") if cell else ""
    content = kept(fill.cells[at], fill.formats.of(style), fill.formats)
    growth = fill.growth(sheet.name)
    address, looks = f"{letters_of(at[1])}{growth.row(at[0])}", f' s="{style}"' if style else ""
    formula = sheet.rows.formulas.get(at)
    own = formula_end(looks, escaped(moved(formula, growth, sheet=sheet.name)), content) if formula else ""
    new = (f'<c r="{address}"{own}' if own else cell_xml(address, looks, content)).encode()
    return _OWN.sub(rb"<\1%s\2" % prefix.encode(), new) if prefix else new


__all__ = ["Fill", "OpenSheet", "cell_of", "filled_sheet", "open_sheet"]
