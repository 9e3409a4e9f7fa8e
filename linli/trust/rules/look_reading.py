"""From entries of the use ledger to looks: the one way, for the real ledger and for made-up habits alike."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from linli.trust.rules.looks import LOOKING, Around, Look, LookDay, Sight, Whose, day_of

ZONE = ZoneInfo("Asia/Shanghai")
GOOD = "ok"
OWN_CASE = frozenset({"event"})  # an object that is a case itself
NOTHING = Around()


class World(Protocol):
    """What is asked about looks beyond the ledger. Each is asked once for many."""

    def around(self, sights: Sequence[Sight]) -> Mapping[Sight, Around]:
        """Return what is known around each sight; those of whom nothing is known are left out."""

    def with_case(self, sights: Sequence[Sight]) -> Collection[Sight]:
        """Return the sights for which the unit has an open case."""

    def announced(self, unit_id: int | None, purpose: str, day: date) -> bool:
        """Tell whether a campaign with this purpose was announced for the unit and the day."""

    def marked(self, subjects: Collection[str]) -> Collection[str]:
        """Return which of these tokens are those of people at whom each look is reviewed."""

    def off_duty(self, person_id: UUID, at: datetime) -> bool:
        """Tell whether a moment lies outside working time and outside the duty of this account."""

    def area(self, unit_id: int | None) -> int | None:
        """Return the division that a unit answers for."""


def is_look(entry: Any) -> bool:
    """Tell whether an entry is a look by an officer at a person, or one that was refused."""
    if entry.actor_kind != "staff" or entry.person_id is None:
        return False
    return entry.result != GOOD or (entry.action in LOOKING and bool(entry.subjects))


def days_of(entries: Iterable[Any], world: World) -> list[LookDay]:
    """Return the days of all accounts in these entries: attributes as those of a ledger entry. Whole days only."""
    looks = [entry for entry in entries if is_look(entry)]
    sights = {entry.id: _sight(entry) for entry in looks}
    asked = sorted({sight for sight in sights.values() if sight.subjects}, key=str)
    around, cased = world.around(asked), world.with_case(asked)
    marked = frozenset(world.marked({token for sight in asked for token in sight.subjects}))
    by_day: dict[tuple[UUID, date], list[tuple[Any, Look]]] = {}
    for entry in looks:
        sight = sights[entry.id]
        look = _look(entry, around.get(sight, NOTHING), world, cased=sight in cased)
        look = look._replace(marked=not marked.isdisjoint(sight.subjects))
        by_day.setdefault((entry.person_id, look.at.date()), []).append((entry, look))
    return [_day(person_id, day, both) for (person_id, day), both in sorted(by_day.items(), key=str)]


def _day(person_id: UUID, day: date, both: Sequence[tuple[Any, Look]]) -> LookDay:
    (unit_id, post), _count = Counter((entry.unit_id, entry.post_code) for entry, _look in both).most_common(1)[0]
    return day_of(Whose(person_id, unit_id, post, day), [look for _entry, look in both])


def _sight(entry: Any) -> Sight:
    return Sight(entry.person_id, entry.unit_id, tuple(entry.subjects), entry.object_kind, entry.object_id)


def _look(entry: Any, around: Around, world: World, *, cased: bool) -> Look:
    at = entry.at.astimezone(ZONE)
    area = world.area(entry.unit_id)
    refused = entry.result != GOOD
    return Look(
        id=entry.id,
        at=at,
        subject=entry.object_id if refused or not entry.subjects else entry.subjects[0],
        covered=bool(entry.case_ref) or cased or entry.object_kind in OWN_CASE
        or world.announced(entry.unit_id, entry.purpose, at.date()),
        refused=refused,
        off_duty=world.off_duty(entry.person_id, at),
        far=bool(around.divisions) and area is not None and area not in around.divisions,
        tie=around.tie,
        alike=around.alike,
    )  # fmt: skip
