"""Which events somebody may see. Lists, search, counts, map, export and pages all begin here."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.accounts import api as accounts
from linli.events.models import Event, Part
from linli.events.rules.terms import scope_term
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.trust import api as trust

Where = Callable[[accounts.ActorHolding], Q | None]
AREA, UNIT, OWN = "events.see_area", "events.see_unit", "events.own"
BY_AREA = (
    "events.see_area", "events.screen", "events.dispatch", "events.check", "events.overview", "events.supervise",
    "events.call_back",
)  # fmt: skip
BY_UNIT = ("events.see_unit", "events.handle")
BY_REACH = ("events.reveal", "events.export")
FIELD_OF_LEVEL = {3: "county_id", 4: "street_id", 5: "community_id"}
TERM_LEVELS = {4, 5}  # streets and communities are written into the search terms


def events_seen_by(actor: accounts.Actor) -> "QuerySet[Event]":
    """Return the events that somebody may see: in their area, of their unit, or their own."""
    rows = Event.objects.all()
    if actor.kind == "resident":
        return trust.visible(actor, OWN, rows)
    by_area, by_unit = trust.visible(actor, AREA, rows), trust.visible(actor, UNIT, rows)
    if not actor.can(UNIT):
        return by_area
    return by_unit if not actor.can(AREA) else by_area | by_unit


def parts_seen_by(actor: accounts.Actor, *, still_open: bool = False) -> "list[QuerySet[Event]]":
    """Return `events_seen_by` in parts, one for each way to see an event: each has an index of its own.

    Each event is in one part. With `still_open` the parts may leave out what has ended.
    """
    rows = Event.objects.all()
    if actor.kind == "resident":
        return trust.visible_parts(actor, OWN, rows)
    if not actor.can(UNIT):
        return trust.visible_parts(actor, AREA, rows)
    areas = [in_area(holding) for holding in actor.holdings if AREA in holding.capabilities]
    units = sorted({holding.unit_id for holding in actor.holdings if UNIT in holding.capabilities})
    ways = [*(Q(lead_unit_id=unit) for unit in units), helped_by(*units, still_open=still_open)]
    beyond = rows.filter(*(~area for area in areas))
    return trust.visible_parts(actor, AREA, rows) + kernel.apart(beyond, ways)


def terms_of_sight(actor: accounts.Actor) -> list[int] | None:
    """Return search terms of which every event in sight has one; None where no term says it."""
    terms = [_term_of_sight(holding, capability) for holding in actor.holdings for capability in (AREA, UNIT)
             if capability in holding.capabilities]  # fmt: skip
    return None if None in terms else [term for term in terms if term is not None]


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
    helped = Part.objects.filter(event_id=OuterRef("pk"), unit_id=holding.unit_id)
    return Q(lead_unit_id=holding.unit_id) | Q(Exists(helped))


def led_by_unit(holding: accounts.ActorHolding) -> Q:
    """Return the condition "this unit leads"."""
    return Q(lead_unit_id=holding.unit_id)


def helped_by(*unit_ids: int, still_open: bool = False) -> Q:
    """Return the condition "one of these units helps", found from the units' side."""
    parts = Part.objects.filter(unit_id__in=unit_ids)
    return Q(id__in=(parts.filter(is_open=True) if still_open else parts).values("event_id"))


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


def webhooks_in_area(holding: accounts.ActorHolding) -> Q:
    """Return the condition "a webhook in the name of a holding in this area"."""
    return Q(holding__division_id__in=regions.descendants(holding.division_id))


def _term_of_sight(holding: accounts.ActorHolding, capability: str) -> int | None:
    if capability == UNIT:
        return scope_term("unit", holding.unit_id)
    if holding.grid_id:
        return scope_term("grid", holding.grid_id)
    level = regions.division(holding.division_id).level
    return scope_term("division", holding.division_id) if level in TERM_LEVELS else None
