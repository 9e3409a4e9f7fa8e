"""The way up 升级: when an overdue event rises, to which level and to which role. Upward only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.events.rules.deadlines import Calendar

UNASSIGNED = "unassigned"
ACCEPT, HANDLE = "accept", "handle"
UNTIL_ACCEPTED = frozenset({"screening", "dispatched", "reopened"})
UNTIL_SUBMITTED = UNTIL_ACCEPTED | {"accepted", "in_progress"}


@dataclass(frozen=True)
class Level:
    """One level 层级 of the ladder. Events begin at the first level that names the kind of their lead unit.

    `needs_grid` restricts that to events whose grid is known.
    """

    rank: int
    code: str
    name: str
    unit_kinds: tuple[str, ...] = ()
    needs_grid: bool = False


@dataclass(frozen=True)
class Rise:
    """One rule: an event of that grade at that level, so many working hours after the clock, rises to a role."""

    origin: str
    clock: str
    after_hours: float
    to: str
    role: str
    grade: str = ""


@dataclass(frozen=True)
class Ladder:
    """The levels in order and the rules of one version of the policy."""

    number: int
    levels: tuple[Level, ...]
    rises: tuple[Rise, ...]

    def level(self, code: str) -> Level:
        """Return the level with this code."""
        return next(level for level in self.levels if level.code == code)

    def name(self, rank: int) -> str:
        """Return the name of the level with this rank."""
        return next((level.name for level in self.levels if level.rank == rank), str(rank))

    def begins(self, unit_kind: str, *, has_grid: bool) -> Level | None:
        """Return the level at which a unit of this kind works."""
        fitting = (level for level in self.levels if unit_kind in level.unit_kinds)
        return next((level for level in fitting if has_grid or not level.needs_grid), None)


@dataclass(frozen=True)
class Clocked:
    """An open event as this rule sees it. `level` is 0 until it rose, `level_since` when it last rose."""

    state: str
    level: int
    unit_kind: str
    has_grid: bool
    grade: str
    accept_due: datetime
    handle_due: datetime
    level_since: datetime | None = None


@dataclass(frozen=True)
class NextRise:
    """When an event rises if nobody stops it, by which rule, and from which rank (0: unassigned)."""

    at: datetime
    due: datetime
    rank: int
    rule: Rise


def ladder_of(content: Mapping[str, Any], number: int) -> Ladder:
    """Return the ladder that a checked policy describes."""
    levels = [
        Level(row["rank"], row["code"], row["name"], tuple(row.get("unit_kinds", ())), row.get("needs_grid", False))
        for row in content["levels"]
    ]
    rises = [
        Rise(row["from"], row["clock"], row["after_hours"], row["to"], row["role"], row.get("grade", ""))
        for row in content["rules"]
    ]
    return Ladder(number, tuple(sorted(levels, key=lambda level: level.rank)), tuple(rises))


def next_rise(event: Clocked, ladder: Ladder, calendar: Calendar) -> NextRise | None:
    """Return the next rise of an event, or None where no clock runs or no rule leads higher."""
    code, rank = origin(event, ladder)
    found = [
        NextRise(calendar.add_working(max(due, event.level_since or due), hours=rule.after_hours), due, rank, rule)
        for clock, due in _running(event)
        if (rule := _rule(ladder, code, event.grade, clock)) and ladder.level(rule.to).rank > rank
    ]
    return min(found, key=lambda one: one.at, default=None)


def rises_from(origin: str, grade: str, clock: str, ladder: Ladder) -> Sequence[Rise]:
    """Return the rule of a level and those of the levels above it: where one has nobody, the next one takes it."""
    chain: list[Rise] = []
    while (rule := _rule(ladder, origin, grade, clock)) and rule not in chain:
        chain.append(rule)
        origin = rule.to
    return chain


def origin(event: Clocked, ladder: Ladder) -> tuple[str, int]:
    """Return the code and the rank from which an event would rise now."""
    begins = ladder.begins(event.unit_kind, has_grid=event.has_grid)
    if event.state == "screening" and not event.level:
        return UNASSIGNED, 0
    rank = max(event.level, begins.rank if begins else 0)
    return next((level.code for level in ladder.levels if level.rank == rank), UNASSIGNED), rank


def _running(event: Clocked) -> list[tuple[str, datetime]]:
    clocks = [(ACCEPT, event.accept_due)] if event.state in UNTIL_ACCEPTED else []
    return [*clocks, (HANDLE, event.handle_due)] if event.state in UNTIL_SUBMITTED else clocks


def _rule(ladder: Ladder, origin: str, grade: str, clock: str) -> Rise | None:
    fitting = [
        rule for rule in ladder.rises if (rule.origin, rule.clock) == (origin, clock) and rule.grade in {grade, ""}
    ]
    return max(fitting, key=lambda rule: rule.grade != "", default=None)
