"""Hot issues: those somebody may see, one with its events and its weeks, and the messages they are found from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from linli.accounts import api as accounts
from linli.events.models import Event, HotIssue
from linli.events.queries.sight import events_seen_by, in_area
from linli.events.rules.hot import Message
from linli.events.states import REJECTED
from linli.trust import api as trust

__all__ = ["HotCase", "hot_case", "hot_issues_seen_by", "in_hot_area", "recent_messages"]

SEE = "events.see_area"
WINDOW, MOST = timedelta(days=180), 5000
SHOWN = 100
PLACES = ("county", "street", "community")


@dataclass(frozen=True)
class HotCase:
    """A hot issue with those of its events that this person may see, and how many people wrote in each week."""

    issue: HotIssue
    events: Sequence[Event]
    unseen: int
    weeks: Sequence[tuple[date, int]]


def hot_issues_seen_by(actor: accounts.Actor, *, cooled: bool = False) -> "QuerySet[HotIssue]":
    """Return the hot issues of the areas that somebody sees; those found at the last look, or those that cooled."""
    rows = trust.visible(actor, SEE, HotIssue.objects.select_related(*PLACES))
    return rows.filter(cooled_at__isnull=not cooled)


def hot_case(*, issue_id: UUID, actor: accounts.Actor) -> HotCase | None:
    """Return one hot issue, or None where this person may not see it."""
    issue = trust.visible(actor, SEE, HotIssue.objects.select_related(*PLACES)).filter(pk=issue_id).first()
    if issue is None:
        return None
    seen = events_seen_by(actor).filter(id__in=issue.members.values("event_id")).select_related("lead_unit")
    found = list(seen.order_by("-id")[:SHOWN])
    told = issue.members.values_list("event__reported_at", "event__reporter_token", "event_id")
    return HotCase(issue, found, issue.size - len(found), _weeks(list(told)))


def recent_messages(now: datetime) -> dict[str, tuple[Message, Event]]:
    """Return the newest events of the last half year as messages by id, without what was not taken up.

    Reporters who gave no phone count as one person a day: a flood without names is not a crowd.
    """
    newest = Event.objects.exclude(state=REJECTED).order_by("-id")
    fields = ("id", "title", "text", "address", "reported_at", "reporter_token", *(f"{place}_id" for place in PLACES))
    rows = [one for one in newest.only(*fields)[:MOST] if one.reported_at > now - WINDOW]
    return {str(one.id): (_message(one), one) for one in rows}


def in_hot_area(holding: accounts.ActorHolding) -> Q:
    """Return the condition "a hot issue of the area of this holding"; a grid alone has none."""
    return Q(pk=None) if holding.grid_id else in_area(holding)


def _message(event: Event) -> Message:
    person = event.reporter_token or f"nameless on {timezone.localdate(event.reported_at)}"
    return Message(str(event.id), person, event.title, f"{event.address} {event.text}".strip(), event.reported_at)


def _weeks(told: Sequence[tuple[datetime, str, UUID]]) -> list[tuple[date, int]]:
    """Return each week from the first to the last with its number of events."""
    if not told:
        return []
    counted = Counter(_monday(timezone.localdate(at)) for at, _token, _event in told)
    first, last = min(counted), max(counted)
    mondays = [first + timedelta(days=7 * number) for number in range((last - first).days // 7 + 1)]
    return [(monday, counted[monday]) for monday in mondays]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
