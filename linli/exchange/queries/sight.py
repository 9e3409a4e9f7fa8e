"""Which applications, grants and corrections somebody sees: those of the own unit, and those over the area."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from linli.accounts import api as accounts
from linli.exchange.models import Application, Correction, Grant, OpenSet
from linli.regions import api as regions
from linli.trust import api as trust

M = TypeVar("M", bound=Model)
APPLY, APPROVE, OVERSEE = "exchange.apply", "exchange.approve", "exchange.oversee"
CORRECT, ANSWER = "exchange.correct", "exchange.answer"
SEE_SHARING, SEE_CORRECTIONS = (APPLY, APPROVE, OVERSEE), (CORRECT, ANSWER, OVERSEE)


def applications_seen_by(actor: accounts.Actor) -> "QuerySet[Application]":
    """Return the applications that somebody made, is to answer, or oversees."""
    return _seen(actor, SEE_SHARING, Application.objects.all())


def grants_seen_by(actor: accounts.Actor) -> "QuerySet[Grant]":
    """Return the grants that somebody holds, gave, or oversees."""
    return _seen(actor, SEE_SHARING, Grant.objects.all())


def corrections_seen_by(actor: accounts.Actor) -> "QuerySet[Correction]":
    """Return the corrections that somebody's unit made, is to answer, or that somebody oversees."""
    return _seen(actor, SEE_CORRECTIONS, Correction.objects.all())


def of_own_unit(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "made by the unit of this holding"; what is in draft is seen by nobody else."""
    return Q(unit_id=holding.unit_id)


def of_owner(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "to be answered by the unit of this holding", drafts left out."""
    return Q(owner_unit_id=holding.unit_id) & ~Q(state="draft")


def over_area(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "about people of the area of this holding", drafts left out."""
    return Q(division_id__in=regions.descendants(holding.division_id)) & ~Q(state="draft")


def over_community(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "made in a community of the area of this holding"."""
    return Q(community_id__in=regions.descendants(holding.division_id))


def sets_of_area(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "counts an area of this holding"."""
    return Q(division_id__in=regions.descendants(holding.division_id))


def open_sets_seen_by(actor: accounts.Actor) -> "QuerySet[OpenSet]":
    """Return the open data sets that somebody keeps, published or not."""
    return trust.visible(actor, "exchange.publish", OpenSet.objects.all())


def _seen(actor: accounts.Actor, capabilities: tuple[str, ...], rows: "QuerySet[M]") -> "QuerySet[M]":
    """Return what any of these capabilities opens."""
    found = rows.none()
    for capability in capabilities:
        if actor.can(capability):
            found |= trust.visible(actor, capability, rows)
    return found
