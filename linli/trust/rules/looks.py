"""What is known of one look 查阅 at a person's data, and what a day of somebody's looks amounts to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

LOOKING = frozenset({"card", "reveal", "read", "around", "verify"})
FAMILY, NEIGHBOUR, COLLEAGUE = "family", "neighbour", "colleague"
TIES = (FAMILY, NEIGHBOUR, COLLEAGUE)
BURST, STEP, ROUND = timedelta(minutes=10), timedelta(minutes=2), timedelta(minutes=45)


class Sight(NamedTuple):
    """Who looked at whom: the account, the tokens of the person, and the object that was opened."""

    person_id: UUID
    unit_id: int | None
    subjects: tuple[str, ...]
    object_kind: str
    object_id: str


@dataclass(frozen=True, slots=True)
class Around:
    """What the base knows around one sight.

    `tie` is one of TIES or empty. `alike` are opaque keys that people share who stand side by side in a list, such as
    a building or a surname. `divisions` are the areas where the person is found; empty: not known.
    """

    tie: str = ""
    alike: frozenset[str] = frozenset()
    divisions: frozenset[int] = frozenset()


class Look(NamedTuple):
    """One look with all that the rules ask about it. `at` is local time; `subject` the first token of the person.

    `covered` says that an open case or an announced campaign explains it; `marked` that each look at the person is
    reviewed whatever explains it.
    """

    id: UUID
    at: datetime
    subject: str
    covered: bool = False
    refused: bool = False
    off_duty: bool = False
    far: bool = False
    tie: str = ""
    alike: frozenset[str] = frozenset()
    marked: bool = False


class Whose(NamedTuple):
    """Whose day it is: the account, the unit and post of most of its looks, the local day."""

    person_id: UUID
    unit_id: int | None
    post: str
    day: date


@dataclass(frozen=True, slots=True)
class LookDay:
    """A day of looks of one account 当日查阅: `marks` names the looks behind each signal, `subjects` whom they concern.

    `people` counts everybody who was opened, with a case or without; `worked` are those who were opened with one.
    """

    whose: Whose
    people: int
    marks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    worked: frozenset[str] = frozenset()

    def count(self, mark: str) -> int:
        """Return how many different people, or refused objects, a signal concerns."""
        return len({self.subjects[look] for look in self.marks.get(mark, ())})

    def times(self, mark: str) -> int:
        """Return how many looks a signal has."""
        return len(self.marks.get(mark, ()))


def day_of(whose: Whose, looks: Iterable[Look]) -> LookDay:
    """Return what the looks of one account on one day amount to; they may come in any order."""
    looks = sorted(looks, key=lambda look: (look.at, str(look.id)))
    passed = [look for look in looks if not look.refused]
    bare = [look for look in passed if not look.covered]
    marks = {
        "uncovered": bare,
        "night": [look for look in bare if look.off_duty],
        "far": [look for look in bare if look.far],
        "marked": [look for look in passed if look.marked],
        "refused": [look for look in looks if look.refused],
        "burst": _burst(bare),
        "walk": _walk(bare),
        **{tie: [look for look in bare if look.tie == tie] for tie in TIES},
    }
    marks |= {tie: _alone(marks[tie], bare) for tie in (FAMILY, NEIGHBOUR)}
    found = {name: tuple(str(look.id) for look in some) for name, some in marks.items() if some}
    named = {str(look.id): look.subject[:16] for look in looks if look.refused or look.marked or not look.covered}
    worked = frozenset(look.subject[:16] for look in passed if look.covered)
    return LookDay(whose, len({look.subject for look in passed}), found, named, worked)


def _burst(looks: Sequence[Look]) -> list[Look]:
    """Return the ten minutes in which most different people were opened."""
    best: list[Look] = []
    most, first = 0, 0
    for last, look in enumerate(looks):
        while look.at - looks[first].at > BURST:
            first += 1
        span = looks[first : last + 1]
        if last + 1 - first > most and (people := len({one.subject for one in span})) > most:
            best, most = list(span), people
    return best


def _walk(looks: Sequence[Look]) -> list[Look]:
    """Return the longest walk: one after the other, at most two minutes apart, each with something in common."""
    best: list[Look] = []
    run: list[Look] = []
    common: Collection[str] = ()
    for look in looks:
        shared = frozenset(common) & look.alike
        if run and look.at - run[-1].at <= STEP and shared:
            common = shared
        else:
            run, common = [], look.alike
        run.append(look)
        if len(run) > len(best):
            best = list(run)
    return best


def _alone(looks: Sequence[Look], among: Sequence[Look]) -> list[Look]:
    """Leave out who was seen on a round: when three other doors of one building were opened about that time."""

    def on_round(look: Look) -> bool:
        near = {one.subject for one in among if abs(one.at - look.at) <= ROUND and one.alike & look.alike}
        return len(near) > ROUND_DOORS

    return [look for look in looks if not on_round(look)]


ROUND_DOORS = 3
