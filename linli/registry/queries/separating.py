"""What a record is made of, source by source, and what it was merged from and split into."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from linli.accounts import api as accounts
from linli.registry.models import Entity, Identity, IdentityDeed
from linli.registry.models.deed import MERGE, SPLIT
from linli.registry.queries.cards import lines_of
from linli.registry.queries.saying import sayings_of
from linli.registry.rules.cards import Line

MOST = 100


@dataclass(frozen=True, slots=True)
class SourceOf:
    """One key of a source that speaks of an entity, and what it says of it, as one viewer may read it."""

    identity: int
    source: str
    since: datetime
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """A merge or a split in the history of an entity. `other` is the entity on the other side."""

    id: UUID
    act: str
    into_this: bool
    other: UUID
    by: str
    at: datetime
    reason: str
    sources: int
    may_undo: bool


def sources_of(entity: Entity, *, viewer: accounts.Actor, now: datetime) -> tuple[SourceOf, ...]:
    """Return the keys of sources that speak of an entity, the earliest first. Two queries."""
    rows = Identity.objects.filter(entity_id=entity.pk).select_related("source").order_by("since", "id")[:MOST]
    said = sayings_of([entity.pk]).get(entity.pk, [])
    return tuple(
        SourceOf(
            row.id, row.source.name, row.since,
            lines_of(entity, [one for one in said if (one.source, one.key) == (row.source_id, row.key)], viewer, now),
        )
        for row in rows
    )  # fmt: skip


def halves_of(
    entity: Entity, leaving: Collection[int], *, viewer: accounts.Actor, now: datetime
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return what would be known of the one that stays and of the one that leaves. Two queries."""
    rows = Identity.objects.filter(entity_id=entity.pk, pk__in=list(leaving)).values_list("source_id", "key")
    keys = set(rows)
    said = sayings_of([entity.pk]).get(entity.pk, [])
    stays, leaves = ([one for one in said if ((one.source, one.key) in keys) is gone] for gone in (False, True))
    return lines_of(entity, stays, viewer, now), lines_of(entity, leaves, viewer, now)


def deeds_of(entity_id: UUID) -> list[Deed]:
    """Return the merges and splits of an entity, the latest first. Two queries."""
    here = Q(origin_id=entity_id) | Q(target_id=entity_id)
    rows = list(IdentityDeed.objects.filter(here).select_related("origin", "target").order_by("-at", "-id")[:MOST])
    undone = set(IdentityDeed.objects.filter(undoes__in=rows).values_list("undoes_id", flat=True))
    return [_deed(row, entity_id, undone) for row in rows]


def _deed(row: IdentityDeed, entity_id: UUID, undone: Collection[UUID | None]) -> Deed:
    into_this = row.target_id == entity_id
    return Deed(
        row.id, row.act, into_this, row.origin_id if into_this else row.target_id, row.by, row.at, row.reason,
        len(row.identities), row.id not in undone and _is_last(row),
    )  # fmt: skip


def _is_last(row: IdentityDeed) -> bool:
    """Tell whether the two stand as this deed left them."""
    if row.act == MERGE:
        return bool(row.origin.merged_into_id == row.target_id and row.target.merged_into_id is None)
    return bool(row.act == SPLIT and row.origin.merged_into_id is None and row.target.merged_into_id is None)


def cross_pairs(here: Sequence[int], there: Sequence[int], *, most: int) -> list[tuple[int, int]]:
    """Return the pairs of identities on both sides, at most so many."""
    return [(one, other) for one in here for other in there][:most]
