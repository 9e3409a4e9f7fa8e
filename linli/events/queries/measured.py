"""What can be counted of an event 计量标记: yes-or-no answers from its row, its timeline, its ratings and its calls.

Whoever measures reads these and nothing else; none of them says who did something.
"""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from linli.events import states
from linli.events.models import Callback, Event, Rating, Track

SATISFIED = 4  # of 5
AGAIN = timedelta(days=30)
BY_RESIDENTS = ("web", "hotline")
NOT_ASSIGNED = (states.REPORTED, states.SCREENING, states.REJECTED)
MARKS = (
    "assigned", "contact_due_over", "contacted_in_time", "has_reporter", "ended", "handling_over", "in_time",
    "returned", "first_hop", "repeat", "found", "rated", "rated_solved", "rated_satisfied", "called",
    "called_solved", "called_satisfied",
)  # fmt: skip
"""The yes-or-no answers in their order. What is added is added at the end: others keep their places."""


def measured_events(*, now: datetime) -> "QuerySet[Event]":
    """Return every event with the answers of MARKS as booleans, at the moment `now`; narrow it before reading.

    `first_hop`: dispatched once and not given back. `repeat`: the same telephone reported the same matter within the
    30 days before. `found`: reported by staff or a device, without a reporter. Answers of the reporter (`rated_…`) and
    of call-backs (`called_…`) are apart; the newest counts.
    """
    rows = Event.objects.alias(
        dispatches=Coalesce(Subquery(_dispatches()), 1),
        newest_solved=Subquery(_newest_rating("solved")),
        newest_satisfied=Subquery(_newest_rating("satisfied")),
    )
    return rows.annotate(
        assigned=~Q(state__in=NOT_ASSIGNED),
        contact_due_over=Q(contacted_at__isnull=False) | Q(contact_due__lt=now),
        contacted_in_time=Q(contacted_at__lte=F("contact_due")),
        has_reporter=~Q(reporter_token=""),
        ended=Q(state=states.CLOSED),
        handling_over=Q(submitted_at__isnull=False) | Q(handle_due__lt=now),
        in_time=Q(submitted_at__lte=F("handle_due")),
        returned=Exists(_steps("return")),
        first_hop=~Exists(_steps("return")) & Q(dispatches__lte=1),
        repeat=~Q(reporter_token="") & Exists(_same_before()),
        found=Q(reporter_token="") & ~Q(channel__in=BY_RESIDENTS),
        rated=Q(newest_solved__isnull=False),
        rated_solved=Q(newest_solved=True),
        rated_satisfied=Q(newest_satisfied__gte=SATISFIED),
        called=Exists(_reached()),
        called_solved=Exists(_reached().filter(solved=True)),
        called_satisfied=Exists(_reached().filter(satisfied__gte=SATISFIED)),
    )


def _steps(step: str) -> "QuerySet[Track]":
    return Track.objects.filter(event=OuterRef("pk"), step=step)


def _dispatches() -> "QuerySet[Track, int]":
    counted = _steps("dispatch").order_by().values("event").annotate(n=Count("pk"))
    return counted.values_list("n", flat=True)


def _newest_rating(answer: str) -> "QuerySet[Rating, object]":
    return Rating.objects.filter(event=OuterRef("pk")).order_by("-id").values_list(answer, flat=True)[:1]


def _reached() -> "QuerySet[Callback]":
    return Callback.objects.filter(event=OuterRef("pk"), outcome=Callback.Outcome.REACHED)


def _same_before() -> "QuerySet[Event]":
    same = Event.objects.filter(
        reporter_token=OuterRef("reporter_token"),
        matter__code=OuterRef("matter__code"),
        reported_at__lt=OuterRef("reported_at"),
        reported_at__gte=OuterRef("reported_at") - AGAIN,
    )
    return same.exclude(pk=OuterRef("pk")).exclude(reporter_token="")  # as the index of reporters leaves them out
