"""The inbox 收件箱: what needs me, by clock; the same rows narrowed by filters, and their counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from linli.accounts import api as accounts
from linli.events import states
from linli.events.models import Event, EventStage
from linli.events.models.event import NEXT_DUE
from linli.events.queries.searching import search_condition
from linli.events.queries.sight import events_seen_by, helped_by, parts_seen_by
from linli.kernel import api as kernel
from linli.regions import api as regions

COUNTED = 1000
ROW_FIELDS = (
    "id", "number", "title", "address", "state", "grade", "channel", "handle_due", "accept_due", "reported_at",
    "closed_at", "times_reopened", "level", "held", "confidence", "candidates", "stage_due", "next_due",
    "matter__name", "matter__code", "county_id", "street_id", "community_id", "grid_id", "lead_unit_id",
)  # fmt: skip


@dataclass(frozen=True)
class InboxFilter:
    """What the list is narrowed to. `tab` is one of TABS or all, `scope` mine, helping or area, `day` when reported.

    `clock` says what the tabs by clock go by: the event's deadline (`event`), a stage of it where the event itself is
    not overdue (`stage`), or what is due first (empty).
    """

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
    clock: str = ""


TABS = ("overdue", "today", "week", "open", "waiting", "done")
CLOCKS = {"event": "handle_due", "stage": "stage_due"}
DUE, NEWEST = ("next_due", "id"), ("-id",)


def inbox_page(
    *, actor: accounts.Actor, wanted: InboxFilter, now: datetime, cursor: str | None = None, size: int = 25
) -> kernel.Page[dict[str, Any]]:
    """Return one page of the list as rows of plain values: by what is due first while open, else the newest first.

    `next_due` of a row is when it or a stage of it is due; `stage` is the name of that stage, or empty.
    """
    order = NEWEST if wanted.tab in {"done", "all"} or wanted.words else DUE
    parts = narrowed_parts(actor=actor, wanted=wanted, now=now)
    rows = Event.objects.annotate(next_due=NEXT_DUE).values(*ROW_FIELDS)
    page = kernel.keyset_page(rows, order=order, cursor=cursor, size=size, among=parts)
    return replace(page, items=_named(page.items))


def inbox_counts(*, actor: accounts.Actor, wanted: InboxFilter, now: datetime) -> dict[str, int]:
    """Return how many rows stand under overdue, today and week; a count stops at 1,000. Nothing while searching."""
    if wanted.words:
        return {}
    parts = [_narrow(part, wanted) for part in _parts(actor, wanted, still_open=True)]
    ahead = [way.filter(_due("week", wanted.clock, now)) for part in parts for way in _ways(part, "week", wanted, now)]
    today = Count("pk", filter=_due("today", wanted.clock, now))
    counted = _together(ahead).aggregate(week=Count("pk"), today=today)
    overdue = kernel.count_among([part.filter(_due("overdue", wanted.clock, now)) for part in parts], limit=COUNTED)
    return {"overdue": overdue, **counted}


def narrowed(*, actor: accounts.Actor, wanted: InboxFilter, now: datetime) -> "QuerySet[Event]":
    """Return the events somebody may see, narrowed to what they asked for."""
    rows = _narrow(_scoped(actor, wanted), wanted).filter(_of_tab(wanted, now))
    return rows.filter(search_condition(wanted.words, actor)) if wanted.words else rows


def narrowed_parts(*, actor: accounts.Actor, wanted: InboxFilter, now: datetime) -> "list[QuerySet[Event]]":
    """Return `narrowed` in parts, each fast by itself, for those who want the first rows only. At least one part."""
    still_open = wanted.tab not in {"done", "all"}
    whole = _parts(actor, wanted, still_open=still_open)
    ways = [way for part in whole for way in _ways(_narrow(part, wanted), wanted.tab, wanted, now)]
    parts = [way.filter(_of_tab(wanted, now)) for way in ways]
    if not wanted.words:
        return parts
    holds = search_condition(wanted.words, actor)
    return [part.filter(holds) for part in parts]


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


def _parts(actor: accounts.Actor, wanted: InboxFilter, *, still_open: bool) -> "list[QuerySet[Event]]":
    """Return the events of a scope in parts; one that is empty where there is nothing to see."""
    if wanted.scope in {"mine", "helping"}:
        return [_scoped(actor, wanted, still_open=still_open)]
    return parts_seen_by(actor, still_open=still_open) or [Event.objects.none()]


def _scoped(actor: accounts.Actor, wanted: InboxFilter, *, still_open: bool = False) -> "QuerySet[Event]":
    rows = events_seen_by(actor)
    units = list(actor.unit_ids)
    if wanted.scope == "mine" and units:
        return rows.filter(lead_unit_id=units[0]) if len(units) == 1 else rows.filter(lead_unit_id__in=units)
    if wanted.scope == "helping":
        return rows.filter(helped_by(*units, still_open=still_open))
    return rows


def _named(rows: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Add the names of places and units, which are in memory: three joins less for a page."""
    divisions = {row[key] for row in rows for key in ("street_id", "community_id")} - {None}
    places = {key: regions.division(key).name for key in divisions}
    units = {key: accounts.unit(key).name for key in {row["lead_unit_id"] for row in rows}}
    stages = _stage_names(rows)
    return tuple(
        {
            **row,
            "street__name": places.get(row["street_id"]),
            "community__name": places.get(row["community_id"]),
            "lead_unit__name": units[row["lead_unit_id"]],
            "stage": stages.get(row["id"], ""),
        }
        for row in rows
    )


def _stage_names(rows: Sequence[dict[str, Any]]) -> dict[Any, str]:
    """Return the stages that are due before their events, by the events' ids; no query where there is none."""
    firsts = {row["id"]: row["stage_due"] for row in rows if row["stage_due"] and row["stage_due"] < row["handle_due"]}
    if not firsts:
        return {}
    stages = EventStage.objects.filter(event__in=list(firsts), outcome="").order_by("-place")
    return {one.event_id: one.name for one in stages if one.due == firsts[one.event_id]}


def _together(parts: "list[QuerySet[Event]]") -> "QuerySet[Event]":
    """Return the thousand events of the parts that are due first."""
    if len(parts) == 1:
        return parts[0].order_by(*DUE)[:COUNTED]
    keys = kernel.keys_among(parts, order=DUE, limit=COUNTED)
    return Event.objects.annotate(next_due=NEXT_DUE).filter(pk__in=keys).order_by(*DUE)[:COUNTED]


def _narrow(rows: "QuerySet[Event]", wanted: InboxFilter) -> "QuerySet[Event]":
    exact = {
        "state": wanted.state,
        "matter__code": wanted.matter,
        "grade": wanted.grade,
        "channel": wanted.channel,
        "lead_unit_id": wanted.unit_id,
        "grid_id": wanted.grid_id,
    }
    rows = rows.annotate(next_due=NEXT_DUE).filter(**{name: value for name, value in exact.items() if value})
    if wanted.day:
        rows = rows.filter(reported_on(wanted.day))
    if wanted.division_id:
        rows = rows.filter(in_division(wanted.division_id))
    return rows


def _of_tab(wanted: InboxFilter, now: datetime) -> Q:
    if wanted.tab == "done":
        return ~Q(closed_at=None)
    still_open = Q(closed_at=None)
    if wanted.tab == "waiting":
        return still_open & Q(state__in=[states.SUBMITTED, states.CHECKED])
    if wanted.tab == "all":
        return Q()
    return _due(wanted.tab, wanted.clock, now) if wanted.tab in {"overdue", "today", "week"} else still_open


def _ways(rows: "QuerySet[Event]", tab: str, wanted: InboxFilter, now: datetime) -> "list[QuerySet[Event]]":
    """Return narrowed rows in the ways that indexes find them: what is due ahead by itself may be late in a stage."""
    if wanted.clock != "event" or tab not in {"today", "week"}:
        return [rows]
    return [rows.filter(one) for one in (Q(next_due__gte=now), Q(stage_due__lt=now))]


def _due(tab: str, clock: str, now: datetime) -> Q:
    """Return the condition of a tab by clock. Its end also bounds `next_due`, from which the indexes begin.

    Stages have an index of their own, of the few events that have any.
    """
    field = CLOCKS.get(clock, "next_due")
    until = {"today": end_of_day, "week": end_of_week}.get(tab, lambda moment: moment)(now)
    holds = with_us() & Q(**{f"{field}__lt": until})
    if tab != "overdue":
        holds &= Q(**{f"{field}__gte": now})
    return holds & (Q(handle_due__gte=now) if clock == "stage" else Q(next_due__lt=until))
