"""What left in files and what waits for a second person: of oneself, and of the units one decides for."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.trust import slots
from linli.trust.models import ExportFile, ExportRequest
from linli.trust.queries.rights import visible
from linli.trust.rules.exports import CENTRE
from linli.trust.states import exports as states

A_DAY = timedelta(days=1)
OVER_OTHERS, DEPARTMENT = ("centre", "street"), "department"


def own_requests(actor: accounts.Actor) -> QuerySet[ExportRequest]:
    """Return what somebody asked for, the newest first."""
    rows = (
        ExportRequest.objects.filter(asked_by_id=actor.person_id) if actor.person_id else ExportRequest.objects.none()
    )
    return rows.select_related("unit", "decided_by")


def own_files(actor: accounts.Actor) -> QuerySet[ExportFile]:
    """Return the files somebody took, the newest first."""
    return ExportFile.objects.filter(person_id=actor.person_id) if actor.person_id else ExportFile.objects.none()


def requests_to_decide(actor: accounts.Actor) -> QuerySet[ExportRequest]:
    """Return what was sent by others and may be seen by who decides; not all of it waits for them."""
    sent = ExportRequest.objects.exclude(state=states.BEGUN).exclude(Q(asked_by_id=actor.person_id) | Q(number=""))
    return visible(actor, states.DECIDE, sent).select_related("asked_by", "unit", "decided_by")


def files_seen_by(actor: accounts.Actor) -> QuerySet[ExportFile]:
    """Return the files that left from the units somebody decides for."""
    return visible(actor, states.DECIDE, ExportFile.objects.all())


def decides_now(actor: accounts.Actor, request: ExportRequest) -> bool:
    """Tell whether it is this person's turn: their place in the chain, not their own request, no step of theirs yet."""
    if request.state != states.WAITING or actor.person_id is None or request.asked_by_id == actor.person_id:
        return False
    if request.waits_for == CENTRE and not any(is_centre(held) for held in actor.holdings_with(states.DECIDE)):
        return False
    return not request.steps.filter(by_id=actor.person_id).exists()


def is_centre(held: accounts.ActorHolding) -> bool:
    """Tell whether a post stands at the centre of the county."""
    return held.unit_kind == "centre"


def of_units_below(held: accounts.ActorHolding) -> Q:
    """Open what comes from the units in the area to a centre and a street, else what comes from the own unit."""
    if held.unit_kind not in OVER_OTHERS:
        return Q(unit_id=held.unit_id)
    area = regions.descendants(held.division_id)
    return Q(unit_id__in=[unit.id for unit in accounts.units() if unit.division_id in area and _is_below(unit, held)])


def _is_below(unit: accounts.UnitInfo, held: accounts.ActorHolding) -> bool:
    return is_centre(held) or unit.id == held.unit_id or unit.kind != DEPARTMENT


def rows_of_the_day(actor: accounts.Actor, kind: str, now: datetime) -> int:
    """Return how many rows of one sort somebody took within a day without being allowed: small ones add up."""
    taken = own_files(actor).filter(kind=kind, at__gt=now - A_DAY, basis="")
    return int(taken.aggregate(rows=Sum("rows"))["rows"] or 0)


def label_of(kind: str) -> str:
    """Return what a sort of list is called."""
    found: Mapping[str, Any] = {one.code: one.label for one in slots.exports.all()}
    return str(found.get(kind, kind))
