"""What the parts of an XLSX say beyond values: drop-downs, hidden rows and columns, formulas, number formats.

Read from the text of the parts, since a library that builds an object for each cell takes seconds for ten thousand
rows. Only what precedes and follows the cells, and the cells that hold a formula, are looked at.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from posixpath import join, normpath

from linli.sheets.rules.archives import Archive, broken
from linli.sheets.rules.grids import Span, column_of

PLANNED_ROWS = 80  # rows whose number formats are read
MOST_LISTED = 400  # columns for which a drop-down is kept
BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-m-d", 15: "d-mmm-yy",
            17: "mmm-yy", 22: "yyyy-m-d h:mm", 31: 'yyyy"年"m"月"d"日"', 49: "@", 57: 'yyyy"年"m"月"'}  # fmt: skip
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*>\s*<(?:\w+:)?f\b[^>]*>([^<]*)<')
_STYLED = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*?\bs="(\d+)"')
_FILLED = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>/]*>')
_CHECK = re.compile(r"<(?:\w+:)?dataValidation\b([^>]*)>(.*?)</(?:\w+:)?dataValidation>", re.DOTALL)
_LIST = re.compile(r"<(?:\w+:)?formula1>(?:<xm:f>)?(.*?)(?:</xm:f>)?</(?:\w+:)?formula1>", re.DOTALL)
_WHERE = re.compile(r"<xm:sqref>(.*?)</xm:sqref>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_RANGE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))?!?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_PLACE = re.compile(r"([A-Z]{1,3})(\d+)?(?::([A-Z]{1,3})(\d+)?)?")


@dataclass(frozen=True, slots=True)
class Reference:
    """The cells from which a list is taken: a sheet ("" for its own) and a range."""

    sheet: str
    span: Span


@dataclass(frozen=True, slots=True)
class SheetParts:
    """What one sheet says beyond values. A drop-down is its words, or where they stand."""

    name: str
    is_hidden: bool
    columns: frozenset[int]
    rows: frozenset[int]
    formulas: Mapping[tuple[int, int], str]
    formats: Mapping[tuple[int, int], str]
    lists: Mapping[int, tuple[str, ...] | Reference]
    last_row: int
    extent: tuple[int, int] = field(default=(0, 0))


def sheets_of(archive: Archive) -> Iterator[SheetParts]:
    """Yield what each sheet of a workbook says, in order. Raises SheetRefusedError where the workbook is damaged."""
    book, links = archive.xml("xl/workbook.xml"), archive.xml("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        raise broken()
    targets = {one.get("Id", ""): one.get("Target", "") for one in links}
    names = {one.get("name", ""): one.text or "" for one in book.iter() if _local(one.tag) == "definedName"}
    formats = _formats(archive)
    for sheet in (one for one in book.iter() if _local(one.tag) == "sheet"):
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        target = targets.get(key, "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        is_hidden = sheet.get("state", "visible") != "visible"
        yield _sheet(archive.read(part), sheet.get("name", ""), names, formats, is_hidden=is_hidden)


def reference_of(formula: str, names: Mapping[str, str]) -> Reference | None:
    """Return the range that a formula names, or that a name of the workbook stands for."""
    text = names.get(formula.strip(), formula).strip().lstrip("=")
    match = _RANGE.fullmatch(text)
    if not match:
        return None
    quoted, plain, left, top, right, bottom = match.groups()
    span = Span(int(top) - 1, column_of(left), int(bottom or top) - 1, column_of(right or left))
    return Reference((quoted or plain or "").replace("''", "'"), span)


def _sheet(
    part: bytes, name: str, names: Mapping[str, str], formats: Mapping[int, str], *, is_hidden: bool
) -> SheetParts:
    start, end = part.find(b"sheetData"), part.rfind(b"sheetData>")
    head, cells = part[: max(start, 0)], part[max(start, 0) : max(end, 0)]
    tail = part[end:].decode("utf-8", "replace") if end >= 0 else ""
    last, hidden = _rows(cells)
    return SheetParts(
        name,
        is_hidden,
        _columns(head),
        hidden,
        {
            (int(row) - 1, column_of(column.decode())): unescape(text.decode("utf-8", "replace"))
            for column, row, text in _FORMULA.findall(cells)
        }
        if b"f>" in cells or b"<f" in cells
        else {},
        _styled(cells, formats),
        _lists(tail, names),
        last,
        _extent(cells),
    )


def _rows(cells: bytes) -> tuple[int, frozenset[int]]:
    """Return the last prepared row and the hidden ones."""
    last, hidden = -1, set()
    for match in _ROW.finditer(cells):
        attributes = match.group(1)
        number = re.search(rb'\br="(\d+)"', attributes)
        last = int(number.group(1)) - 1 if number else last + 1
        if _HIDDEN.search(attributes):
            hidden.add(last)
    return last, frozenset(hidden)


def _extent(cells: bytes) -> tuple[int, int]:
    """Return how far to the bottom and to the right something is written."""
    bottom, names = 0, set()
    for column, row in _FILLED.findall(cells):
        names.add(column)
        bottom = max(bottom, int(row))
    return bottom, max((column_of(name.decode()) + 1 for name in names), default=0)


def _columns(head: bytes) -> frozenset[int]:
    found: set[int] = set()
    for match in _COLUMN.finditer(head):
        if _HIDDEN.search(match.group(1)):
            settings = dict(_ATTRIBUTE.findall(match.group(1).decode()))
            found.update(range(int(settings["min"]) - 1, min(int(settings["max"]), MOST_LISTED)))
    return frozenset(found)


def _styled(cells: bytes, formats: Mapping[int, str]) -> dict[tuple[int, int], str]:
    if not formats:
        return {}
    found = {}
    for column, row, style in _STYLED.findall(cells[: PLANNED_ROWS * 10_000]):
        if int(row) > PLANNED_ROWS:
            break
        if text := formats.get(int(style)):
            found[(int(row) - 1, column_of(column.decode()))] = text
    return found


def _formats(archive: Archive) -> dict[int, str]:
    """Return the number format of each cell style that has one."""
    styles = archive.xml("xl/styles.xml")
    if styles is None:
        return {}
    own = {int(one.get("numFmtId", "0")): one.get("formatCode", "")
           for one in styles.iter() if _local(one.tag) == "numFmt"}  # fmt: skip
    cells = next((one for one in styles.iter() if _local(one.tag) == "cellXfs"), None)
    known = BUILT_IN | own
    numbers = [int(one.get("numFmtId", "0")) for one in cells] if cells is not None else []
    return {place: known[number] for place, number in enumerate(numbers) if number in known}


def _lists(tail: str, names: Mapping[str, str]) -> dict[int, tuple[str, ...] | Reference]:
    found: dict[int, tuple[str, ...] | Reference] = {}
    for attributes, inner in _CHECK.findall(tail):
        settings, formula, where = dict(_ATTRIBUTE.findall(attributes)), _LIST.search(inner), _WHERE.search(inner)
        if settings.get("type") != "list" or not formula:
            continue
        words = _words(unescape(formula.group(1)), names)
        for place in (where.group(1) if where else settings.get("sqref", "")).split():
            for column in _covered(place) if words else ():
                found.setdefault(column, words)  # type: ignore[arg-type]
    return found


def _words(formula: str, names: Mapping[str, str]) -> tuple[str, ...] | Reference | None:
    text = formula.strip()
    if text.startswith('"') and text.endswith('"'):
        return tuple(word.strip() for word in re.split("[,，]", text[1:-1]) if word.strip())
    return reference_of(text, names)


def _covered(place: str) -> range:
    match = _PLACE.fullmatch(place.replace("$", ""))
    if not match:
        return range(0)
    left, right = column_of(match.group(1)), column_of(match.group(3) or match.group(1))
    return range(left, min(right + 1, left + MOST_LISTED))


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


__all__ = ["Reference", "SheetParts", "reference_of", "sheets_of"]
