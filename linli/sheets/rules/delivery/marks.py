"""Who took a file out, said inside it: in its properties, and at the foot of printed pages that the issuer left free.

No cell is touched. A text file has no place for it: its name bears the mark.
"""

from collections.abc import Collection

from linli.sheets.rules.delivery.nodes import Edits, Node, escaped, read_nodes
from linli.sheets.rules.delivery.packages import TYPES, WORKBOOK, Package, sheets_of

CORE, RELATIONS = "docProps/core.xml", "_rels/.rels"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CONTENT, META, LOOKS, IDENTIFIER = "content.xml", "meta.xml", "styles.xml", "identifier"
FIRST_PAGE = "Default"  # the master page of tables that name none: OpenDocument 1.3, part 3, 16.9
_STYLE, _TEXT = (f"urn:oasis:names:tc:opendocument:xmlns:{one}:1.0" for one in ("style", "text"))
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
    if CONTENT in package.names:
        return package.written(_open_document(package, words, entry, sheets))
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


def _open_document(package: Package, words: str, entry: str, sheets: Collection[str | int]) -> dict[str, bytes]:
    """Return the parts of an open spreadsheet that say it: its properties, and the pages of the sheets."""
    changed = {META: _said_in_meta(package.part(META), words, entry)} if META in package.names else {}
    if pages := _pages(read_nodes(package.part(CONTENT)), sheets):
        looks = package.part(LOOKS) if LOOKS in package.names else b""
        changed |= {LOOKS: xml} if looks and (xml := _with_page_foot(looks, pages, words)) else {}
    return changed


def _pages(top: Node, sheets: Collection[str | int]) -> set[str]:
    """Return the master pages on which these sheets are printed: each names a style, and that names a page."""
    named = {_of(one, "name"): _of(one, "master-page-name") for one in top.each("style")}
    body = next(iter(top.each("spreadsheet")), None)
    tables = [one for one in body.parts if one.name == "table"] if body else []
    wanted = [one for at, one in enumerate(tables) if {at, _of(one, "name")} & set(sheets)]
    return {named.get(_of(one, "style-name"), "") or FIRST_PAGE for one in wanted}


def _with_page_foot(xml: bytes, pages: Collection[str], words: str) -> bytes:
    """Return the looks of a document with a foot on these pages; nothing where the issuer has one on each."""
    edits, is_changed = Edits(xml), False
    text = escaped(words[:LONGEST_FOOT])
    foot = f'<f:footer xmlns:f="{_STYLE}"><t:p xmlns:t="{_TEXT}">{text}</t:p></f:footer>'.encode()
    for page in read_nodes(xml).each("master-page"):
        feet = [one for one in page.parts if one.name.startswith("footer")]
        if _of(page, "name") not in pages or any(_of(one, "display") != "false" for one in feet):
            continue
        _put_foot(edits, page, foot)
        is_changed = True
    return edits.done() if is_changed else b""


def _put_foot(edits: Edits, page: Node, foot: bytes) -> None:
    """Write a foot into a page: instead of one that is not shown, else behind what stands at its head."""
    if own := page.first("footer"):
        edits.put(own.begin, own.end, foot)
    elif page.head < page.end:
        at = max([page.head, *(one.end for one in page.parts if one.name.startswith("header"))])
        edits.put(at, at, foot)
    else:  # a page that says nothing is one empty element
        opened = edits.xml[page.begin : page.end].rstrip(b"/> \n")
        edits.put(page.begin, page.end, opened + b">" + foot + f"</{page.raw}>".encode())


def _of(node: Node, name: str) -> str:
    """Return an attribute by its name without prefix."""
    return next((value for key, value in node.attributes.items() if key.rpartition(":")[2] == name), "")


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
