"""The county at a glance: what is open, overdue and closed, per day and per area; each figure leads to its list."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from linli.accounts import api as accounts
from linli.events import states
from linli.events.models import Event, Rating
from linli.events.queries.inbox import end_of_day, with_us
from linli.events.queries.sight import events_seen_by

TREND_DAYS, MOST_ROWS = 30, 12
SLOW, KEPT, MOST_KEPT = 1.0, timedelta(minutes=1), 64
_kept: dict[accounts.Actor, "Overview"] = {}


@dataclass(frozen=True)
class Day:
    """How many events came and how many were closed on one local day."""

    day: date
    reported: int
    closed: int


@dataclass(frozen=True)
class Row:
    """One matter, unit or area with its open and overdue events."""

    key: str
    name: str
    open: int
    overdue: int


@dataclass(frozen=True)
class Overview:
    """Five figures, the trend, and where the work lies.

    What is overdue or due today goes by the event's deadline; `stages_late` are the events that are not overdue but
    late in a stage.
    """

    open: int
    overdue: int
    stages_late: int
    due_today: int
    screening: int
    reported_today: int
    closed_in_time: float | None
    solved: float | None
    solved_sample: int
    trend: Sequence[Day]
    by_state: Mapping[str, int]
    by_matter: Sequence[Row]
    by_unit: Sequence[Row]
    by_area: Sequence[Row]
    counted_at: datetime


def overview(*, actor: accounts.Actor, now: datetime) -> Overview:
    """Return the figures over all events that somebody may see. Shares are between 0 and 1 over the last 30 days.

    Where counting is slow, the same actor gets the same figures for a minute; `counted_at` says of when they are.
    """
    known = _kept.get(actor)
    if known is not None and known.counted_at <= now < known.counted_at + KEPT:
        return known
    began = time.perf_counter()
    found = _counted(actor, now)
    if time.perf_counter() - began > SLOW:
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[actor] = found
    return found


def _counted(actor: accounts.Actor, now: datetime) -> Overview:
    rows = events_seen_by(actor)
    still_open = rows.filter(closed_at=None)
    since = now - timedelta(days=TREND_DAYS)
    figures = still_open.aggregate(
        open=Count("id"),
        overdue=Count("id", filter=with_us() & Q(handle_due__lt=now)),
        stages_late=Count("id", filter=with_us() & Q(handle_due__gte=now, stage_due__lt=now)),
        due_today=Count("id", filter=with_us() & Q(handle_due__gte=now, handle_due__lt=end_of_day(now))),
        screening=Count("id", filter=Q(state=states.SCREENING)),
    )
    solved, sample = _solved(rows, since)
    trend = _trend(rows, now)
    return Overview(
        **figures,
        reported_today=trend[-1].reported,
        closed_in_time=_closed_in_time(rows, since),
        solved=solved,
        solved_sample=sample,
        trend=trend,
        by_state=dict(still_open.order_by().values_list("state").annotate(n=Count("id"))),
        by_matter=_ranked(still_open, "matter__code", "matter__name", now),
        by_unit=_ranked(still_open, "lead_unit_id", "lead_unit__name", now),
        by_area=_ranked(still_open, "community_id", "community__name", now),
        counted_at=now,
    )


def _trend(rows: "QuerySet[Event]", now: datetime) -> list[Day]:
    today = timezone.localdate(now)
    days = [today - timedelta(days=back) for back in reversed(range(TREND_DAYS))]
    since = now - timedelta(days=TREND_DAYS + 1)
    counted = [_per_day(rows.filter(**{f"{field}__gte": since}), field) for field in ("reported_at", "closed_at")]
    return [Day(day, counted[0].get(day, 0), counted[1].get(day, 0)) for day in days]


def _per_day(rows: "QuerySet[Event]", field: str) -> dict[date, int]:
    local = TruncDate(field)
    return dict(rows.order_by().annotate(local_day=local).values_list("local_day").annotate(n=Count("id")))


def _closed_in_time(rows: "QuerySet[Event]", since: datetime) -> float | None:
    from_then = rows.filter(closed_at__gte=since, submitted_at__isnull=False)
    counted = from_then.aggregate(n=Count("id"), late=Count("id", filter=Q(submitted_at__gt=F("handle_due"))))
    return 1 - counted["late"] / counted["n"] if counted["n"] else None


def _solved(rows: "QuerySet[Event]", since: datetime) -> tuple[float | None, int]:
    ratings = Rating.objects.filter(rated_at__gte=since, event__in=rows)
    counted = ratings.aggregate(n=Count("id"), solved=Count("id", filter=Q(solved=True)))
    return (counted["solved"] / counted["n"] if counted["n"] else None), counted["n"]


def _ranked(rows: "QuerySet[Event]", key: str, name: str, now: datetime) -> list[Row]:
    counted = (
        rows.exclude(**{name: None})
        .order_by()
        .values_list(key, name)
        .annotate(n=Count("id"), late=Count("id", filter=with_us() & Q(handle_due__lt=now)))
        .order_by("-late", "-n")[:MOST_ROWS]
    )
    return [Row(str(key), name, n, late) for key, name, n, late in counted]
