"""The change log in the order in which it was committed, for those who are told of a slice of it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import connection
from django.db.models import Q

from linli.regions import api as regions
from linli.registry.models import Entity
from linli.registry.rules.changes import DELETED, change_rules
from linli.registry.rules.kinds import BUILDING, HOUSE

HOUSED = (HOUSE, BUILDING)
WINDOW = 1000  # rows that are read at once
_AFTER = """
    SELECT id, transaction::text::bigint, entity_id, kind, what, at, elements, grid_id, community_id,
           street_id, county_id
    FROM registry_change
    WHERE (transaction, id) > (%(transaction)s::text::xid8, %(entry)s)
      AND transaction < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY transaction, id LIMIT %(limit)s
"""
_LAST = """
    SELECT transaction::text::bigint, id FROM registry_change
    WHERE transaction < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY transaction DESC, id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row of the log: its place (transaction, id), of what it speaks, which elements, and where it was heard."""

    id: int
    transaction: int
    entity_id: UUID
    kind: str
    what: str
    at: datetime
    elements: frozenset[str]
    grid_id: int | None
    divisions: frozenset[int]


def changes_after(*, transaction: int, entry: int) -> list[LogRow]:
    """Return at most 1,000 rows after a place that are settled: nothing can appear before them any more."""
    with connection.cursor() as cursor:
        cursor.execute(_AFTER, {"transaction": transaction, "entry": entry, "limit": WINDOW})
        return [
            LogRow(
                key, number, entity, kind, what, at, frozenset(elements), grid,
                frozenset(one for one in divisions if one is not None),
            )
            for key, number, entity, kind, what, at, elements, grid, *divisions in cursor.fetchall()
        ]  # fmt: skip


def last_change() -> tuple[int, int]:
    """Return the place of the last row behind which nothing can appear: who subscribes now begins here."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        row = cursor.fetchone()
    return (row[0], row[1]) if row else (0, 0)


def below(division_id: int) -> tuple[frozenset[int], frozenset[int]]:
    """Return the divisions of a subtree, itself included, and the grids in it."""
    divisions = frozenset({division_id, *regions.descendants(division_id)})
    grids = regions.Grid.objects.filter(community_id__in=divisions).values_list("id", flat=True)
    return divisions, frozenset(grids)


def heard_within(row: LogRow, divisions: Collection[int], grids: Collection[int]) -> bool:
    """Tell whether a row was heard somewhere in a subtree."""
    return bool(row.divisions & set(divisions)) or row.grid_id in grids


def touches(row: LogRow, elements: Collection[str]) -> bool:
    """Tell whether a row may concern who knows these elements of its area: one changed, or it came, left or is gone."""
    return bool(row.elements & set(elements)) or row.what == DELETED or row.what in _come_and_gone(row.kind)


def ids_within(*, division_id: int, kinds: Collection[str]) -> Iterator[tuple[UUID, str]]:
    """Yield (id, kind) of everything of these kinds in a subtree, houses first, without holding it all."""
    divisions, _grids = below(division_id)
    here = Q(community_id__in=divisions) | Q(registered_community_id__in=divisions)
    here |= Q(county_id__in=divisions) | Q(street_id__in=divisions)
    for kind in sorted(kinds, key=lambda one: (one not in HOUSED, one)):
        yield from Entity.objects.filter(here, kind=kind).values_list("id", "kind").iterator()


@cache
def _come_and_gone(kind: str) -> frozenset[str]:
    """Return how it is called when something of this kind is new, arrives or leaves."""
    return frozenset(rule.what for rule in change_rules(kind) if rule.when in {"new", "arrives", "leaves"})
