"""The issuer's own workbook with its list filled: layout, widths, merged cells, formulas, print area as they were."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from linli.sheets.rules.delivery.formats import read_formats
from linli.sheets.rules.delivery.packages import (
    STYLES,
    WORKBOOK,
    Package,
    SheetPart,
    open_workbook,
    sheets_of,
    the_sheet,
)
from linli.sheets.rules.delivery.places import Address, Filled, Growth, Place, Target, Value, cell_of, letters_of
from linli.sheets.rules.delivery.sheet_rows import formula_node, write_formula
from linli.sheets.rules.delivery.sheet_xml import MOST_ROWS, Fill, OpenSheet, filled_sheet, open_sheet
from linli.sheets.rules.delivery.totals import stale
from linli.sheets.rules.delivery.workbook_parts import (
    CHAIN,
    moved_parts,
    other_sheet_xml,
    speaks_of,
    without_chain,
    workbook_xml,
)


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook at work: its package, the sheet that is filled, and the others that read it."""

    package: Package
    sheet: OpenSheet
    others: Mapping[str, OpenSheet]


def fill_workbook(
    template: bytes,
    *,
    place: Place,
    targets: Sequence[Target],
    rows: Iterable[Sequence[Value]],
    cells: Mapping[str, Value] | None = None,
) -> Filled:
    """Return a workbook (XLSX) with a list filled, and single cells by address, as they are called in the template.

    `rows` hold one value for each target. Raises DeliveryRefusedError with a sentence.
    """
    package = open_workbook(template)
    part = the_sheet(package, place.sheet)
    fill = Fill(place, targets, list(rows), read_formats(package.part(STYLES), is_1904=_is_1904(package)),
                {cell_of(address): value for address, value in (cells or {}).items()})  # fmt: skip
    book = _open(package, part)
    growth, outdated = fill.growth(part.name), _stale(book, fill)
    changed: dict[str, bytes | Iterable[bytes]] = {**without_chain(package), **moved_parts(package, part, growth)}
    changed[WORKBOOK] = workbook_xml(package, growth)
    for path, other in book.others.items():
        changed[path] = _other(other, growth, _of(outdated, other.name))
    changed[part.path] = filled_sheet(book.sheet, fill, stale=_of(outdated, part.name))
    content = package.written(changed, without=[CHAIN])
    return Filled(content, len(fill.rows), fill.inserted)


def fill_workbook_cells(template: bytes, *, sheet: str | int, cells: Mapping[Address, Value]) -> bytes:
    """Return a workbook (XLSX) with single cells of a sheet filled, everything else as it was.

    Raises DeliveryRefusedError.
    """
    nowhere = Place(sheet, MOST_ROWS, MOST_ROWS - 1)
    said = {f"{letters_of(column)}{row}": value for (row, column), value in cells.items()}
    return fill_workbook(template, place=nowhere, targets=(), rows=(), cells=said).content


def _open(package: Package, part: SheetPart) -> _Book:
    """Read the sheet that is filled, and those that name it."""
    others = {}
    for one in sheets_of(package):
        if one.path != part.path and one.path in package.names and one.path.startswith("xl/worksheets/"):
            xml = package.part(one.path)
            if speaks_of(xml, part.name):
                others[one.path] = open_sheet(xml, one.name)
    return _Book(package, open_sheet(package.part(part.path), part.name), others)


def _stale(book: _Book, fill: Fill) -> set[tuple[str, int, int]]:
    formulas = {(sheet.name, *at): text for sheet in (book.sheet, *book.others.values())
                for at, text in sheet.rows.formulas.items()}  # fmt: skip
    name, place = book.sheet.name, fill.place
    return stale(formulas, [(name, place.first_row, place.end), *((name, row, row) for row, _column in fill.cells)])


def _of(cells: Iterable[tuple[str, int, int]], sheet: str) -> set[Address]:
    return {(row, column) for name, row, column in cells if name == sheet}


def _other(sheet: OpenSheet, growth: Growth, outdated: set[Address]) -> bytes:
    """Return another sheet with the formulas that read the grown one; results that are no longer so are left out."""
    edits = other_sheet_xml(sheet.xml, sheet.top, sheet.name, growth)
    for (number, column), text in sheet.rows.formulas.items():
        cell = sheet.rows.cells[number][column]
        formula, value = formula_node(cell), cell.first("v")
        if formula:
            write_formula(edits, formula, text, growth, sheet=sheet.name)
        if value and (number, column) in outdated:
            edits.put(value.begin, value.end, b"")
    return edits.done()


def _is_1904(package: Package) -> bool:
    head = package.part(WORKBOOK)
    return b'date1904="1"' in head or b'date1904="true"' in head
