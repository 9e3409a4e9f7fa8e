"""What changed: how heads were before a projection, and what an area hears of a week, by index alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet, Sum
from django.utils import timezone

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.registry.models import Change, ChangeCount, Entity, Source, SourceSlice
from linli.registry.models.entity import AREA_COLUMNS
from linli.registry.queries.sight import FIELD_OF_LEVEL, SEE, SENSITIVE
from linli.registry.rules.changes import State
from linli.registry.rules.elements import OWN_PERMISSION
from linli.trust import api as trust

WEEK = timedelta(days=7)
Counts = dict[tuple[str, bool], int]


@dataclass(frozen=True, slots=True)
class Before:
    """A head as it was. `is_bare`: a row that a load left and that was never projected."""

    state: State
    is_bare: bool


BARE = Before(State(), is_bare=True)


def heads_before(ids: Iterable[UUID]) -> dict[UUID, Before]:
    """Return the heads of these entities as they are now, sealed values opened. Two queries, one for a first load."""
    wanted = set(ids)
    found = dict.fromkeys(
        Entity.objects.filter(pk__in=wanted, is_due=True, attributes={}).values_list("id", flat=True), BARE
    )
    if left := wanted - set(found):
        rows = Entity.objects.filter(pk__in=left).only("id", "attributes", "sealed", *AREA_COLUMNS)
        found |= {row.id: _before(row) for row in rows}
    return found


def sources_not_loaded() -> set[str]:
    """Return the sources whose first load has not ended yet."""
    return set(Source.objects.filter(loaded_at=None).values_list("code", flat=True))


def heard_by(actor: accounts.Actor) -> "QuerySet[Change]":
    """Return the changes somebody may hear of: of the highest grade only with the right to sensitive data."""
    plain = trust.visible(actor, SEE, Change.objects.all())
    if actor.kind == "system":
        return plain
    plain = plain.filter(grade__lt=OWN_PERMISSION)
    return plain | trust.visible(actor, SENSITIVE, Change.objects.all()) if actor.can(SENSITIVE) else plain


def heard_in(holding: accounts.ActorHolding) -> Q:
    """Return the condition "this holding's area hears of it"."""
    if holding.grid_id:
        return Q(grid_id=holding.grid_id)
    division = regions.division(holding.division_id)
    field = FIELD_OF_LEVEL.get(division.level)
    return Q(**{field: division.id}) if field else Q(county_id__in=regions.descendants(division.id))


def counts_between(actor: accounts.Actor, first: date, last: date) -> Counts:
    """Return how many changes of each (what, is sensitive) the areas of somebody heard in these days. One query."""
    rows = ChangeCount.objects.filter(_of(actor), day__gte=first, day__lte=last).values("what", "is_sensitive")
    return {(row["what"], row["is_sensitive"]): row["n"] for row in rows.annotate(n=Sum("count")).order_by()}


def slices_of(actor: accounts.Actor) -> list[dict[str, Any]]:
    """Return what each source says about the areas of somebody: source, name, kind, entities, fresh, last_seen."""
    rows = SourceSlice.objects.filter(_of(actor)).values("source_id", "source__name", "source__department", "kind")
    summed = rows.annotate(n=Sum("entities"), n_fresh=Sum("fresh"), seen=Max("last_seen"), at=Max("counted_at"))
    return [dict(row) for row in summed.order_by("source_id", "kind")]


def changes_of_week(actor: accounts.Actor, what: str, monday: date) -> "QuerySet[Change]":
    """Return the changes of one sort in a week, newest first."""
    begins = timezone.make_aware(datetime.combine(monday, time.min))
    return heard_by(actor).filter(what=what, at__gte=begins, at__lt=begins + WEEK)


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def _before(row: Entity) -> Before:
    return Before(State(row.whole(), row.areas()), is_bare=False) if row.attributes else BARE


def _of(actor: accounts.Actor) -> Q:
    """Return the condition "counted for one of the areas of this person"."""
    where = Q(pk__in=[])
    for level, keys in _areas(actor).items():
        where |= Q(level=level, area__in=keys)
    return where


def _areas(actor: accounts.Actor) -> dict[str, Sequence[int]]:
    """Return the areas of somebody by level, without those that lie in another of theirs."""
    held = actor.holdings_with(SEE)
    divisions = {one.division_id for one in held if not one.grid_id}
    whole = {one for one in divisions if not divisions & {up.id for up in regions.ancestors(one) if up.id != one}}
    found: dict[str, list[int]] = {}
    for key in sorted(whole):
        level = FIELD_OF_LEVEL.get(regions.division(key).level)
        keys = [key] if level else sorted(regions.descendants(key))
        found.setdefault((level or "county_id").removesuffix("_id"), []).extend(keys)
    inside = {below for one in whole for below in regions.descendants(one)}
    grids = {one.grid_id for one in held if one.grid_id and one.division_id not in inside}
    return {**found, **({"grid": sorted(key for key in grids if key)} if grids else {})}
