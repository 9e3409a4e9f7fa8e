"""What a form lacks and somebody at the doors can tell: values of the rows and of whom they lead to, home by home."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets.models import Column, Form, Line, Part
from linli.sheets.queries.bounds import read_for
from linli.sheets.queries.filled import Reading, cells_of, is_gap, kind_of, read_lines
from linli.sheets.rules.gaps import Missing

TOGETHER, OWN = 1000, 2  # lines read at a time; the points in a path that leads to another record


def missing_of(form: Form, *, by: accounts.Actor, now: datetime) -> Iterator[Missing]:
    """Yield what is missing in every part of a form; whoever was read stands in the ledger."""
    for part in form.parts.order_by("place").prefetch_related("columns"):
        if kind_of(part):
            lines = list(part.lines.filter(left_out="").order_by("place", "id"))
            for start in range(0, len(lines), TOGETHER):
                yield from _missing(part, lines[start : start + TOGETHER], by, now)


def _missing(part: Part, lines: list[Line], by: accounts.Actor, now: datetime) -> Iterator[Missing]:
    reading = read_lines(part, lines, by=by, now=now, read=read_for(part.form))
    paths = {one.pk: one.element for one in reading.columns if one.element and not _is_by_record(one)}
    far = [path for path in paths.values() if path.count(".") >= OWN]
    ends = registry.ends_of(ids=[one.row_id for one in lines], paths=far, by=by, now=now) if far else {}
    for line in cells_of(reading):
        for cell in filter(is_gap, line.cells):
            if path := paths.get(cell.column):
                yield from _asked(reading, line.entity_id, path, ends)


def _asked(
    reading: Reading, row: UUID, path: str, ends: Mapping[str, Mapping[UUID, registry.End]]
) -> Iterator[Missing]:  # fmt: skip
    """Yield of whom it is asked: of the row itself, or of the record to which the path leads, where that is known."""
    code = path.rpartition(".")[2]
    if path.count(".") < OWN:
        community, grid = reading.found.places.get(row, (None, None))
        yield Missing(row, code, reading.found.visits.get(row, row), grid, community)
    elif end := ends.get(path, {}).get(row):
        yield Missing(end.entity_id, code, end.visit, end.place[1], end.place[0])


def _is_by_record(column: Column) -> bool:
    """Tell whether yes follows from there being a record at all: nobody is asked for a card that he has not."""
    return column.transform["kind"] == "flag" and "known" in column.transform.get("when", ())
