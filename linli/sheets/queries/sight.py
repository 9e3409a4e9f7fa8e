"""Which forms somebody sees: those of the own unit, and those delivered to it or within its county."""

from django.db.models import Q, QuerySet

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.sheets.models import Form
from linli.sheets.states import ACCEPT, ACCEPTED, CHECK, DELIVERED, FILL
from linli.trust import api as trust

SEE, CENTRE = (FILL, CHECK, ACCEPT), "centre"


def forms_seen_by(actor: accounts.Actor) -> "QuerySet[Form]":
    """Return the forms that somebody fills, checks or takes in."""
    found = Form.objects.none()
    for capability in SEE:
        if actor.can(capability):
            found |= trust.visible(actor, capability, Form.objects.all())
    return found


def of_own_unit(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "of the unit of this holding"."""
    return Q(unit_id=holding.unit_id)


def to_take_in(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "delivered to this unit", or to the centre within its area; not by the unit itself."""
    to = Q(office_id=holding.unit_id)
    if holding.unit_kind == CENTRE:
        to |= Q(division_id__in=regions.descendants(holding.division_id))
    return to & Q(state__in=(DELIVERED, ACCEPTED)) & ~Q(unit_id=holding.unit_id)
