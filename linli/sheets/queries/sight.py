"""Which forms somebody sees: those of the own unit, and to check those of units below."""

from django.db.models import Q, QuerySet

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.sheets.models import Form
from linli.sheets.states import CHECK, FILL
from linli.trust import api as trust

SEE = (FILL, CHECK)


def forms_seen_by(actor: accounts.Actor) -> "QuerySet[Form]":
    """Return the forms that somebody fills or checks."""
    found = Form.objects.none()
    for capability in SEE:
        if actor.can(capability):
            found |= trust.visible(actor, capability, Form.objects.all())
    return found


def of_own_unit(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "of the unit of this holding"."""
    return Q(unit_id=holding.unit_id)


def over_area(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "for an area within that of this holding"."""
    return Q(division_id__in=regions.descendants(holding.division_id))
