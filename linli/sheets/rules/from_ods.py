"""ODS as grids: cells, merged ranges, drop-downs, hidden rows and columns, formulas from its one part."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.etree.ElementTree import Element

from linli.sheets.rules.archives import Archive, broken, locked, too_large
from linli.sheets.rules.cells import even_rows
from linli.sheets.rules.grids import Book, Grid, Span, Value

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 100_000, 1_000, 6_000_000
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
HIDDEN = {"collapse", "filter"}
_WORDS = re.compile(r'"((?:[^"]|"")*)"')


@dataclass
class _Sheet:
    """A sheet while it is read."""

    rows: list[list[Value]] = field(default_factory=list)
    merges: list[Span] = field(default_factory=list)
    choices: dict[int, tuple[str, ...]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    cells: int = 0


def read_ods(archive: Archive) -> Book:
    """Return the sheets of an ODS. Raises SheetRefusedError."""
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise locked()
    content = archive.xml("content.xml")
    if content is None:
        raise broken()
    lists = {
        one.get(f"{TABLE}name", ""): words
        for one in content.iter(f"{TABLE}content-validation")
        if (words := _listed(one.get(f"{TABLE}condition", "")))
    }
    tables = list(content.iter(f"{TABLE}table"))
    return Book("ods", tuple(_grid(table, place, lists) for place, table in enumerate(tables)))


def _listed(condition: str) -> tuple[str, ...]:
    if "cell-content-is-in-list" not in condition:
        return ()
    return tuple(word.replace('""', '"') for word in _WORDS.findall(condition.split("cell-content-is-in-list", 1)[1]))


def _grid(table: Element, index: int, lists: Mapping[str, tuple[str, ...]]) -> Grid:
    sheet = _Sheet()
    prepared, empty = 0, 0
    for row in _rows(table):
        times = int(row.get(f"{TABLE}number-rows-repeated", "1"))
        cells = _cells(row, len(sheet.rows) + empty, sheet, lists)
        if not any(value is not None for value in cells):
            empty += times
            continue
        if len(sheet.rows) + empty + times > MOST_ROWS:
            raise too_large()
        sheet.rows += [[] for _ in range(empty)]
        if row.get(f"{TABLE}visibility") in HIDDEN:
            sheet.hidden_rows.update(range(len(sheet.rows), len(sheet.rows) + times))
        sheet.rows += [cells] * times
        sheet.cells += len(cells) * times
        empty, prepared = 0, len(sheet.rows)
        if sheet.cells > MOST_CELLS:
            raise too_large()
    return Grid(
        table.get(f"{TABLE}name", ""),
        even_rows(sheet.rows, sheet.merges),
        tuple(sorted(sheet.merges)),
        sheet.choices,
        _hidden_columns(table),
        frozenset(sheet.hidden_rows),
        sheet.formulas,
        last_row=prepared - 1,
        index=index,
    )


def _rows(table: Element) -> Iterator[Element]:
    for one in table:
        if one.tag == f"{TABLE}table-row":
            yield one
        elif one.tag in {f"{TABLE}table-row-group", f"{TABLE}table-header-rows", f"{TABLE}table-rows"}:
            yield from _rows(one)


def _hidden_columns(table: Element) -> frozenset[int]:
    found: set[int] = set()
    place = 0
    for one in table.iter(f"{TABLE}table-column"):
        times = min(int(one.get(f"{TABLE}number-columns-repeated", "1")), MOST_COLUMNS)
        if one.get(f"{TABLE}visibility") in HIDDEN:
            found.update(range(place, place + times))
        place += times
    return frozenset(found)


def _cells(row: Element, number: int, sheet: _Sheet, lists: Mapping[str, tuple[str, ...]]) -> list[Value]:
    found: list[Value] = []
    for cell in row:
        times = min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), MOST_COLUMNS - len(found))
        column, value = len(found), _value(cell)
        if words := lists.get(cell.get(f"{TABLE}content-validation-name", "")):
            for place in range(column, column + times):
                sheet.choices.setdefault(place, words)
        if formula := cell.get(f"{TABLE}formula"):
            sheet.formulas[(number, column)] = formula.removeprefix("of:=")
        high, wide = (int(cell.get(f"{TABLE}number-{of}-spanned", "1")) for of in ("rows", "columns"))
        if high > 1 or wide > 1:
            sheet.merges.append(Span(number, column, number + high - 1, column + wide - 1))
        found += [value] * times
    while found and found[-1] is None:
        found.pop()
    return found


def _value(cell: Element) -> Value:
    kind, text = cell.get(f"{OFFICE}value-type"), None
    if kind in {"float", "currency", "percentage"}:
        return float(cell.get(f"{OFFICE}value", "0"))
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    if kind == "date":
        text = cell.get(f"{OFFICE}date-value", "")
        try:
            return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
        except ValueError:
            return text or None
    lines = ["".join(_said(one)) for one in cell if one.tag == f"{TEXT}p"]
    return "\n".join(lines) or None


def _said(element: Element) -> Iterator[str]:
    """Yield the words of a paragraph; several spaces, tabs and line breaks are elements of their own."""
    yield element.text or ""
    for one in element:
        if one.tag == f"{TEXT}s":
            yield " " * min(int(one.get(f"{TEXT}c", "1")), MOST_COLUMNS)
        elif one.tag in {f"{TEXT}tab", f"{TEXT}line-break"}:
            yield "\t" if one.tag == f"{TEXT}tab" else "\n"
        else:
            yield from _said(one)
        yield one.tail or ""


__all__ = ["read_ods"]
