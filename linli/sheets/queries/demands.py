"""Reports about forms that are not on the list, as those see them who follow them up or were asked."""

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.sheets.models import Demand, DemandStep
from linli.sheets.rules.admission_states import ADMIT, ISSUE
from linli.trust import api as trust

SEE = (ADMIT, ISSUE)


def demands_seen_by(actor: accounts.Actor) -> "QuerySet[Demand]":
    """Return the reports of the area, and those about which the own unit was asked."""
    found = Demand.objects.none()
    for capability in SEE:
        if actor.can(capability):
            found |= trust.visible(actor, capability, Demand.objects.all())
    return found


def asked_of_unit(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "the unit of this holding was asked"."""
    return Q(asked_unit_id=holding.unit_id)


def steps_of(row: Demand) -> Sequence[DemandStep]:
    """Return what was done about a report, oldest first."""
    return list(row.steps.select_related("unit").order_by("at", "id"))


def counties(parent: int | None = None) -> Iterator[tuple[int, str]]:
    """Yield the counties of this node: where a form may be reported from."""
    for one in regions.children(parent):
        if one.level == regions.Level.COUNTY:
            yield one.id, one.name
        elif one.level < regions.Level.COUNTY:
            yield from counties(one.id)
