"""Judges the rules over looks on made-up habits with planted misuse: what is found, and how much of it is misuse."""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from linli.trust.rules.leaf import Use
from linli.trust.rules.look_docket import fate_of, still_counting
from linli.trust.rules.look_habits import live
from linli.trust.rules.look_misuse import KINDS, Episode, plant
from linli.trust.rules.look_model import Baseline, train
from linli.trust.rules.look_reading import ZONE, World, days_of
from linli.trust.rules.look_rules import LookFinding, Setting, judge
from linli.trust.rules.look_settings import shipped_settings
from linli.trust.rules.look_town import make_town
from linli.trust.rules.looks import LookDay

STAFF, DAYS, LEAST_DAYS, EACH = 150, 60, 40, 4
JUDGED_ON = (101, 102, 103, 104)  # never tuned on; limits and weights were tuned on the offices 1 to 4
PAST, WEEK = timedelta(days=30), timedelta(days=7)
LEARN_EVERY = 7


@dataclass(slots=True)
class MadeReview:
    """A review as it would have been raised, with the looks behind it."""

    person_id: UUID
    first: date
    findings: list[LookFinding]

    @property
    def behind(self) -> frozenset[str]:
        """The looks that the reviewer would be shown."""
        return frozenset(look for one in self.findings for look in one.behind)


@dataclass(slots=True)
class Recollection:
    """What the rules ask about other days, kept in memory: stands where the table of days stands."""

    by_person: dict[UUID, list[LookDay]] = field(default_factory=lambda: defaultdict(list))
    by_day: dict[date, list[LookDay]] = field(default_factory=lambda: defaultdict(list))

    def add(self, day: LookDay) -> None:
        """Remember a day."""
        self.by_person[day.whose.person_id].append(day)
        self.by_day[day.whose.day].append(day)

    def past(self, person_id: UUID, day: date) -> Sequence[LookDay]:
        """Return the days of this account before `day`, at most thirty days back."""
        return [one for one in self.by_person[person_id] if day - PAST <= one.whose.day < day]

    def curious(self, subjects: frozenset[str], day: date) -> Mapping[str, int]:
        """Return how many accounts opened each of these without a case within a week."""
        who: dict[str, set[UUID]] = defaultdict(set)
        for offset in range(7):
            for one in self.by_day[day - timedelta(days=offset)]:
                seen = {one.subjects[look] for look in one.marks.get("uncovered", ())}
                for subject in seen & subjects:
                    who[subject].add(one.whose.person_id)
        return {subject: len(people) for subject, people in who.items()}

    def others_at_night(self, whose_unit: int | None, person_id: UUID, day: date) -> int:
        """Return how many others of the unit opened people outside duty on that day."""
        return sum(
            one.whose.unit_id == whose_unit and one.whose.person_id != person_id and bool(one.times("night"))
            for one in self.by_day[day]
        )


def evaluate_offices(*, seeds: Sequence[int], days: int, report: Callable[[str], None]) -> dict[str, Any]:
    """Return the figures over several made-up offices: all reviews and all episodes count alike."""
    each = []
    for seed in seeds:
        each.append(one := evaluate_looks(seed=seed, days=days, report=report))
        report(f"office {seed}: precision {one['precision']:.3f}, recall {one['recall']:.3f}")
    reviews, episodes = sum(one["reviews"] for one in each), sum(one["episodes"] for one in each)
    return {
        "precision": round(sum(one["precision"] * one["reviews"] for one in each) / max(1, reviews), 4),
        "recall": round(sum(one["recall"] * one["episodes"] for one in each) / max(1, episodes), 4),
        "reviews": reviews,
        "episodes": episodes,
        "looks": sum(one["looks"] for one in each),
        "recall_by_kind": {
            kind: round(sum(one["recall_by_kind"][kind] for one in each) / len(each), 4) for kind in KINDS
        },
        "precision_by_rule": _summed([one["precision_by_rule"] for one in each]),
        "seeds": list(seeds),
    }


def evaluate_looks(
    *, seed: int, days: int = DAYS, staff: int = STAFF, each: int = EACH, report: Callable[[str], None]
) -> dict[str, Any]:
    """Return precision and recall of the reviews that the rules raise in one made-up office, whole and by kind."""
    chance = random.Random(seed)  # noqa: S311  made-up habits, nothing secret
    town = make_town(chance, staff=staff, days=days)
    diary = live(town, days)
    episodes = plant(diary, days, each)
    report(f"{len(diary.entries)} looks of {staff} officers on {days} days, {len(episodes)} planted misuses")
    reviews = raise_reviews(diary.entries, town, shipped_settings().rules)
    return {"seed": seed, "days": days, "staff": staff, "looks": len(diary.entries), **scored(episodes, reviews)}


def raise_reviews(entries: Sequence[Use], world: World, settings: Mapping[str, Setting]) -> list[MadeReview]:
    """Go through entries day by day, as the node does, and return the reviews that would have been raised."""
    by_day: dict[date, list[Use]] = defaultdict(list)
    for entry in entries:
        by_day[entry.at.astimezone(ZONE).date()].append(entry)
    memory, baseline = Recollection(), Baseline()
    waiting: dict[UUID, list[LookFinding]] = defaultdict(list)
    reviews: list[MadeReview] = []
    for number, day in enumerate(sorted(by_day)):
        for today in days_of(by_day[day], world):
            memory.add(today)
        if number and number % LEARN_EVERY == 0:
            baseline = train([one for past, some in memory.by_day.items() if past < day for one in some])
        for today in _to_judge(memory, day, settings["renown"].limit):
            _place(judge(today, memory, settings, baseline), waiting[today.whose.person_id], reviews)
    return reviews


def scored(episodes: Sequence[Episode], reviews: Sequence[MadeReview]) -> dict[str, Any]:
    """Return precision and recall, whole and by kind.

    A review is right where a planted look is among those it shows; an episode is found where such reviews are raised
    about at least half of those who took part.
    """
    planted: dict[UUID, set[str]] = defaultdict(set)
    for episode in episodes:
        for who, looks in episode.looks.items():
            planted[who] |= looks
    right = [bool(one.behind & planted[one.person_id]) for one in reviews]
    found = [_found(episode, reviews) for episode in episodes]
    kinds = {
        kind: round(sum(hit for one, hit in zip(episodes, found, strict=True) if one.kind == kind) / total, 4)
        for kind in KINDS
        if (total := sum(one.kind == kind for one in episodes))
    }
    return {
        "precision": round(sum(right) / len(right), 4) if right else 0.0,
        "recall": round(sum(found) / len(found), 4) if found else 0.0,
        "reviews": len(reviews),
        "episodes": len(episodes),
        "recall_by_kind": kinds,
        "precision_by_rule": _by_rule(reviews, right),
    }


def _to_judge(memory: Recollection, day: date, crowd: float) -> list[LookDay]:
    """Return the days of this day, and earlier ones of the week where somebody turned out to be much looked at."""
    today = memory.by_day[day]
    wanted = frozenset(one.subjects[look] for one in today for look in one.marks.get("uncovered", ()))
    stars = {subject for subject, count in memory.curious(wanted, day).items() if count >= crowd}
    week = (one for offset in range(1, 7) for one in memory.by_day[day - timedelta(days=offset)])
    return [*today, *(one for one in week if stars & {one.subjects[look] for look in one.marks.get("uncovered", ())})]


def _place(found: Sequence[LookFinding], waiting: list[LookFinding], reviews: list[MadeReview]) -> None:
    """Let findings about one account join its review, raise one, or wait for more."""
    if not found:
        return
    day, who = found[0].day, found[0].person_id
    waiting += found
    last = next((one for one in reversed(reviews) if one.person_id == who), None)
    fate = fate_of(waiting, day=day, open_since=last.first if last else None)
    if fate == "join" and last:
        last.findings += waiting
    elif fate == "raise":
        counting = still_counting(waiting, day)
        reviews.append(MadeReview(who, min(one.day for one in counting), counting))
    if fate != "wait":
        waiting.clear()


def _found(episode: Episode, reviews: Sequence[MadeReview]) -> bool:
    caught = sum(
        any(one.person_id == who and one.behind & looks for one in reviews) for who, looks in episode.looks.items()
    )
    return 2 * caught >= len(episode.looks)


def _by_rule(reviews: Sequence[MadeReview], right: Sequence[bool]) -> dict[str, list[int]]:
    counts: dict[str, list[int]] = {}
    for review, good in zip(reviews, right, strict=True):
        for rule in {one.rule for one in review.findings}:
            pair = counts.setdefault(rule, [0, 0])
            pair[0] += good
            pair[1] += 1
    return dict(sorted(counts.items()))


def _summed(tables: Sequence[Mapping[str, list[int]]]) -> dict[str, list[int]]:
    """Return [right, all] reviews by rule over several offices."""
    rules = sorted({rule for table in tables for rule in table})
    return {rule: [sum(table.get(rule, [0, 0])[at] for table in tables) for at in (0, 1)] for rule in rules}
