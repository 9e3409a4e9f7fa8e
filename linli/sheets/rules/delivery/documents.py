"""Tables of text documents (DOCX) filled: rows made after the issuer's own row, everything else as it was."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from linli.sheets.rules.delivery.nodes import Edits, Node, escaped, read_nodes
from linli.sheets.rules.delivery.packages import Package
from linli.sheets.rules.delivery.places import Address, Filled, Place, Target, Value
from linli.sheets.rules.refusals import DeliveryRefusedError

DOCUMENT = "word/document.xml"
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_JOINED = re.compile(rb"<w:vMerge\b[^>]*/>")
_BEGUN = re.compile(rb'<w:vMerge\b[^>]*w:val="restart"[^>]*/>')


def fill_document(
    template: bytes, *, place: Place, targets: Sequence[Target], rows: Iterable[Sequence[Value]]
) -> Filled:  # fmt: skip
    """Return a document with a table filled; `place.sheet` is the number of the table from 0.

    Raises DeliveryRefusedError.
    """
    package, made = _opened(template), list(rows)
    xml = package.part(DOCUMENT)
    own = _rows(xml, place.sheet, max(place.end, place.model))
    edits, blank = Edits(xml), [None] * len(targets)
    for at, row in enumerate(own[place.first_row - 1 : place.end]):
        edits.put(row.begin, row.end, _filled(xml, row, targets, made[at] if at < len(made) else blank))
    last, model = own[min(place.end, len(own)) - 1], own[place.model - 1]
    more = made[place.end - place.first_row + 1 :]
    new = (_joined(xml, last).sub(b"", _filled(xml, model, targets, values)) for values in more)
    edits.put(last.end, last.end, b"".join(new))
    content = package.written({DOCUMENT: edits.done()})
    return Filled(content, len(made), len(more))


def fill_document_cells(template: bytes, *, sheet: str | int, cells: Mapping[Address, Value]) -> bytes:
    """Return a document with single cells of one table filled, everything else as it was.

    Raises DeliveryRefusedError.
    """
    package = _opened(template)
    xml = package.part(DOCUMENT)
    rows, edits = _rows(xml, sheet, max(row for row, _column in cells) if cells else 0), Edits(xml)
    for number in sorted({row for row, _column in cells}):
        own = {column: value for (row, column), value in cells.items() if row == number}
        row = rows[number - 1]
        edits.put(row.begin, row.end, _filled(xml, row, [Target(at) for at in own], list(own.values())))
    return package.written({DOCUMENT: edits.done()})


def _joined(xml: bytes, last: Node) -> "re.Pattern[bytes]":
    """Return what an inserted row does not take over: it begins no merged cell; what reaches the last row goes on."""
    goes_on = any(not _BEGUN.match(one) for one in _JOINED.findall(xml[last.begin : last.end]))
    return _BEGUN if goes_on else _JOINED


def _opened(template: bytes) -> Package:
    package = Package(template)
    if DOCUMENT not in package.names or any(name.endswith("vbaProject.bin") for name in package.names):
        raise DeliveryRefusedError(
            _("This is no document that can be filled. Documents of the sort .docx can be filled.")
        )
    return package


def _rows(xml: bytes, table: str | int, last: int) -> list[Node]:
    """Return the rows of a table down to a last one. Raises DeliveryRefusedError."""
    body = read_nodes(xml).first("body")
    tables = [one for one in body.parts if one.name == "tbl"] if body else []  # what stands in a cell is none of them
    if isinstance(table, int) and table < len(tables):
        rows = [one for one in tables[table].parts if one.name == "tr"]
        if last <= len(rows):
            return rows
    raise DeliveryRefusedError(_("The document has no such table."))


def _filled(xml: bytes, row: Node, targets: Sequence[Target], values: Sequence[Value]) -> bytes:
    """Return a row with values in the cells of the targets; columns are counted as merged cells span them."""
    by_column = {target.at: value for target, value in zip(targets, values, strict=True)}
    pieces, at, column = [xml[row.begin : row.head]], row.head, 1 + _skipped(row)
    for cell in _cells(row):
        pieces.append(xml[at : cell.begin])
        pieces.append(_cell(xml, cell, by_column[column]) if column in by_column else xml[cell.begin : cell.end])
        at = cell.end
        span = next(iter(cell.each("gridSpan")), None)
        column += int(span.attributes.get("w:val", "1")) if span else 1
    return b"".join([*pieces, xml[at : row.end]])


def _cells(row: Node) -> Iterator[Node]:
    """Yield the cells of a row, also one that stands in a field of a form."""
    for one in row.parts:
        if one.name == "tc":
            yield one
        elif one.name == "sdt":
            yield from list(one.each("tc"))[:1]


def _skipped(row: Node) -> int:
    before = next(iter(row.each("gridBefore")), None)
    return int(before.attributes.get("w:val", "0")) if before else 0


def _cell(xml: bytes, cell: Node, value: Value) -> bytes:
    """Return a cell with one paragraph that looks like its first one."""
    paragraph = cell.first("p")
    run = next(iter(paragraph.each("r")), None) if paragraph else None
    looks, words = (_part(xml, one, name) for one, name in ((paragraph, "pPr"), (run, "rPr")))
    if not words and paragraph:  # an empty paragraph keeps the looks of its text among its own
        mark = paragraph.first("pPr")
        words = _part(xml, mark, "rPr")
    text = "" if value is None else escaped(_FORBIDDEN.sub("", str(value)))
    said = f'<w:t xml:space="preserve">{text}</w:t>'.encode()
    body = b"<w:r>" + words + said + b"</w:r>" if text else b""
    return xml[cell.begin : cell.head] + _part(xml, cell, "tcPr") + b"<w:p>" + looks + body + b"</w:p></w:tc>"


def _part(xml: bytes, node: Node | None, name: str) -> bytes:
    found = node.first(name) if node else None
    return xml[found.begin : found.end] if found else b""
