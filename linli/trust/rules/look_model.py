"""The model of habits 查阅习惯模型: what is usual in each post, and which figures moved a day away from it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, NamedTuple

from linli.trust.rules.looks import LookDay

FIGURES = ("people", "uncovered", "burst", "walk", "night", "far", "refused", "share")
OWN_DAYS, FLOOR, STRONGEST, CAP = 5, 0.35, 3, 8.0
MAD = 1.4826  # makes the median deviation comparable with a standard deviation
HIGH, BUSY = 0.97, 0.9


class Moved(NamedTuple):
    """One figure that moved a day away from what is usual, by how much, and what was and is."""

    figure: str
    by: float
    usual: float
    seen: float


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual in a post: centre and spread of each figure (logarithms), a busy day, days with a few."""

    centre: Mapping[str, float]
    spread: Mapping[str, float]
    high: Mapping[str, float]
    fortnight: float


@dataclass(frozen=True, slots=True)
class Baseline:
    """The trained model: plain figures by post; kept as JSON."""

    posts: Mapping[str, Usual] = field(default_factory=dict)

    def high(self, post: str, figure: str) -> float:
        """Return what 97 of 100 days in this post stay below."""
        return self.posts[post].high[figure] if post in self.posts else math.inf

    def fortnight(self, post: str) -> float:
        """Return on how many of ten working days nine of ten in this post at most open a few without a case."""
        return self.posts[post].fortnight if post in self.posts else math.inf

    def score(self, today: LookDay, past: Sequence[LookDay]) -> float:
        """Return how far a day lies from the own past and from the post: root of the squares of what moved most."""
        return round(math.sqrt(sum(one.by**2 for one in self.moved(today, past))), 3)

    def moved(self, today: LookDay, past: Sequence[LookDay]) -> tuple[Moved, ...]:
        """Return the figures that moved most, upwards, from the own past and from the post alike."""
        usual = self.posts.get(today.whose.post)
        if usual is None or len(past) < OWN_DAYS:
            return ()
        seen = figures_of(today)
        own = _usual([figures_of(one) for one in past])
        found = []
        for name, value in seen.items():
            log = math.log1p(value)
            from_post = (log - usual.centre[name]) / usual.spread[name]
            from_past = (log - own[0][name]) / own[1][name]
            if (by := min(from_post, from_past, CAP)) > 1:
                found.append(Moved(name, round(by, 3), round(math.expm1(own[0][name]), 2), round(value, 2)))
        return tuple(sorted(found, key=lambda one: -one.by)[:STRONGEST])

    def as_json(self) -> dict[str, Any]:
        """Return the model as plain data."""
        return {
            post: {
                "centre": dict(one.centre), "spread": dict(one.spread), "high": dict(one.high),
                "fortnight": one.fortnight,
            }
            for post, one in self.posts.items()
        }  # fmt: skip

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Baseline":
        """Return the model that `as_json` gave."""
        return cls({post: Usual(**one) for post, one in content.items()})


def figures_of(day: LookDay) -> dict[str, float]:
    """Return the figures of a day; `share` is that of people opened without a case, in tenths."""
    bare = day.count("uncovered")
    return {
        "people": day.people,
        "uncovered": bare,
        **{name: day.count(name) for name in ("burst", "walk", "night", "far", "refused")},
        "share": 10 * bare / day.people if day.people else 0.0,
    }


def train(days: Sequence[LookDay]) -> Baseline:
    """Learn what is usual from the node's own days; a post with fewer than thirty days is left out."""
    by_post: dict[str, list[LookDay]] = {}
    for day in days:
        by_post.setdefault(day.whose.post, []).append(day)
    return Baseline({post: _trained(some) for post, some in by_post.items() if len(some) >= ENOUGH})


ENOUGH = 30
A_FEW, WORKING_DAYS = 2, 10  # a few people a day; working days in two weeks


def _trained(days: Sequence[LookDay]) -> Usual:
    rows = [figures_of(day) for day in days]
    centre, spread = _usual(rows)
    high = {name: _high([row[name] for row in rows]) for name in FIGURES}
    return Usual(centre, spread, high, _fortnight(days))


def _usual(rows: Sequence[Mapping[str, float]]) -> tuple[dict[str, float], dict[str, float]]:
    centre, spread = {}, {}
    for name in FIGURES:
        logs = [math.log1p(row[name]) for row in rows]
        centre[name] = middle = median(logs)
        spread[name] = FLOOR + MAD * median(abs(one - middle) for one in logs)
    return centre, spread


def _high(values: Sequence[float], share: float = HIGH) -> float:
    ordered = sorted(values)
    return float(ordered[min(len(ordered) - 1, int(share * len(ordered)))])


def _fortnight(days: Sequence[LookDay]) -> float:
    """Return on how many of ten working days nine of ten accounts at most open a few people without a case."""
    people: dict[object, list[LookDay]] = {}
    for day in days:
        people.setdefault(day.whose.person_id, []).append(day)
    return round(_high([_steady(own) for own in people.values()], BUSY), 3)


def _steady(own: Sequence[LookDay]) -> float:
    return WORKING_DAYS * sum(one.count("uncovered") >= A_FEW for one in own) / max(OWN_DAYS, len(own))
