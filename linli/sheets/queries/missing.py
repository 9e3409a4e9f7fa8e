"""What a form lacks and somebody at the doors can tell: values of the rows' own records, home by home."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets.models import Column, Form, Line, Part
from linli.sheets.queries.filled import Cell, cells_of, is_gap, kind_of, read_lines
from linli.sheets.rules.gaps import Missing

TOGETHER, OWN = 1000, 2  # lines read at a time; the words of a path that leads nowhere else


def missing_of(form: Form, *, by: accounts.Actor, now: datetime) -> Iterator[Missing]:
    """Yield what is missing in every part of a form; whoever was read stands in the ledger."""
    for part in form.parts.order_by("place").prefetch_related("columns"):
        if kind_of(part):
            lines = list(part.lines.filter(left_out="").order_by("place", "id"))
            for start in range(0, len(lines), TOGETHER):
                yield from _missing(part, lines[start : start + TOGETHER], by, now)


def _missing(part: Part, lines: list[Line], by: accounts.Actor, now: datetime) -> Iterator[Missing]:
    reading = read_lines(part, lines, by=by, now=now, read=registry.fill)
    elements = {one.pk: one.element.split(".") for one in reading.columns if one.element and not _is_by_record(one)}
    for line in cells_of(reading):
        community, grid = reading.found.places.get(line.entity_id, (None, None))
        visit = reading.found.visits.get(line.entity_id, line.entity_id)
        for cell in filter(is_gap, line.cells):
            if cell.column in elements and _is_own(elements, cell):
                yield Missing(line.entity_id, elements[cell.column][-1], visit, grid, community)


def _is_own(elements: dict[UUID, list[str]], cell: Cell) -> bool:
    return len(elements[cell.column]) == OWN


def _is_by_record(column: Column) -> bool:
    """Tell whether yes follows from there being a record at all: nobody is asked for a card that he has not."""
    return column.transform["kind"] == "flag" and "known" in column.transform.get("when", ())
