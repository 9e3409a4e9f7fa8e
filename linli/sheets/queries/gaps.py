"""What is asked for at somebody's doors: the gaps of forms, by household, so that one visit answers all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.sheets import states
from linli.sheets.models import Gap
from linli.trust import api as trust

ANSWER = "sheets.answer"
ANSWER_HOLDS = timedelta(days=30)  # how long nobody is asked again, while the owner of an element decides
Asking = tuple[UUID, str]  # of whom which element


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit answers: the gaps of a household, or of one record that belongs to none."""

    gaps: tuple[Gap, ...]


def gaps_seen_by(actor: accounts.Actor) -> "QuerySet[Gap]":
    """Return the gaps of the area of somebody who answers them."""
    return trust.visible(actor, ANSWER, Gap.objects.all())


def visits_for(actor: accounts.Actor) -> "QuerySet[Gap, UUID]":
    """Return the visits of the area at which something is asked, in order."""
    return gaps_seen_by(actor).filter(state=states.ASKED).order_by("visit").values_list("visit", flat=True).distinct()


def asked_at(actor: accounts.Actor, visits: Sequence[UUID]) -> list[Visit]:
    """Return all that is asked at these visits, with the forms that wait."""
    rows = gaps_seen_by(actor).filter(state=states.ASKED, visit__in=visits)
    return visits_of(list(rows.order_by("visit", "entity_id", "id").prefetch_related("waiting__form")))


def gap_counts(form_id: UUID) -> dict[str, int]:
    """Return how many gaps of a form stand where, by state. One query."""
    rows = Gap.objects.filter(waiting__form_id=form_id).values_list("state").annotate(n=Count("id"))
    return dict(rows.order_by())


def open_gaps(entities: Collection[UUID]) -> dict[Asking, Gap]:
    """Return what is asked of these records now."""
    rows = Gap.objects.filter(entity_id__in=entities, state=states.ASKED)
    return {(one.entity_id, one.element): one for one in rows}


def settled_gaps(entities: Collection[UUID], *, form_id: UUID, now: datetime) -> dict[Asking, Gap]:
    """Return what was answered, or could not be had, so lately that nobody asks again; the newest of each.

    Of what could not be had for this form itself nobody asks again at all.
    """
    lately = Q(answered_at__gte=now - ANSWER_HOLDS)
    own = Q(state=states.NOT_TO_HAVE, waiting__form_id=form_id)
    rows = Gap.objects.filter(entity_id__in=entities).exclude(state=states.ASKED).filter(lately | own)
    return {(one.entity_id, one.element): one for one in rows.order_by("answered_at", "id")}


def in_area(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "in the grid or area of this holding"."""
    if holding.grid_id:
        return Q(grid_id=holding.grid_id)
    return Q(community_id__in=regions.descendants(holding.division_id))


def visits_of(gaps: Sequence[Gap]) -> list[Visit]:
    """Return gaps that are in order of their visits, visit by visit."""
    found: dict[object, list[Gap]] = {}
    for gap in gaps:
        found.setdefault(gap.visit, []).append(gap)
    return [Visit(tuple(one)) for one in found.values()]
