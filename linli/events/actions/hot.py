"""Hot issues are looked for in what was reported lately; an issue that was known keeps its id."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.events import facts
from linli.events.models import Event, HotIssue, HotMember
from linli.events.queries.hot import PLACES, recent_messages
from linli.events.rules.hot import HotIssue as Found
from linli.events.rules.hot import Message, hot_issues, trend_of
from linli.events.rules.hot_carry import carried_on
from linli.kernel import facts as journal

__all__ = ["find_hot"]

MOST = 50  # issues that are kept hot; behind them stand three people each
MANY = 20  # people from whom on one thing is an issue wherever it is
AGREE = 0.6  # of the events lie in the division that an issue is said to lie in
TITLE, NAME = 120, 60


def find_hot(*, now: datetime) -> list[HotIssue]:
    """Look for hot issues, keep them, let cool what is not found any more, tell of new ones; return the hot ones."""
    messages = recent_messages(now)
    looked = hot_issues(message for message, _event in messages.values())
    found = [issue for issue in looked if _is_one_place(issue, messages)][:MOST]
    groups = [{one.key for one in issue.messages} for issue in found]
    with transaction.atomic():
        known = {one.id: one for one in HotIssue.objects.select_for_update().order_by("id")}
        ids = carried_on(_members(known), groups)
        kept = [
            _keep(known.get(key) if key else None, issue, [messages[one.key][1] for one in issue.messages], now)
            for key, issue in zip(ids, found, strict=True)
        ]
        HotIssue.objects.filter(cooled_at=None).exclude(id__in=[one.id for one in kept]).update(cooled_at=now)
    return kept


def _members(known: dict[UUID, HotIssue]) -> dict[UUID, set[str]]:
    members: dict[UUID, set[str]] = {key: set() for key in known}
    for issue_id, event_id in HotMember.objects.values_list("issue_id", "event_id"):
        members[issue_id].add(str(event_id))
    return members


def _keep(issue: HotIssue | None, found: Found, events: Sequence[Event], now: datetime) -> HotIssue:
    figures = _figures(found, events, now)
    new = issue is None
    kept = HotIssue(found_at=now, **figures) if issue is None else issue
    for name, value in figures.items():
        setattr(kept, name, value)
    kept.cooled_at = None
    kept.save()
    kept.members.exclude(event_id__in=[one.id for one in events]).delete()
    members = [HotMember(issue=kept, event=event) for event in events]
    HotMember.objects.bulk_create(members, ignore_conflicts=True)
    if new:
        journal.publish(facts.HotIssueFound(issue_id=kept.id, people=kept.people), now=now)
    return kept


def _is_one_place(issue: Found, messages: Mapping[str, tuple[Message, Event]]) -> bool:
    """Tell whether the events lie in one street, or name one place and mostly lie nowhere, or are of very many."""
    streets = [messages[one.key][1].street_id for one in issue.messages]
    located = sum(street is not None for street in streets)
    named = issue.name is not None and located < AGREE * len(streets)
    return named or _agreed(streets) is not None or issue.people >= MANY


def _figures(found: Found, events: Sequence[Event], now: datetime) -> dict[str, Any]:
    recent, before = trend_of(found.messages, now)
    return {
        "title": found.title[:TITLE],
        "place_name": found.name.text[:NAME] if found.name else "",
        **{f"{place}_id": _agreed([getattr(one, f"{place}_id") for one in events]) for place in PLACES},
        "since": found.since,
        "until": found.until,
        "people": found.people,
        "size": len(events),
        "busiest": found.busiest,
        "closeness": found.closeness,
        "place_share": found.name.share if found.name else 0.0,
        "recent": recent,
        "before": before,
        "heat": found.heat,
    }


def _agreed(ids: Sequence[int | None]) -> int | None:
    (most, count), *_others = Counter(ids).most_common(1)
    return most if count >= AGREE * len(ids) else None
