"""Who is to be called back, what they said, and which events can be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from linli.accounts import api as accounts
from linli.events import states
from linli.events.models import Callback, CallbackRound, Event
from linli.trust import api as trust

CALL = "events.call_back"
TO_CALL = Q(outcome__in=("", "not_reached"))
TABS = {
    "waiting": TO_CALL,
    "unsolved": Q(outcome="reached", solved=False),
    "done": ~TO_CALL,
}


@dataclass(frozen=True)
class CallbackFigures:
    """What one unit's reporters said on the telephone. `satisfied` counts 4 and 5 of 5."""

    unit_id: int
    unit_name: str
    drawn: int
    reached: int
    solved: int
    satisfied: int


def drawable(
    *, actor: accounts.Actor, first_day: date, last_day: date, unit_id: int | None = None
) -> "QuerySet[Event]":
    """Return the closed events of these local days whose reporter left a telephone and was not drawn before."""
    begins = timezone.make_aware(datetime.combine(first_day, time()))
    ends = timezone.make_aware(datetime.combine(last_day, time())) + timedelta(days=1)
    rows = trust.visible(actor, CALL, Event.objects.filter(state=states.CLOSED, reporter__isnull=False))
    rows = rows.filter(closed_at__gte=begins, closed_at__lt=ends, callbacks=None).exclude(reporter_token="")
    return rows.filter(lead_unit_id=unit_id) if unit_id else rows


def callbacks_seen_by(actor: accounts.Actor, *, tab: str = "waiting") -> "QuerySet[Callback]":
    """Return the calls on events in the caller's area, with event and unit, the oldest first while to be called."""
    rows = Callback.objects.filter(event__in=trust.visible(actor, CALL, Event.objects.all()))
    return rows.filter(TABS.get(tab, Q())).select_related("event", "unit", "round")


def callback_counts(actor: accounts.Actor) -> dict[str, int]:
    """Return how many calls stand under each tab."""
    rows = Callback.objects.filter(event__in=trust.visible(actor, CALL, Event.objects.all()))
    return rows.aggregate(**{name: Count("pk", filter=condition) for name, condition in TABS.items()})


def rounds_seen_by(actor: accounts.Actor) -> "QuerySet[CallbackRound]":
    """Return the samples drawn in the caller's units, the newest first, with the number of calls and of those done."""
    rows = CallbackRound.objects.all() if actor.kind == "system" else _of_units(actor)
    called = ~Q(calls__outcome__in=["", "not_reached"])
    counted = rows.annotate(drawn=Count("calls"), done=Count("calls", filter=called))
    return counted.select_related("unit").order_by("-id")


def callback_figures(actor: accounts.Actor, *, since: datetime) -> Sequence[CallbackFigures]:
    """Return what was said about each unit in the calls since a moment, by unit name: units, never persons."""
    reached = Q(outcome="reached")
    rows = (
        callbacks_seen_by(actor, tab="all")
        .filter(round__made_at__gte=since)
        .order_by()
        .values_list("unit_id", "unit__name")
        .annotate(
            drawn=Count("pk"),
            reached=Count("pk", filter=reached),
            solved=Count("pk", filter=reached & Q(solved=True)),
            satisfied=Count("pk", filter=reached & Q(satisfied__gte=4)),
        )
    )
    return sorted((CallbackFigures(*row) for row in rows), key=lambda row: row.unit_name)


def open_callback(*, event_id: UUID, actor: accounts.Actor) -> Callback | None:
    """Return the call that is to be made about an event, where this person may make it."""
    return callbacks_seen_by(actor, tab="waiting").filter(event_id=event_id).order_by("id").first()


def _of_units(actor: accounts.Actor) -> "QuerySet[CallbackRound]":
    return CallbackRound.objects.filter(by_unit_id__in={held.unit_id for held in actor.holdings_with(CALL)})
