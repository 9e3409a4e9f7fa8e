"""The inbox 收件箱: what needs me, by clock; the same rows narrowed by filters, and their counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from linli.accounts import api as accounts
from linli.events import states
from linli.events.models import Event, Part
from linli.events.queries.sight import AREA, UNIT, events_seen_by
from linli.events.rules.terms import query_terms, scope_term
from linli.kernel import api as kernel
from linli.regions import api as regions

COUNTED = 1000
ROW_FIELDS = (
    "id", "number", "title", "address", "state", "grade", "channel", "handle_due", "accept_due", "reported_at",
    "closed_at", "times_reopened", "confidence", "candidates",
    "matter__name", "matter__code", "lead_unit__name", "community__name", "street__name", "county_id", "grid_id",
    "lead_unit_id",
)  # fmt: skip


@dataclass(frozen=True)
class InboxFilter:
    """What the list is narrowed to. `tab` is one of TABS or all, `scope` mine, helping or area, `day` when reported."""

    tab: str = "open"
    scope: str = "mine"
    words: str = ""
    state: str = ""
    matter: str = ""
    grade: str = ""
    channel: str = ""
    division_id: int | None = None
    grid_id: int | None = None
    unit_id: int | None = None
    day: date | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


TABS = ("overdue", "today", "week", "open", "waiting", "done")
DUE, NEWEST = ("handle_due", "id"), ("-id",)


def inbox_page(
    *, actor: accounts.Actor, wanted: InboxFilter, now: datetime, cursor: str | None = None, size: int = 25
) -> kernel.Page[dict[str, Any]]:
    """Return one page of the list as rows of plain values: by deadline while open, else the newest first."""
    rows = narrowed(actor=actor, wanted=wanted, now=now).values(*ROW_FIELDS)
    order = NEWEST if wanted.tab in {"done", "all"} or wanted.words else DUE
    return kernel.keyset_page(rows, order=order, cursor=cursor, size=size)


def inbox_counts(*, actor: accounts.Actor, wanted: InboxFilter, now: datetime) -> dict[str, int]:
    """Return how many rows stand under overdue, today and week; a count stops at 1,000."""
    scoped = _narrow(_scoped(actor, wanted).filter(closed_at=None), wanted, actor)
    moments = {"overdue": now, "today": end_of_day(now), "week": end_of_week(now)}
    return {
        tab: scoped.filter(_of_tab(tab, now), handle_due__lt=until)[:COUNTED].count() for tab, until in moments.items()
    }


def narrowed(*, actor: accounts.Actor, wanted: InboxFilter, now: datetime) -> "QuerySet[Event]":
    """Return the events somebody may see, narrowed to what they asked for."""
    return _narrow(_scoped(actor, wanted).filter(_of_tab(wanted.tab, now)), wanted, actor)


def searched(rows: "QuerySet[Event]", words: str, actor: accounts.Actor) -> "QuerySet[Event]":
    """Narrow rows to those that hold the words: a number, or two characters and more of the text."""
    words = words.strip()
    if "-" in words and any(char.isdigit() for char in words):
        return rows.filter(number=words)
    terms = query_terms(words)
    if not terms:
        return rows.filter(title__startswith=words) if words else rows
    scope = _scope_of(actor)
    return rows.filter(terms__terms__contains=[*terms, *scope])


def in_division(division_id: int) -> Q:
    """Return the condition "lies in this division"."""
    level = regions.division(division_id).level
    return Q(**{{3: "county_id", 4: "street_id", 5: "community_id"}[level]: division_id})


def with_us() -> Q:
    """Return the condition "open, and not waiting for a check": these clocks are somebody's to keep."""
    return Q(closed_at=None) & ~Q(state__in=[states.SUBMITTED, states.CHECKED])


def reported_on(day: date) -> Q:
    """Return the condition "reported on this local day"."""
    begins = timezone.make_aware(datetime.combine(day, time()))
    return Q(reported_at__gte=begins, reported_at__lt=begins + timedelta(days=1))


def end_of_day(now: datetime) -> datetime:
    """Return the midnight that ends the local day."""
    local = timezone.localtime(now)
    return local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def end_of_week(now: datetime) -> datetime:
    """Return the midnight that ends the local week (Sunday)."""
    return end_of_day(now) + timedelta(days=6 - timezone.localdate(now).weekday())


def _scoped(actor: accounts.Actor, wanted: InboxFilter) -> "QuerySet[Event]":
    rows = events_seen_by(actor)
    units = list(actor.unit_ids)
    if wanted.scope == "mine" and units:
        return rows.filter(lead_unit_id=units[0]) if len(units) == 1 else rows.filter(lead_unit_id__in=units)
    if wanted.scope == "helping":
        return rows.filter(id__in=Part.objects.filter(unit_id__in=units).values("event_id"))
    return rows


def _narrow(rows: "QuerySet[Event]", wanted: InboxFilter, actor: accounts.Actor) -> "QuerySet[Event]":
    exact = {
        "state": wanted.state,
        "matter__code": wanted.matter,
        "grade": wanted.grade,
        "channel": wanted.channel,
        "lead_unit_id": wanted.unit_id,
        "grid_id": wanted.grid_id,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.day:
        rows = rows.filter(reported_on(wanted.day))
    if wanted.division_id:
        rows = rows.filter(in_division(wanted.division_id))
    return searched(rows, wanted.words, actor) if wanted.words else rows


def _of_tab(tab: str, now: datetime) -> Q:
    if tab == "done":
        return ~Q(closed_at=None)
    still_open = Q(closed_at=None)
    if tab == "waiting":
        return still_open & Q(state__in=[states.SUBMITTED, states.CHECKED])
    if tab == "all":
        return Q()
    return {
        "overdue": with_us() & Q(handle_due__lt=now),
        "today": with_us() & Q(handle_due__gte=now, handle_due__lt=end_of_day(now)),
        "week": with_us() & Q(handle_due__gte=now, handle_due__lt=end_of_week(now)),
    }.get(tab, still_open)


def _scope_of(actor: accounts.Actor) -> list[int]:
    """Return one term that all rows in sight share, where there is one: it keeps common words fast."""
    if len(actor.holdings) != 1:
        return []
    holding = actor.holdings[0]
    if holding.grid_id and not actor.can(UNIT):
        return [scope_term("grid", holding.grid_id)]
    if actor.can(UNIT) and not actor.can(AREA):
        return [scope_term("unit", holding.unit_id)]
    return []
