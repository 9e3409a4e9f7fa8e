"""Applications and grants as lists: what waits with its clock, how much a grant is used, who may read."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from linli.accounts import api as accounts
from linli.exchange import states
from linli.exchange.models import Application, Grant, History, Peer, RemoteDataset, Use
from linli.exchange.queries.sight import APPLY, APPROVE
from linli.regions import api as regions
from linli.trust import api as trust

DAYS, LONG = 30, 16


def made_by_unit(actor: accounts.Actor) -> "QuerySet[Application]":
    """Return the applications of the units somebody applies for."""
    return trust.visible(actor, APPLY, Application.objects.all())


def to_answer(actor: accounts.Actor) -> "QuerySet[Application]":
    """Return the applications that wait for an answer of somebody's unit."""
    return trust.visible(actor, APPROVE, here_to_answer()).filter(state=states.APPLIED)


def here_to_answer() -> "QuerySet[Application]":
    """Return the applications that are answered on this node."""
    return Application.objects.filter(Q(peer=None) | ~Q(peer_ref=None))


def remote_datasets() -> "QuerySet[RemoteDataset]":
    """Return the data sets of linked nodes that may be applied for."""
    rows = RemoteDataset.objects.exclude(peer__state=Peer.State.REMOVED)
    return rows.select_related("peer").order_by("peer__name", "code")


def remote_dataset(key: str) -> RemoteDataset | None:
    """Return the data set of a linked node with this number; None where there is none."""
    return remote_datasets().filter(pk=key).first() if key.isdecimal() and len(key) < LONG else None


def open_grants(now: datetime) -> Q:
    """Return the condition "in force at a moment"."""
    return Q(state=states.ACTIVE, opens_at__lte=now, closes_at__gt=now)


def readers_of(division_ids: Iterable[int], *, now: datetime) -> "QuerySet[Grant]":
    """Return the grants in force by which people of these areas may be read: given for them, above or below them."""
    near: set[int] = set()
    for one in division_ids:
        near |= {*regions.division(one).path, *regions.descendants(one)}
    rows = Grant.objects.filter(open_grants(now), division_id__in=near)
    return rows.select_related("unit", "owner_unit", "division")


def uses_by_day(grants: "QuerySet[Grant]", *, now: datetime) -> dict[date, dict[str, int]]:
    """Return how many people were asked about on each of the last 30 days, by way, days without any left out."""
    since = now - timedelta(days=DAYS)
    rows = (
        Use.objects.filter(grant__in=grants, at__gte=since)
        .annotate(day=TruncDate("at", tzinfo=timezone.get_current_timezone()))
        .order_by()
        .values_list("day", "way")
        .annotate(people=Sum("people"))
    )
    found: dict[date, dict[str, int]] = {}
    for day, way, people in rows:
        found.setdefault(day, {})[way] = people
    return found


def last_days(now: datetime) -> list[date]:
    """Return the last 30 days, today last."""
    today = timezone.localdate(now)
    return [today - timedelta(days=back) for back in reversed(range(DAYS))]


def counts_of(grants: "QuerySet[Grant]") -> dict[UUID, tuple[int, int]]:
    """Return for each grant how many calls there were, and how many people were found."""
    rows = Use.objects.filter(grant__in=grants).order_by().values_list("grant_id")
    return {key: (calls, found or 0) for key, calls, found in rows.annotate(calls=Count("id"), found=Sum("found"))}


def history_of(subject_id: UUID) -> list[History]:
    """Return what happened, oldest first."""
    return list(History.objects.filter(subject_id=subject_id).select_related("unit").order_by("at", "id"))


def by_clock(rows: "QuerySet[Application]") -> "QuerySet[Application]":
    """Return applications with what they name, those due first on top."""
    return rows.select_related("unit", "owner_unit", "division", "peer").order_by(F("due").asc(nulls_last=True), "id")
