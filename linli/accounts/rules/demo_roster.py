"""The fictional duty roster of the demo county: the same seed, people and day give the same shifts."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from linli.accounts.rules.demo_staff import DemoPerson, DemoStaff

WEEKS = 2
POSTS = frozenset({"dispatcher", "street-officer", "department-officer", "checker"})
ROUND_THE_CLOCK = {"centre": ((time(8), 12), (time(20), 12))}  # kind of unit: when its shifts begin, hours they last
_WHOLE_DAY = ((time(8, 30), 24),)
_PHONE = "1380000{:04d}"


@dataclass(frozen=True, slots=True)
class DemoShift:
    """One shift: who is on duty for which unit, from when on a local day, for how many hours."""

    unit: str
    username: str
    day: date
    begins: time
    hours: int


def demo_roster(*, staff: DemoStaff, on_duty: Sequence[str], today: date, seed: int) -> Iterator[DemoShift]:
    """Yield the shifts of this week and the next, from Monday, of the centre, the streets and the units in `on_duty`.

    People take turns in an order drawn by the seed, which goes on from week to week. Units that nobody works in have
    none.
    """
    monday = today - timedelta(days=today.weekday())
    for unit in staff.units:
        people = _in_turn(staff, unit.code, seed)
        if not people or not (unit.kind in {"centre", "street"} or unit.code in on_duty):
            continue
        times = ROUND_THE_CLOCK.get(unit.kind, _WHOLE_DAY)
        for day in (monday + timedelta(days=number) for number in range(7 * WEEKS)):
            for place, (begins, hours) in enumerate(times):
                turn = day.toordinal() * len(times) + place
                yield DemoShift(unit.code, people[turn % len(people)].username, day, begins, hours)


def demo_phone(staff: DemoStaff, username: str) -> str:
    """Return the fictional mobile number of one of the staff."""
    return _PHONE.format(next(place for place, who in enumerate(staff.people) if who.username == username))


def _in_turn(staff: DemoStaff, unit: str, seed: int) -> list[DemoPerson]:
    people = [who for who in staff.people if who.unit == unit and who.post in POSTS]
    random.Random(f"{seed}-{unit}").shuffle(people)  # noqa: S311  an order of fictional people, nothing secret
    return people
