"""Hot issues 热点问题: messages of many people about one thing at one place, found, explained and kept apart.

Two messages are near when they share rare characters *and* speak of the same kind of thing (`hot_nearness`); what
names the same place is grouped anew by what it is about there (`hot_groups`). Heat counts different people in the
busiest weeks, times how much the group speaks of one thing, times how much of one place, times likes, damped: a
thousand likes for one message are not a thousand people.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from linli.events.rules.hot_groups import grouped
from linli.events.rules.hot_names import Name, shared_name
from linli.events.rules.hot_nearness import OPENING, Floats

__all__ = ["BUSY", "FEWEST_PEOPLE", "HotIssue", "Message", "hot_issues", "trend_of"]

FEWEST_PEOPLE = 3
BUSY = timedelta(days=90)
TREND = timedelta(days=30)
NO_ONE_PLACE = 0.5  # what is left of the heat of a group that shares no name of a place
LIKES = 0.2


@dataclass(frozen=True, slots=True)
class Message:
    """One message: who is a token, never a name; `at` is aware or not, but all of one kind."""

    key: str
    person: str
    title: str
    text: str
    at: datetime
    likes: int = 0


@dataclass(frozen=True)
class HotIssue:
    """A group of messages about one thing at one place, with everything that its heat was made from."""

    title: str
    name: Name | None
    messages: tuple[Message, ...]
    typical: Message
    people: int
    busiest: int
    closeness: float
    likes: int
    heat: float

    @property
    def since(self) -> datetime:
        """The time of the first message."""
        return self.messages[0].at

    @property
    def until(self) -> datetime:
        """The time of the last message."""
        return self.messages[-1].at


def hot_issues(messages: Iterable[Message], *, fewest: int = FEWEST_PEOPLE) -> list[HotIssue]:
    """Return the groups of at least `fewest` people, the hottest first. The same messages give the same answer."""
    known = sorted(messages, key=lambda one: (one.at, one.key))
    if len(known) < fewest:
        return []
    groups, near = grouped([(one.title, one.text) for one in known])
    words = "\n".join(_words(one) for one in known)
    found = [_issue([known[i] for i in group], near[np.ix_(group, group)], words) for group in groups
             if len({known[i].person for i in group}) >= fewest]  # fmt: skip
    return sorted(found, key=lambda one: (-one.heat, one.since, one.typical.key))


def trend_of(messages: Sequence[Message], now: datetime) -> tuple[int, int]:
    """Return how many different people wrote in the last thirty days, and in the thirty days before."""
    late = {one.person for one in messages if now - TREND < one.at <= now}
    early = {one.person for one in messages if now - 2 * TREND < one.at <= now - TREND}
    return len(late), len(early)


def _issue(messages: list[Message], near: Floats, everything: str) -> HotIssue:
    size = len(messages)
    typical = messages[int(near.sum(axis=1).argmax())]
    closeness = float((near.sum() - np.trace(near)) / max(size * (size - 1), 1))
    name = shared_name([_words(one) for one in messages], everything)
    busiest, likes = _busiest(messages), sum(one.likes for one in messages)
    at_one_place = NO_ONE_PLACE + (1 - NO_ONE_PLACE) * (name.share if name else 0)
    heat = busiest * closeness * at_one_place * (1 + LIKES * math.log1p(likes))
    people = len({one.person for one in messages})
    return HotIssue(typical.title, name, tuple(messages), typical, people, busiest, closeness, likes, round(heat, 2))


def _busiest(messages: Sequence[Message]) -> int:
    """Return the most different people that any 90 days hold."""
    inside: Counter[str] = Counter()
    first, most = 0, 0
    for one in messages:
        inside[one.person] += 1
        while one.at - messages[first].at > BUSY:
            inside[messages[first].person] -= 1
            first += 1
        most = max(most, sum(count > 0 for count in inside.values()))
    return most


def _words(one: Message) -> str:
    return f"{one.title}\n{one.text[:OPENING]}"
