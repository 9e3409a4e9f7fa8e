"""Rows that are no records of the registry, such as events: what may be asked of them, and what a form reads."""

from collections.abc import Sequence
from datetime import datetime

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets import slots
from linli.sheets.models import Line, Part
from linli.sheets.queries.bounds import closed_by_basis
from linli.sheets.queries.filled import Reading, columns_of, paths_of, typed_in, written
from linli.sheets.rules.labels import compared

ROOTS = {"events": "event"}  # how paths of a source begin


def source_for(part: Part) -> slots.RowSource | None:
    """Return who knows rows of this kind of table."""
    return next((one for one in slots.row_sources.all() if one.code == part.kind), None)


def source_elements(kind: str) -> dict[str, slots.RowElement]:
    """Return what a source knows of each row of a kind of table, by path; nothing where there is no source."""
    source = next((one for one in slots.row_sources.all() if one.code == kind), None)
    return {f"{ROOTS[kind]}.{one.code}": one for one in source.elements()} if source else {}


def meant_by(kind: str, header: Sequence[str]) -> str:
    """Return the path that a column of such a table asks for by its name; "" where none is called so."""
    leaf = compared(header[-1])
    for path, one in source_elements(kind).items():
        if leaf in {compared(word) for word in (str(one.label), *one.words)}:
            return path
    return ""


def rows_of(
    part: Part, wish: slots.RowWish, *, by: accounts.Actor, now: datetime
) -> list[tuple[str, str]]:  # fmt: skip
    """Return the rows that a wish means, as (key, label)."""
    source = source_for(part)
    return [(f"{part.kind}:{key}", "") for key in source.choose(wish, by=by, now=now)] if source else []


def read_source(part: Part, lines: Sequence[Line], *, by: accounts.Actor, now: datetime) -> Reading:
    """Return lines of another source as they stand, each cell with whom it is from and how new it is."""
    columns, typed, source = columns_of(part), typed_in(lines), source_for(part)
    closed = closed_by_basis(part.form, columns)
    paths = paths_of(columns, closed)
    known = source_elements(part.kind)
    keys = {one.key.partition(":")[2]: one.row_id for one in lines}
    codes = [path.partition(".")[2] for path in paths if path in known]
    got = source.read(list(keys), elements=codes, by=by, now=now, case=part.form.number) if source else _NOTHING
    place = {code: at for at, code in enumerate(codes)}
    rows, origins = {}, {}
    for key, row_id in keys.items():
        if key in got.rows:
            values = [got.rows[key][place[path.partition(".")[2]]] if path in known else None for path in paths]
            origin = registry.Origin(str(source.label) if source else "", got.at[key], "fresh", is_owner=True)
            rows[row_id], origins[row_id] = tuple(values), tuple(None if one is None else origin for one in values)
    found = registry.Found(
        paths=tuple(paths), closed={}, rows=rows, origins=origins,
        subjects={keys[key]: tuple(tokens) for key, tokens in got.subjects.items()},
        read=tuple(path for path in paths if path in known),
        grades=tuple(known[path].grade for path in paths if path in known),
    )  # fmt: skip
    shown = written(columns, lines, found, typed, on=part.form.on, closed=closed)
    return Reading(columns, lines, found, typed, shown, closed)


_NOTHING = slots.RowsFound({}, {}, {})
