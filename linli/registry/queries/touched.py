"""Which of many records may say something else than at a moment before, by indexes and moments alone."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Substr
from django.utils import timezone

from linli.registry.models import Entity, Relation
from linli.registry.queries.filling import among, followed
from linli.registry.rules.ways import WAYS, along

MONTH, LEAP = 6, ("02-29", "03-01")  # where in an ISO day the month begins; who was born on a leap day is older after


def touched_since(
    *, kind: str, ids: Collection[UUID], paths: Sequence[str], since: datetime, now: datetime,
    ageing: Collection[str] = (),
) -> set[UUID]:  # fmt: skip
    """Return those of these records of which anything that the paths lead to may have changed since a moment.

    `ageing` are days of the records themselves by which years are counted: who has such a day in between is among
    them. Nobody is read: no value leaves. Two queries, three for each relation on the paths.
    """
    on, keys = timezone.localdate(now), {str(key): key for key in ids}
    ends: dict[tuple[str, ...], dict[str, str]] = {(): {key: key for key in keys}}
    kinds: dict[tuple[str, ...], str] = {(): kind}
    found = _changed(keys, since) | _older(keys, ageing, timezone.localdate(since), on)
    words = {led[0][: n + 1] for path in paths if (led := along(path)) for n in range(len(led[0]))}
    for way in sorted(words, key=len):
        before = ends[way[:-1]]
        relation = WAYS[kinds[way[:-1]], way[-1]]
        kinds[way], ends[way] = relation.kind, followed(before, relation, on)
        near = "end_id" if relation.back else "start_id"
        tied = _tied_anew(set(before.values()), near, relation.bond, since, on)
        changed = _changed(set(ends[way].values()), since)
        found |= {key for key, start in before.items() if start in tied or ends[way].get(key) in changed}
    return {keys[key] for key in found}


def _changed(ids: Collection[str], since: datetime) -> set[str]:
    rows = Entity.objects.filter(among("id", ids), changed_at__gte=since).values_list("pk", flat=True)
    return {str(key) for key in rows}


def _older(ids: Collection[str], codes: Collection[str], after: date, until: date) -> set[str]:
    """Return who becomes a year older between two days, by one of these days of theirs."""
    days = list(_days(after, until))
    said = {f"day_{code}": Substr(KT(f"attributes__{code}"), MONTH) for code in codes}
    any_of = Q(pk__in=[])
    for name in said:
        any_of |= Q(**{f"{name}__in": days})
    if not (days and said):
        return set()
    rows = Entity.objects.filter(among("id", ids)).alias(**said).filter(any_of)
    return {str(key) for key in rows.values_list("pk", flat=True)}


def _days(after: date, until: date) -> Iterator[str]:
    for n in range(1, min((until - after).days, 366) + 1):
        day = f"{after + timedelta(days=n):%m-%d}"
        yield day
        if day == LEAP[1]:
            yield LEAP[0]


def _tied_anew(ids: Collection[str], near: str, bond: str, since: datetime, on: date) -> set[str]:
    """Return whose relation of a kind began, ended or was written since."""
    day = timezone.localdate(since)
    moved = Q(recorded_at__gte=since) | Q(retracted_at__gte=since)
    for end in ("valid_from", "valid_to"):
        moved |= Q(**{f"{end}__gt": day, f"{end}__lte": on})
    rows = Relation.objects.filter(among(near, ids), moved, bond=bond).values_list(near, flat=True)
    return {str(key) for key in rows}


__all__ = ["touched_since"]
