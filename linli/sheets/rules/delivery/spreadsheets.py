"""The issuer's own spreadsheet in the open document format (ODS) filled: layout, widths, checks, formulas stay."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.sheets.rules.delivery.formats import Formats
from linli.sheets.rules.delivery.nodes import Edits, Node, read_nodes
from linli.sheets.rules.delivery.ods_addresses import as_plain, moved_addresses, moved_formula
from linli.sheets.rules.delivery.ods_rows import (
    Names,
    Rows,
    RowWriter,
    cells_in,
    formula_of,
    repeated,
    rows_in,
    without_result,
)
from linli.sheets.rules.delivery.packages import Package
from linli.sheets.rules.delivery.places import Address, Filled, Growth, Place, Target, Value
from linli.sheets.rules.delivery.totals import total_of
from linli.sheets.rules.refusals import DeliveryRefusedError

CONTENT, MANIFEST, SIGNATURES = "content.xml", "META-INF/manifest.xml", "META-INF/documentsignatures.xml"
MOST_ROWS = 1_048_576
_NAMED, _SPACE = ("office", "table", "text"), "urn:oasis:names:tc:opendocument:xmlns:%s:1.0"
_CHART = re.compile(r"Object [^/]+/content\.xml")
_ADDRESSES = frozenset({
    "cell-range-address", "target-range-address", "base-cell-address", "print-ranges", "end-cell-address",
    "cell-address", "target-cell-address", "source-cell-range-addresses", "label-cell-range-address",
    "data-cell-range-address", "values-cell-range-address", "cell-range",
})  # fmt: skip
_FORMULAS = frozenset({"formula", "condition", "expression"})
_Totals = tuple[Place, Sequence[Target], Sequence[Sequence[Value]]]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet that is filled: its table, its rows, and how it grows."""

    xml: bytes
    top: Node
    table: Node
    rows: Sequence[Rows]
    growth: Growth

    @property
    def room(self) -> Rows | None:
        """The empty rows below the list that may become fewer: programs fill a sheet up to its last possible row."""
        below = [one for one in self.rows if one.last > self.growth.last and one.times > 1]
        return max(below, key=lambda one: one.times, default=None)

    @property
    def over(self) -> int:
        """How many rows are too many when it has grown."""
        return max(0, self.rows[-1].last + self.growth.by - MOST_ROWS)

    @property
    def writer(self) -> RowWriter:
        """What writes its rows."""
        return RowWriter(self.xml, _names(self.top), self.growth)


def fill_spreadsheet(
    template: bytes, *, place: Place, targets: Sequence[Target], rows: Iterable[Sequence[Value]]
) -> Filled:  # fmt: skip
    """Return a spreadsheet (ODS) with a list filled. Raises DeliveryRefusedError with a sentence."""
    package, made = _opened(template), list(rows)
    more = max(0, len(made) - (place.end - place.first_row + 1))
    sheet = _sheet(package, place.sheet, lambda name: Growth(name, place.first_row, place.end, more))
    if not any(one.first <= max(place.end, 1) <= one.last for one in sheet.rows):
        raise DeliveryRefusedError(_("The sheet has no such list."))
    if sheet.rows[-1].last + more - MOST_ROWS >= (sheet.room.times if sheet.room else 1):
        raise DeliveryRefusedError(_("A sheet has no room for so many rows."))
    edits = Edits(sheet.xml)
    body = _fill_list(edits, sheet, place, targets, made)
    _Move(edits, sheet, body, _spans(sheet, place), (place, targets, made) if made else None).everything()
    return Filled(_written(package, sheet, edits), len(made), more)


def fill_spreadsheet_cells(template: bytes, *, sheet: str | int, cells: Mapping[Address, Value]) -> bytes:
    """Return a spreadsheet with single cells of a sheet filled, everything else as it was.

    Raises DeliveryRefusedError.
    """
    package = _opened(template)
    found = _sheet(package, sheet, lambda name: Growth(name, MOST_ROWS, MOST_ROWS, 0))
    edits, changed = Edits(found.xml), set[int]()
    for one in found.rows:
        own = {row: {column: value for (at, column), value in cells.items() if at == row}
               for row in sorted({row for row, _column in cells if one.first <= row <= one.last})}  # fmt: skip
        if own:
            changed.add(one.node.begin)
            edits.put(one.node.begin, one.node.end, b"".join(_with_rows(found, one, own)))
    _Move(edits, found, changed, {}, None).everything()
    return _written(package, found, edits)


def _opened(template: bytes) -> Package:
    package = Package(template)
    if CONTENT not in package.names or any(one.startswith(("Basic/", "Scripts/")) for one in package.names):
        raise DeliveryRefusedError(
            _("This is no spreadsheet that can be filled, or it holds macros. Save it without macros and try again.")
        )
    if b"encryption-data" in package.part(MANIFEST):
        raise DeliveryRefusedError(
            _("This workbook is locked by a password. Take the password off, then bring it again.")
        )
    return package


def _sheet(package: Package, wanted: str | int, grown: Callable[[str], Growth]) -> _Sheet:
    xml = package.part(CONTENT)
    top = read_nodes(xml)
    body = next(iter(top.each("spreadsheet")), None)
    tables = [one for one in body.parts if one.name == "table"] if body else []
    found = [one for n, one in enumerate(tables) if wanted in {n, _name(one)} and wanted is not True]
    if not found:
        raise DeliveryRefusedError(_("The workbook has no such sheet."))
    return _Sheet(xml, top, found[0], rows_in(found[0]), grown(_name(found[0])))


def _fill_list(
    edits: Edits, sheet: _Sheet, place: Place, targets: Sequence[Target], made: Sequence[Sequence[Value]]
) -> set[int]:  # fmt: skip
    """Write the rows of the list; return where the elements begin that were written anew."""
    changed, own = set[int](), made[: max(0, place.end - place.first_row + 1)]
    blank = [None] * len(targets)
    model = next(one for one in sheet.rows if one.first <= max(place.model, 1) <= one.last)
    for one in sheet.rows:
        begin, end = max(one.first, place.first_row), min(one.last, place.end)
        holds_end = one.first <= place.end <= one.last
        if begin > end and not holds_end:
            continue
        rows = {row: _values(targets, own[row - place.first_row] if row - place.first_row < len(own) else blank)
                for row in range(begin, end + 1)}  # fmt: skip
        pieces = list(_with_rows(sheet, one, rows, upto=place.end if holds_end else one.last))
        if holds_end:
            pieces += _more(sheet, model.node, place, targets, made)
            pieces += [repeated(sheet.xml, one, left)] if (left := _left(sheet, one, place.end)) else []
        changed.add(one.node.begin)
        edits.put(one.node.begin, one.node.end, b"".join(pieces))
    return changed


def _more(
    sheet: _Sheet, model: Node, place: Place, targets: Sequence[Target], made: Sequence[Sequence[Value]]
) -> Iterator[bytes]:
    """Yield the rows that find no room, after the model."""
    writer = sheet.writer
    for number, values in enumerate(made[place.end - place.first_row + 1 :], place.end + 1):
        yield writer.row(model, _values(targets, values), below=number - place.model, is_copy=True)


def _with_rows(
    sheet: _Sheet, one: Rows, rows: Mapping[int, Mapping[int, Value]], upto: int | None = None
) -> Iterator[bytes]:
    """Yield an element of rows with some of them written, and what repeats around them, down to a last row."""
    at, writer = one.first, sheet.writer
    last = one.last if upto is None else upto
    for row in sorted(rows):
        if row > at:
            yield repeated(sheet.xml, one, row - at)
        yield writer.row(one.node, rows[row], below=row - one.first)
        at = row + 1
    if last >= at:
        yield repeated(sheet.xml, one, last - at + 1)


def _left(sheet: _Sheet, one: Rows, end: int) -> int:
    """Return how many rows of an element stand below the list; empty ones at the end of a sheet make room."""
    left = one.last - end
    return max(1, left - sheet.over) if left and one is sheet.room else left


def _values(targets: Sequence[Target], values: Sequence[Value]) -> dict[int, Value]:
    return {one.at: str(value) if one.as_text and value is not None else value
            for one, value in zip(targets, values, strict=True)}  # fmt: skip


def _spans(sheet: _Sheet, place: Place) -> dict[int, dict[str, str | None]]:
    """Return how cells merged over the whole list change, for they grow with it, by where they begin.

    Raises DeliveryRefusedError for entries of several rows.
    """
    changes: dict[int, dict[str, str | None]] = {}
    for one in sheet.rows:
        for cell, _column, _times in cells_in(one.node) if one.first <= place.end else ():
            name = f"{cell.prefix}number-rows-spanned"
            last = one.first + int(cell.attributes.get(name, "1")) - 1
            if last == one.first or last < place.first_row:
                continue
            if one.first >= place.first_row or last < place.end:
                raise DeliveryRefusedError(
                    _("In this form one entry of the list takes several rows. Such lists are filled by hand.")
                )
            changes[cell.begin] = {name: str(last - one.first + 1 + sheet.growth.by)}
    return changes


@dataclass(frozen=True, slots=True)
class _Move:
    """What moves in a document when one of its sheets grows; rows that were `written` anew are right already."""

    edits: Edits
    sheet: _Sheet
    written: set[int]
    spans: Mapping[int, dict[str, str | None]]
    totals: _Totals | None

    def everything(self) -> None:
        """Move addresses, and leave out what formulas gave before; empty rows at the end of the sheet make room."""
        room, over = self.sheet.room, self.sheet.over
        if room and over and room.node.begin not in self.written:
            self.edits.head(room.node, {f"{room.node.prefix}number-rows-repeated": str(room.times - over)})
        self._walk(self.sheet.top, "")

    def _walk(self, node: Node, own: str) -> None:
        if node.name == "table-row" and node.begin in self.written:
            return
        own = _name(node) if node.name == "table" else own
        changes = _addresses_moved(node, self.sheet.growth, own) | self.spans.get(node.begin, {})
        if node.name == "table-cell" and formula_of(node):
            changes |= self._reckoned(node, changes.get(f"{node.prefix}formula") or formula_of(node), own)
            for one in node.parts:
                if one.name == "p":
                    self.edits.put(one.begin, one.end, b"")
        if changes:
            self.edits.head(node, changes)
        for one in node.parts:
            self._walk(one, own)

    def _reckoned(self, cell: Node, formula: str, own: str) -> dict[str, str | None]:
        """Return how a formula loses its former result; a plain sum or count of the list has its new one."""
        gone: dict[str, str | None] = without_result(cell)
        if self.totals is None or own != self.sheet.growth.sheet:
            return gone
        place, targets, rows = self.totals
        result = total_of(
            as_plain(formula), first=place.first_row, last=place.end + self.sheet.growth.by, targets=targets, rows=rows,
            form=lambda _column: "any", formats=Formats(),
        )  # fmt: skip
        office = _names(self.sheet.top).office
        told = {f"{office}value-type": "float", f"{office}value": str(result)} if result is not None else {}
        return {**gone, **told}


def _addresses_moved(node: Node, growth: Growth, own: str) -> dict[str, str | None]:
    """Return the attributes of an element that name cells, as they are afterwards; only those that change."""
    changes: dict[str, str | None] = {}
    for name, said in node.attributes.items():
        local = name.rpartition(":")[2]
        is_look = local == "value" and node.name == "condition"  # of conditional formatting
        if local in _ADDRESSES or local in _FORMULAS or is_look:
            moved = (moved_addresses if local in _ADDRESSES else moved_formula)(said, growth, sheet=own)
            changes |= {name: moved} if moved != said else {}
    return changes


def _written(package: Package, sheet: _Sheet, edits: Edits) -> bytes:
    """Return the package with the sheet, and with charts that read it."""
    changed: dict[str, bytes | Iterable[bytes]] = {CONTENT: edits.done()}
    for path in package.names if sheet.growth.by else ():
        if _CHART.fullmatch(path):
            chart = Edits(package.part(path))
            _move_chart(chart, read_nodes(chart.xml), sheet.growth)
            changed[path] = chart.done()
    return package.written(changed, without=[SIGNATURES])


def _move_chart(chart: Edits, node: Node, growth: Growth) -> None:
    if changes := _addresses_moved(node, growth, ""):
        chart.head(node, changes)
    for one in node.parts:
        _move_chart(chart, one, growth)


def _name(table: Node) -> str:
    return table.attributes.get(f"{table.prefix}name", "")


def _names(top: Node) -> Names:
    spaces = {uri: name.partition(":")[2] for name, uri in top.attributes.items() if name.startswith("xmlns:")}
    office, table, text = (f"{spaces[uri]}:" if (uri := _SPACE % one) in spaces else "" for one in _NAMED)
    return Names(office, table, text)


__all__ = ["fill_spreadsheet", "fill_spreadsheet_cells"]
