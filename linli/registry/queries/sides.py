"""Where sources differ about an element, and what each says: read from the statements, beside what is believed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from linli.accounts import api as accounts
from linli.registry.queries.cards import said_of
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.filling import followed
from linli.registry.queries.saying import sayings_of
from linli.registry.queries.sight import SEE, entities_seen_by
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.masks import HIDDEN, Clearance, masked
from linli.registry.rules.sides import Side, Sides
from linli.registry.rules.survivorship import Said, sides, why_first
from linli.registry.rules.ways import WAYS, along
from linli.trust import api as trust


def differing_of(
    *, kind: str, ids: Sequence[UUID], paths: Sequence[str], viewer: accounts.Actor,
    clearances: Mapping[str, Clearance], now: datetime,
) -> dict[UUID, frozenset[str]]:  # fmt: skip
    """Return the paths about which sources differ, by record; only of what the viewer reads whole.

    A query for each word on the way, one for sight, one for the statements.
    """
    known = {path: led for path in paths if (led := along(path)) and _is_plain(led, clearances)}
    with trust.sight(viewer, SEE):
        ends = {path: ends_of(kind, ids, led[0], now) for path, led in known.items()}
        seen = set(entities_seen_by(viewer).filter(pk__in={end for of in ends.values() for end in of.values()})
                   .values_list("pk", flat=True))  # fmt: skip
    said, on = sayings_of(seen), timezone.localdate(now)
    found: dict[UUID, set[str]] = {}
    for path, (_words, end_kind, code) in known.items():
        owner = elements_of(end_kind)[code].owner
        for key, end in ends[path].items():
            ranked = sides(said.get(end, ()), code, owner, on=on, known_at=now)
            if len({_compared(one.values[code]) for one in ranked}) > 1:
                found.setdefault(key, set()).add(path)
    return {key: frozenset(some) for key, some in found.items()}


def sides_of(
    *, entity_id: UUID, path: str, viewer: accounts.Actor, clearances: Mapping[str, Clearance], now: datetime
) -> tuple[Sides, tuple[str, ...]] | None:
    """Return what each source says at the end of a path, and the tokens of whom it is about; None out of sight."""
    led = along(path)
    element = elements_of(led[1]).get(led[2]) if led else None
    if led is None or element is None:
        return None
    with trust.sight(viewer, SEE):
        end = ends_of(path.partition(".")[0], [entity_id], led[0], now).get(entity_id)
        row = entities_seen_by(viewer, led[1]).filter(pk=end).only("id", "subjects").first() if end else None
    if row is None:
        return None
    on, way = timezone.localdate(now), clearances[led[1]].of(element)
    ranked = sides(sayings_of([row.id]).get(row.id, ()), element.code, element.owner, on=on, known_at=now)
    told = tuple(_side(one, element, way, is_believed=not place) for place, one in enumerate(ranked))
    return Sides(row.id, element.label, way, why_first(ranked, element.owner) if ranked else "only", told), tuple(
        row.subjects
    )


def ends_of(kind: str, ids: Iterable[UUID], words: Sequence[str], now: datetime) -> dict[UUID, UUID]:
    """Return the record at the end of some words, by the record where they begin."""
    ends, on = {str(key): str(key) for key in ids}, timezone.localdate(now)
    for word in words:
        way = WAYS[kind, word]
        ends, kind = followed(ends, way, on), way.kind
    return {UUID(key): UUID(end) for key, end in ends.items()}


def _side(one: Said, element: ElementInfo, way: str, *, is_believed: bool) -> Side:
    value = one.values[element.code]
    text = said_of(element, value) if way == "plain" else masked(element, value) if way == "masked" else HIDDEN
    return Side(
        source=one.source, name=one.source_name, department=one.department, text=text,
        value=value if way == "plain" else None, at=one.observed_at, since=one.valid_from, is_verified=one.is_verified,
        is_owner=bool(element.owner) and one.department == element.owner, is_believed=is_believed,
    )  # fmt: skip


def _is_plain(led: tuple[tuple[str, ...], str, str], clearances: Mapping[str, Clearance]) -> bool:
    element = elements_of(led[1]).get(led[2])
    return element is not None and clearances[led[1]].of(element) == "plain"


def _compared(value: Any) -> str:
    return str(value).strip().lower()
