"""The change log is written 变化记录: with each projection, in its transaction; a first load tells nothing."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from linli.registry.actions.rows import copy_rows
from linli.registry.models import Change, Entity, Relation
from linli.registry.models.entity import AREA_COLUMNS
from linli.registry.queries.changes import Before
from linli.registry.queries.dictionary import elements_of
from linli.registry.rules.changes import (
    LEVELS,
    Heard,
    State,
    changes_between,
    places,
    told_of_bond,
)
from linli.registry.rules.elements import OWN_PERMISSION
from linli.registry.rules.survivorship import Believed

Known = Mapping[str, Believed]


def note_changes(
    *,
    kind: str,
    rows: Sequence[Entity],
    believed: Mapping[UUID, Known],
    before: Mapping[UUID, Before],
    new_sources: Collection[str],
    now: datetime,
) -> None:
    """Append what changed with these head rows, which are to be written next.

    `before` are the heads as they were, for those that have one. Entities that nobody but `new_sources` speaks of and
    that are projected for the first time come with a first load: they are not told one by one.
    """
    elements, today = elements_of(kind), timezone.localdate(now)
    found: list[Change] = []
    for row in rows:
        old, known = before.get(row.id), believed[row.id]
        if old is not None and old.is_bare and _sources(known) <= set(new_sources):
            continue
        state = None if old is None or old.is_bare else old.state
        values = {code: one.value for code, one in known.items() if code in elements}
        after = State(values, row.areas())
        for heard in changes_between(kind, state, after, elements, today=today):
            found += _changes(row, heard, _cause(heard, known), _other(heard, state, after), now)
    append_changes(found)


def note_bond(*, when: str, rows: Sequence[Relation], now: datetime) -> None:
    """Append what a community hears of relations that were opened or ended, such as a new rental."""
    found: list[Change] = []
    if not rows:
        return
    ends = {row.end_id for row in rows}
    for entity in Entity.objects.filter(pk__in=ends).only("id", "kind", *AREA_COLUMNS):
        state = State({}, entity.areas())
        for row in rows:
            heard = told_of_bond(entity.kind, when, row.bond, state.areas) if row.end_id == entity.id else None
            if heard is not None:
                found += _changes(entity, heard, (row.source_id, None), None, now)
    append_changes(found)


def append_changes(rows: Sequence[Change]) -> None:
    """Append rows to the log, and count them by area and day."""
    if rows:
        copy_rows(rows)
        _count(rows)


def _changes(
    entity: Entity, heard: Heard, cause: tuple[str, UUID | None], other: int | None, now: datetime
) -> Iterable[Change]:
    source, record = cause
    for place in places(heard.areas):
        yield Change(
            entity_id=entity.id, kind=entity.kind, what=heard.what, elements=list(heard.elements), grade=heard.grade,
            other_id=other, source=source, record=record, at=now, **place,
        )  # fmt: skip


def _other(heard: Heard, before: State | None, after: State) -> int | None:
    """Return the community from where somebody came, or to where they went; None where it is not known here."""
    side = {"moved_in": before, "moved_out": after}.get(heard.what)
    here = heard.areas.get("community", frozenset())
    away = sorted(side.areas.get("community", frozenset()) - here) if side else []
    return away[0] if away else None


def _cause(heard: Heard, known: Known) -> tuple[str, UUID | None]:
    """Return the source and the record that caused a change: of what is believed now, the one seen last."""
    said = [known[code].said for code in heard.elements if code in known]
    if not heard.elements:
        said = [one.said for one in known.values()]
    last = max(said, key=lambda one: (one.recorded_at, one.id), default=None)
    return (last.source, last.id) if last else ("", None)


def _sources(known: Known) -> set[str]:
    return {one.said.source for one in known.values()}


def _count(rows: Sequence[Change]) -> None:
    """Add to the counts, always in one order: two writers who count for one area wait and never cross."""
    counts: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        for level in LEVELS:
            if (area := getattr(row, f"{level}_id")) is not None:
                day = timezone.localdate(row.at)
                counts[level, area, day, row.kind, row.what, row.grade >= OWN_PERMISSION] += 1
    ordered = sorted((*key, count) for key, count in counts.items())
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [list(column) for column in zip(*ordered, strict=True)])


_ADD = """
INSERT INTO registry_changecount (level, area, day, kind, what, is_sensitive, count)
SELECT * FROM unnest(%s::text[], %s::bigint[], %s::date[], %s::text[], %s::text[], %s::boolean[], %s::int[])
ON CONFLICT (level, area, day, kind, what, is_sensitive)
DO UPDATE SET count = registry_changecount.count + excluded.count
"""
