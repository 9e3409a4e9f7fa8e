"""Where somebody may count: in the area of a holding, else what its unit leads."""

from django.db.models import Exists, OuterRef, Q

from linli.accounts import api as accounts
from linli.events import api as events


def in_reach(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "counted where the holding sees events": its area, else what its unit leads."""
    if "events.see_area" in holding.capabilities:
        return None if holding.grid_id else events.in_area(holding)
    return Q(lead_unit_id=holding.unit_id) if "events.see_unit" in holding.capabilities else None


def of_event(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "about an event that is counted where the holding sees events"."""
    reach = in_reach(holding)
    if reach is None:
        return None
    return Q(Exists(events.Event.objects.filter(reach, pk=OuterRef("event_id"))))
