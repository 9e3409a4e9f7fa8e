"""Who took a file out, said inside it: in its properties, and at the foot of printed pages that the issuer left free.

No cell is touched. A text file has no place for it: its name bears the mark.
"""

from collections.abc import Collection

from linli.sheets.rules.delivery.nodes import Edits, Node, escaped, read_nodes
from linli.sheets.rules.delivery.packages import TYPES, WORKBOOK, Package, sheets_of

CORE, RELATIONS = "docProps/core.xml", "_rels/.rels"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
META, IDENTIFIER = "meta.xml", "identifier"
_META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_DUBLIN = "http://purl.org/dc/elements/1.1/"
_EMPTY = f'<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="{_CORE}"></cp:coreProperties>'
LONGEST_FOOT = 200  # a spreadsheet program reads 255 signs
# What stands behind the foot of a sheet: ECMA-376-1:2016, 18.3.1.99 (CT_Worksheet, a sequence).
_BEHIND = frozenset({
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
})  # fmt: skip


def marked_file(content: bytes, *, words: str, entry: str, sheets: Collection[str | int] = ()) -> bytes:
    """Return a workbook or document that says in its properties who took it out, and by which entry of the ledger.

    `sheets`, by name or place from 0, say it at the foot of their pages, too, where the issuer has no foot. Raises
    DeliveryRefusedError.
    """
    package = Package(content)
    if META in package.names:
        return package.written({META: _said_in_meta(package.part(META), words, entry)})
    changed, new = _properties(package, words, entry)
    if WORKBOOK in package.names:
        for at, one in enumerate(sheets_of(package)):
            if {at, one.name} & set(sheets) and (xml := _with_foot(package.part(one.path), words)):
                changed[one.path] = xml
    return package.written(changed, new=new)


def _properties(package: Package, words: str, entry: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the parts that change, and those that are new."""
    xml = package.part(CORE)
    if xml:
        return {CORE: _said(xml, words, entry)}, {}
    core = {CORE: _said(_EMPTY.encode(), words, entry)}
    types = f'<Override PartName="/{CORE}" ContentType="{CORE_TYPE}"/>'
    relation = f'<Relationship Id="rIdTakenOut" Type="{_RELATION}" Target="{CORE}"/>'
    both = {TYPES: types, RELATIONS: relation}
    return {path: _within(package.part(path), more) for path, more in both.items() if path in package.names}, core


def _said_in_meta(xml: bytes, words: str, entry: str) -> bytes:
    """Return the properties of an open document with who took the file out last, and the id of the entry."""
    top, edits = read_nodes(xml), Edits(xml)
    meta = top.first("meta") or top
    said = f'<t:creator xmlns:t="{_DUBLIN}">{escaped(words)}</t:creator>'.encode()
    _put(edits, meta, meta.first("creator"), said)
    own = f'<t:user-defined xmlns:t="{_META}" t:name="{IDENTIFIER}">{escaped(entry)}</t:user-defined>'.encode()
    known = next((one for one in meta.each("user-defined") if IDENTIFIER in one.attributes.values()), None)
    _put(edits, meta, known, own)
    return edits.done()


def _said(xml: bytes, words: str, entry: str) -> bytes:
    """Return the properties with who took the file out last, and the id of the entry."""
    top, edits = read_nodes(xml), Edits(xml)
    for name, space, text in (("lastModifiedBy", _CORE, words), ("identifier", _DUBLIN, entry)):
        said = f'<t:{name} xmlns:t="{space}">{escaped(text)}</t:{name}>'.encode()
        known = top.first(name)
        _put(edits, top, known, said)
    return edits.done()


def _put(edits: Edits, top: Node, known: Node | None, said: bytes) -> None:
    if known:
        edits.put(known.begin, known.end, said)
    elif top.head < top.end:
        at = edits.xml.rindex(b"</", top.head, top.end)
        edits.put(at, at, said)


def _within(xml: bytes, more: str) -> bytes:
    top, edits = read_nodes(xml), Edits(xml)
    prefixed = more.replace("<", f"<{top.prefix}", 1) if top.prefix else more
    _put(edits, top, None, prefixed.encode())
    return edits.done()


def _with_foot(xml: bytes, words: str) -> bytes:
    """Return a sheet with a foot; nothing where the issuer has one."""
    top = read_nodes(xml)
    if top.first("headerFooter") or top.first("sheetData") is None:
        return b""
    behind = next((one.begin for one in top.parts if one.name in _BEHIND), None)
    at = xml.rindex(b"</", top.head, top.end) if behind is None else behind
    text = escaped("&C&8 " + words[:LONGEST_FOOT].replace("&", "&&"))
    edits, own = Edits(xml), top.prefix
    foot = f"<{own}headerFooter><{own}oddFooter>{text}</{own}oddFooter></{own}headerFooter>"
    edits.put(at, at, foot.encode())
    return edits.done()
