"""What other parts of a workbook say about a sheet that grew: names, sums of other sheets, tables, pictures, notes."""

import re
from collections.abc import Iterable
from html import unescape

from linli.sheets.rules.delivery.formulas import moved, names_sheet
from linli.sheets.rules.delivery.nodes import Edits, Node, escaped, read_nodes
from linli.sheets.rules.delivery.packages import TYPES, WORKBOOK, Package, SheetPart, relations_of
from linli.sheets.rules.delivery.places import Growth, moved_ranges

CHAIN, CHAIN_TYPE = "xl/calcChain.xml", "calcChain"
_BEFORE_RECKONING = ("definedNames", "externalReferences", "functionGroups", "sheets")
_SHAPE_ROW = re.compile(rb"(<(?:\w+:)?Row>\s*)(\d+)(\s*</)")
_SHAPE_ANCHOR = re.compile(rb"(<(?:\w+:)?Anchor>)([^<]*)(</)")
_TEXTS = ("formula", "formula1", "formula2", "f")
_ANCHOR = 8  # left column, offset, top row, offset, right column, offset, bottom row, offset


def workbook_xml(package: Package, growth: Growth) -> bytes:
    """Return `workbook.xml` with names (print area, titles, own names) moved, and reckoned anew when it is opened."""
    xml = package.part(WORKBOOK)
    top, edits = read_nodes(xml), Edits(xml)
    names = [one.attributes.get("name", "") for one in top.each("sheet")]
    for one in top.each("definedName"):
        at = one.attributes.get("localSheetId", "")
        home = names[int(at)] if at.isdecimal() and int(at) < len(names) else ""
        edits.text(one, moved(one.text(xml), growth, sheet=home))
    reckoning = top.first("calcPr")
    if reckoning:
        edits.head(reckoning, {"fullCalcOnLoad": "1"})
    else:
        last = next((found for name in _BEFORE_RECKONING if (found := top.first(name))), top)
        edits.put(last.end, last.end, f'<{top.prefix}calcPr fullCalcOnLoad="1"/>'.encode())
    return edits.done()


def without_chain(package: Package) -> dict[str, bytes]:
    """Return the parts that name the chain of reckoning, without it: it is made again by who opens the file."""
    if CHAIN not in package.names:
        return {}
    changed = {}
    for path, name, key in ((TYPES, "Override", "PartName"), ("xl/_rels/workbook.xml.rels", "Relationship", "Target")):
        xml = package.part(path)
        edits = Edits(xml)
        for one in read_nodes(xml).each(name):
            if one.attributes.get(key, "").endswith(CHAIN_TYPE + ".xml"):
                edits.put(one.begin, one.end, b"")
        changed[path] = edits.done()
    return changed


def moved_parts(package: Package, sheet: SheetPart, growth: Growth) -> dict[str, bytes]:
    """Return the parts that belong to a sheet, or read it, as they are when it has grown. Its own XML is not here."""
    if not growth.by:
        return {}
    changed: dict[str, bytes] = {}
    for path in relations_of(package, sheet.path).values():
        xml = package.part(path)
        if path.endswith(".vml"):
            changed[path] = _moved_shapes(xml, growth)
        elif "/drawings/" in path:
            changed[path] = _moved_anchors(xml, growth)
        elif path.endswith(".xml"):
            changed[path] = _moved_ranges(xml, growth)
    for path in package.names:
        if path.startswith(("xl/charts/", "xl/pivotCache/pivotCacheDefinition")) and path.endswith(".xml"):
            changed[path] = _moved_sources(package.part(path), growth)
    return changed


def other_sheet_xml(xml: bytes, top: Node, name: str, growth: Growth) -> Edits:
    """Return the changes of another sheet's formulas outside its cells: looks and checks that read the grown sheet."""
    edits = Edits(xml)
    parts: Iterable[Node] = (
        one for part in top.parts if part.name != "sheetData" for one in [part, *part.each(*_TEXTS)]
    )
    for one in parts:
        if one.name in _TEXTS and not one.parts:
            edits.text(one, moved(one.text(xml), growth, sheet=name))
    for one in top.each("hyperlink"):
        if "location" in one.attributes:
            edits.head(one, {"location": moved(one.attributes["location"], growth, sheet=name)})
    return edits


def speaks_of(xml: bytes, sheet: str) -> bool:
    """Tell whether a part may name a sheet."""
    text = xml.decode()  # some programs write Chinese words as numbers of characters
    return any(names_sheet(one, name) for one in (text, unescape(text)) for name in (escaped(sheet), sheet))


def _moved_ranges(xml: bytes, growth: Growth) -> bytes:
    """Tables, notes and answers to them: each names its cells by `ref`."""
    edits = Edits(xml)
    top = read_nodes(xml)
    for one in [top, *top.each("autoFilter", "sortState", "sortCondition", "comment", "threadedComment")]:
        text = one.attributes.get("ref", "")
        if text:
            after = moved_ranges(text, growth) if ":" in text else moved(text, growth, sheet=growth.sheet)
            edits.head(one, {"ref": after})
    for one in top.each("calculatedColumnFormula", "totalsRowFormula"):
        edits.text(one, moved(one.text(xml), growth, sheet=growth.sheet, within=True))
    return edits.done()


def _moved_anchors(xml: bytes, growth: Growth) -> bytes:
    """Pictures and charts: rows count from 0. What begins above and ends below the list grows with it."""
    edits = Edits(xml)
    for anchor in read_nodes(xml).each("oneCellAnchor", "twoCellAnchor"):
        for one in anchor.parts:
            row = one.first("row") if one.name in {"from", "to"} else None
            if row:
                edits.text(row, str(growth.row(int(row.text(xml)) + 1) - 1))
    return edits.done()


def _moved_shapes(xml: bytes, growth: Growth) -> bytes:
    """Boxes of notes: not always well-formed XML, so only their rows are touched."""

    def row(found: "re.Match[bytes]") -> bytes:
        return found[1] + str(growth.row(int(found[2]) + 1) - 1).encode() + found[3]

    def anchor(found: "re.Match[bytes]") -> bytes:
        numbers = found[2].decode().split(",")
        if len(numbers) == _ANCHOR:
            for at in (2, 6):
                numbers[at] = f" {growth.row(int(numbers[at]) + 1) - 1}"
        return found[1] + ",".join(numbers).encode() + found[3]

    return _SHAPE_ANCHOR.sub(anchor, _SHAPE_ROW.sub(row, xml))


def _moved_sources(xml: bytes, growth: Growth) -> bytes:
    """Charts read ranges by formulas, pivot tables by a range and the name of a sheet."""
    top, edits = read_nodes(xml), Edits(xml)
    for one in top.each("f"):
        edits.text(one, moved(one.text(xml), growth, sheet=""))
    for one in top.each("worksheetSource"):
        if one.attributes.get("sheet") == growth.sheet and "ref" in one.attributes:
            edits.head(one, {"ref": moved_ranges(one.attributes["ref"], growth)})
    return edits.done()
