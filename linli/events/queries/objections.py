"""Objections: which office decides, who was asked first, and the queue of an office."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.accounts import api as accounts
from linli.events.models import Event, Objection
from linli.events.queries.policies import policy_at
from linli.events.queries.rulebook import find_unit
from linli.events.queries.sight import events_seen_by
from linli.events.rules.dispatch import CENTRE, NoCentreError, Where
from linli.events.rules.objections import Terms, office_role, terms_of

ARBITRATE = "events.arbitrate"


def objection_terms(event: Event) -> Terms:
    """Return the terms of objecting that hold for an event."""
    return terms_of(policy_at("objection", event.reported_at)[1])


def office_for(event: Event, round_: int) -> int:
    """Return the unit that decides an objection of this round; where a higher office is missing, the centre."""
    where = Where(event.county_id, event.street_id, event.community_id, event.grid_id)
    found = find_unit(office_role(objection_terms(event), round_), where) or find_unit(CENTRE, where)
    if found is None:
        raise NoCentreError
    return found[0]


def first_unit_of(event: Event) -> int:
    """Return the unit that was asked first: the one that objected first, else the one that has it."""
    first = event.objections.order_by("round").values_list("unit_id", flat=True).first()
    return first or event.lead_unit_id


def open_objection(event: Event) -> Objection | None:
    """Return the objection that is not decided yet."""
    return event.objections.filter(outcome=Objection.Outcome.OPEN).select_related("unit", "office").first()


def objections_before(*, actor: accounts.Actor) -> "QuerySet[Objection]":
    """Return the objections that wait for the offices of this person, the first due first."""
    offices = [holding.unit_id for holding in actor.holdings_with(ARBITRATE)]
    waiting = Objection.objects.filter(outcome=Objection.Outcome.OPEN, office_id__in=offices)
    seen = waiting.filter(event__in=events_seen_by(actor).filter(closed_at=None).values("id"))
    return seen.select_related("event", "event__matter", "event__lead_unit", "unit").order_by("due", "id")


def before_office(holding: accounts.ActorHolding) -> Q:
    """Return the condition "an objection waits for this office"."""
    waiting = Objection.objects.filter(event_id=OuterRef("pk"), office_id=holding.unit_id, outcome="")
    return Q(Exists(waiting))
