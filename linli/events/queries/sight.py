"""Which events somebody may see. Lists, search, counts, map, export and pages all begin here."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from linli.accounts import api as accounts
from linli.events.models import Event, Part
from linli.regions import api as regions
from linli.trust import api as trust

Where = Callable[[accounts.ActorHolding], Q | None]
AREA, UNIT, OWN = "events.see_area", "events.see_unit", "events.own"
BY_AREA = ("events.see_area", "events.screen", "events.dispatch", "events.check", "events.overview")
BY_UNIT = ("events.see_unit", "events.handle")
BY_REACH = ("events.reveal", "events.export")
FIELD_OF_LEVEL = {3: "county_id", 4: "street_id", 5: "community_id"}


def events_seen_by(actor: accounts.Actor) -> "QuerySet[Event]":
    """Return the events that somebody may see: in their area, of their unit, or their own."""
    rows = Event.objects.all()
    if actor.kind == "resident":
        return trust.visible(actor, OWN, rows)
    by_area, by_unit = trust.visible(actor, AREA, rows), trust.visible(actor, UNIT, rows)
    if not actor.can(UNIT):
        return by_area
    return by_unit if not actor.can(AREA) else by_area | by_unit


def in_area(holding: accounts.ActorHolding) -> Q:
    """Return the condition "lies in the area of this holding". A county sees also what has no place yet."""
    if holding.grid_id:
        return Q(grid_id=holding.grid_id)
    division = regions.division(holding.division_id)
    field = FIELD_OF_LEVEL.get(division.level)
    if field is None:
        return Q(county_id__in=regions.descendants(division.id))
    inside = Q(**{field: division.id})
    return inside | Q(county_id=None) if field == "county_id" and holding.unit_kind == "centre" else inside


def of_unit(holding: accounts.ActorHolding) -> Q:
    """Return the condition "this unit leads or helps"."""
    return Q(lead_unit_id=holding.unit_id) | Q(id__in=Part.objects.filter(unit_id=holding.unit_id).values("event_id"))


def led_by_unit(holding: accounts.ActorHolding) -> Q:
    """Return the condition "this unit leads"."""
    return Q(lead_unit_id=holding.unit_id)


def in_reach(holding: accounts.ActorHolding) -> Q:
    """Return the condition "seen through this holding", by area or by unit."""
    reach = Q(pk=None)
    if AREA in holding.capabilities:
        reach |= in_area(holding)
    if UNIT in holding.capabilities:
        reach |= of_unit(holding)
    return reach


def own(actor: accounts.Actor) -> Q | None:
    """Return the condition "reported by this resident", by the keyed hash of their phone."""
    return Q(reporter_token=actor.phone_token) if actor.phone_token else None
