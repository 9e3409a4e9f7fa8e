"""The rule language of dispatch 分拨规则: conditions as data, whether they fit a report, and whether one hides another.

Conditions of a rule, each optional; all that are given must hold:
`matters` codes, `classes` class paths or their beginnings, `areas` division ids (what lies in them counts),
`channels` codes, `words` of which one must stand in the text, `hours` [from, to) on the clock, and `grades`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linli.events.rules.dispatch import Duty, Firing, Where

KINDS = ("matters", "classes", "areas", "channels", "words", "hours", "grades")
HOURS = 24
DAY = frozenset(range(HOURS))


@dataclass(frozen=True)
class Said:
    """What a rule asks about a report besides its matter and place; `hour` is local, 0 to 23."""

    text: str = ""
    channel: str = ""
    hour: int = 12


@dataclass(frozen=True)
class Rule:
    """One dispatch rule, ready to be asked. An empty condition holds always."""

    name: str
    target: str
    matters: frozenset[str] = frozenset()
    classes: tuple[tuple[str, ...], ...] = ()
    areas: frozenset[int] = frozenset()
    channels: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    hours: frozenset[int] = DAY
    grades: frozenset[str] = frozenset()

    def means(self, duty: Duty) -> bool:
        """Tell whether the matter is one of those that the rule is about."""
        return (
            (not self.matters or duty.code in self.matters)
            and (not self.grades or duty.grade in self.grades)
            and (not self.classes or any(duty.class_path[: len(path)] == path for path in self.classes))
        )

    def fits(self, duty: Duty, where: Where, said: Said) -> bool:
        """Tell whether the rule holds for this report."""
        return (
            said.hour in self.hours
            and (not self.areas or not self.areas.isdisjoint((where.community_id, where.street_id, where.county_id)))
            and (not self.channels or said.channel in self.channels)
            and self.means(duty)
            and (not self.words or any(word in said.text for word in self.words))
        )


def made(name: str, target: str, conditions: Mapping[str, Any]) -> Rule:
    """Return the rule that these conditions say."""
    return Rule(
        name=name,
        target=target,
        matters=frozenset(conditions.get("matters", ())),
        classes=tuple(tuple(path) for path in conditions.get("classes", ())),
        areas=frozenset(conditions.get("areas", ())),
        channels=frozenset(conditions.get("channels", ())),
        words=tuple(conditions.get("words", ())),
        hours=hours_between(conditions.get("hours")),
        grades=frozenset(conditions.get("grades", ())),
    )


def hours_between(span: Sequence[int] | None) -> frozenset[int]:
    """Return the hours of a span [from, to); over midnight where it ends before it begins. None: all; bad: none."""
    if not span:
        return DAY
    first, end = span
    if first == end or not (0 <= first < HOURS and 0 <= end <= HOURS):
        return frozenset()
    return frozenset(range(first, end)) if first < end else frozenset({*range(first, HOURS), *range(end)})


def firing(rules: Iterable[Rule], duty: Duty | None, where: Where, said: Said) -> Firing | None:
    """Return the first rule that fits, or None. Without a matter no rule decides."""
    if duty is None:
        return None
    return next((Firing(rule.name, rule.target) for rule in rules if rule.fits(duty, where, said)), None)


def hidden_by(
    rule: Rule, earlier: Iterable[Rule], duties: Sequence[Duty], *, above: Callable[[int], Iterable[int]]
) -> Rule | None:
    """Return an earlier rule that fits whenever this one does, so that this one can never fire.

    `above` returns a division with all that it lies in.
    """
    meant = {duty.code for duty in duties if rule.means(duty)}
    return next((one for one in earlier if _covers(one, rule, meant, duties, above)), None)


def _covers(
    wide: Rule, narrow: Rule, meant: set[str], duties: Sequence[Duty], above: Callable[[int], Iterable[int]]
) -> bool:
    return (
        narrow.hours <= wide.hours
        and _within(narrow.channels, wide.channels)
        and _areas_within(narrow.areas, wide.areas, above)
        and (not wide.words or (bool(narrow.words) and all(any(w in n for w in wide.words) for n in narrow.words)))
        and meant <= {duty.code for duty in duties if wide.means(duty)}
    )


def _within(narrow: frozenset[str], wide: frozenset[str]) -> bool:
    return not wide or (bool(narrow) and narrow <= wide)


def _areas_within(narrow: frozenset[int], wide: frozenset[int], above: Callable[[int], Iterable[int]]) -> bool:
    return not wide or (bool(narrow) and all(not wide.isdisjoint(above(area)) for area in narrow))
