"""Corrections as lists and as measures: what is unconfirmed, how long answers take, how often it was right."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, ExpressionWrapper, F, FloatField, IntegerField, Q, QuerySet, UUIDField
from django.db.models.aggregates import Aggregate
from django.db.models.functions import Extract

from linli.accounts import api as accounts
from linli.exchange import states
from linli.exchange.models import Correction
from linli.exchange.queries.sight import ANSWER, CORRECT, corrections_seen_by
from linli.kernel import api as kernel
from linli.trust import api as trust

DAY = 86400


class Percentile(Aggregate):
    """A percentile within what is grouped: `Percentile("days", fraction=0.9)`."""

    function = "PERCENTILE_CONT"
    name = "percentile"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True, slots=True)
class Answering:
    """How one owner answers: how many corrections, those that were right, silent ones, days (median, 90 %)."""

    unit_id: int
    made: int
    waiting: int
    confirmed: int
    refused: int
    stood: int
    median_days: float | None
    p90_days: float | None

    @property
    def accuracy(self) -> float | None:
        """The share that the owner confirmed, of what it answered."""
        answered = self.confirmed + self.refused
        return self.confirmed / answered if answered else None


def unconfirmed_about(ids: Collection[UUID], viewer: accounts.Actor) -> list[Correction]:
    """Return what waits for an answer about these entities and shows to this viewer. One query."""
    places = {held.division_id for held in viewer.holdings}
    return _UNCONFIRMED.rows(ids=list(ids), places=list(places), units=list(viewer.unit_ids))


def _unconfirmed() -> "QuerySet[Correction]":
    units = kernel.given("units", ArrayField(IntegerField()))
    here = kernel.IsAnyOf(F("community_id"), kernel.given("places", ArrayField(IntegerField())))
    near = Q(here) | Q(kernel.IsAnyOf(F("unit_id"), units)) | Q(kernel.IsAnyOf(F("owner_unit_id"), units))
    these = kernel.IsAnyOf(F("entity_id"), kernel.given("ids", ArrayField(UUIDField())))
    return Correction.objects.filter(near, these, state=states.PROPOSED).select_related("unit", "peer").order_by("id")


_UNCONFIRMED = kernel.Compiled(_unconfirmed)


def made_by_unit(actor: accounts.Actor) -> "QuerySet[Correction]":
    """Return the corrections of the units somebody corrects for."""
    return trust.visible(actor, CORRECT, Correction.objects.all())


def to_answer(actor: accounts.Actor) -> "QuerySet[Correction]":
    """Return the corrections that somebody's unit owes an answer to, or gave one."""
    return trust.visible(actor, ANSWER, here_to_answer())


def here_to_answer() -> "QuerySet[Correction]":
    """Return the corrections that are answered on this node, and not by the node that told the value."""
    return Correction.objects.filter(Q(peer=None) | ~Q(peer_ref=None))


def answering(actor: accounts.Actor, *, since: datetime) -> list[Answering]:
    """Return how each owner answers the corrections that this person sees, by name of the unit. One query."""
    took = ExpressionWrapper(Extract(F("answered_at") - F("made_at"), "epoch") / DAY, output_field=FloatField())
    answered = Q(state__in=[states.CONFIRMED, states.REFUSED])
    rows = (
        (corrections_seen_by(actor) & here_to_answer())
        .filter(made_at__gte=since)
        .annotate(days=took)
        .order_by()
        .values("owner_unit_id")
        .annotate(
            made=Count("id"),
            waiting=Count("id", filter=Q(state=states.PROPOSED)),
            confirmed=Count("id", filter=Q(state=states.CONFIRMED)),
            refused=Count("id", filter=Q(state=states.REFUSED)),
            stood=Count("id", filter=Q(state=states.STOOD)),
            median_days=Percentile("days", fraction=0.5, filter=answered),
            p90_days=Percentile("days", fraction=0.9, filter=answered),
        )
    )
    names = ("made", "waiting", "confirmed", "refused", "stood", "median_days", "p90_days")
    found = [Answering(*line) for line in rows.values_list("owner_unit_id", *names)]
    return sorted(found, key=lambda one: accounts.unit(one.unit_id).code)
