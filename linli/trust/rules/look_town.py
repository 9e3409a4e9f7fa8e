"""A made-up town for judging the rules over looks: who lives where, who works where, who is whose family."""

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from linli.trust.rules.looks import COLLEAGUE, FAMILY, NEIGHBOUR, Around, Sight

COUNTY, STREETS, COMMUNITIES, BUILDINGS, DOORS = 1, 3, 8, 10, 36
FIRST_DAY = date(2026, 3, 2)  # a Monday
GRID, COMMUNITY, STREET_OFFICER, DEPARTMENT = "grid-worker", "community-worker", "street-officer", "department-officer"
SHARES = ((GRID, 0.4), (COMMUNITY, 0.3), (STREET_OFFICER, 0.18), (DEPARTMENT, 0.12))
SURNAMES = 60


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who lives in the town."""

    number: int
    home: int
    community: int
    street: int
    surname: int

    @property
    def token(self) -> str:
        """The token under which the ledger knows them."""
        return f"r{self.number:07d}"


@dataclass(slots=True)
class Officer:
    """Somebody who works in the town, with the habits that are their own."""

    number: int
    post: str
    unit: int
    area: int
    self_as: Resident
    rate: float
    cased: float
    starts: int = -1000
    away: dict[int, int] = field(default_factory=dict)

    @property
    def person_id(self) -> UUID:
        """The account."""
        return UUID(int=self.number + 1)


@dataclass(slots=True)
class MadeTown:
    """The town, and what it answers when the rules ask: it stands where the base, the roster and the calendar stand."""

    chance: random.Random
    residents: list[Resident] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)
    family: dict[UUID, frozenset[str]] = field(default_factory=dict)
    duty: dict[UUID, list[tuple[datetime, datetime]]] = field(default_factory=dict)
    campaigns: set[tuple[int, str, date]] = field(default_factory=set)
    holidays: set[date] = field(default_factory=set)
    _by_building: dict[int, list[Resident]] = field(default_factory=dict)
    _by_token: dict[str, Resident] = field(default_factory=dict)
    _officer: dict[UUID, Officer] = field(default_factory=dict)
    _works: dict[str, int] = field(default_factory=dict)

    def settle(self) -> None:
        """Write down who lives where and works where."""
        for one in self.residents:
            self._by_building.setdefault(one.home, []).append(one)
            self._by_token[one.token] = one
        for officer in self.officers:
            self._officer[officer.person_id] = officer
            self._works[officer.self_as.token] = officer.unit

    def building(self, home: int) -> Sequence[Resident]:
        """Return who lives in a building, in the order of doors."""
        return self._by_building[home]

    def homes_of(self, area: int) -> list[int]:
        """Return the buildings of a community, a street or the county."""
        return [home for home, people in self._by_building.items() if area in _divisions(people[0])]

    def resident(self, token: str) -> Resident:
        """Return who stands behind a token."""
        return self._by_token[token]

    def around(self, sights: Sequence[Sight]) -> Mapping[Sight, Around]:
        """Answer as the base does."""
        return {sight: self._around(sight) for sight in sights}

    def with_case(self, sights: Sequence[Sight]) -> Collection[Sight]:  # noqa: ARG002  one signature
        """Answer as the events do: here every case stands in the entry itself."""
        return ()

    def announced(self, unit_id: int | None, purpose: str, day: date) -> bool:
        """Answer as the list of announced campaigns does."""
        return unit_id is not None and (unit_id, purpose, day) in self.campaigns

    def marked(self, subjects: Collection[str]) -> Collection[str]:  # noqa: ARG002  one signature
        """Answer as the list of marked people does: nobody is on it here."""
        return ()

    def off_duty(self, person_id: UUID, at: datetime) -> bool:
        """Answer as the roster and the calendar do; an hour before and after working time is work."""
        works = at.date() not in self.holidays and time(8) <= at.time() <= time(18, 30)
        return not works and not any(begin <= at <= end for begin, end in self.duty.get(person_id, ()))

    def area(self, unit_id: int | None) -> int | None:
        """Answer as the table of units does: a unit's number is that of its area, departments aside."""
        return None if unit_id is None else (COUNTY if unit_id >= DEPARTMENTS else unit_id)

    def _around(self, sight: Sight) -> Around:
        seen, officer = self._by_token[sight.subjects[0]], self._officer[sight.person_id]
        alike = frozenset({f"b{seen.home}", f"s{seen.community}-{seen.surname}"})
        return Around(self._tie(officer, seen), alike, frozenset(_divisions(seen)))

    def _tie(self, officer: Officer, seen: Resident) -> str:
        if seen.token in self.family[officer.person_id]:
            return FAMILY
        if self._works.get(seen.token) == officer.unit and seen != officer.self_as:
            return COLLEAGUE
        return NEIGHBOUR if seen.home == officer.self_as.home else ""


DEPARTMENTS = 9000


def make_town(chance: random.Random, *, staff: int, days: int) -> MadeTown:
    """Return a town with so many officers: streets, communities, buildings, families, weekends."""
    town = MadeTown(chance)
    for street in range(STREETS):
        for community in range(COMMUNITIES):
            for building in range(BUILDINGS):
                _fill(town, street, community, building)
    for number in range(staff):
        town.officers.append(_officer(town, number, staff, days))
    town.settle()
    for officer in town.officers:
        town.family[officer.person_id] = _family(town, officer)
    for offset in range(-2, days + 2):
        day = FIRST_DAY + timedelta(days=offset)
        if day.weekday() > FRIDAY:
            town.holidays.add(day)
    return town


FRIDAY = 4


def _fill(town: MadeTown, street: int, community: int, building: int) -> None:
    where = 100 + street * 20 + community
    for _door in range(town.chance.randint(DOORS // 2, DOORS * 3 // 2)):
        surname = min(int(town.chance.expovariate(0.09)), SURNAMES)
        town.residents.append(Resident(len(town.residents), where * 100 + building, where, 10 + street, surname))


def _officer(town: MadeTown, number: int, staff: int, days: int) -> Officer:
    chance, post = town.chance, _post(number / staff)
    street = number % STREETS
    community = 100 + street * 20 + (number // STREETS) % COMMUNITIES
    unit = {GRID: community, COMMUNITY: community, STREET_OFFICER: 10 + street}.get(post, DEPARTMENTS + number % 4)
    area = COUNTY if unit >= DEPARTMENTS else unit
    local = chance.random() < {GRID: 0.6, COMMUNITY: 0.4}.get(post, 0.05)
    home = chance.choice([one for one in town.residents if one.community == community] if local else town.residents)
    mean, cased = {GRID: (9, 0.45), COMMUNITY: (14, 0.65), STREET_OFFICER: (9, 0.8), DEPARTMENT: (7, 0.88)}[post]
    officer = Officer(
        number, post, unit, area, home,
        rate=mean * chance.lognormvariate(0, 0.45), cased=chance.betavariate(12 * cased, 12 * (1 - cased)),
    )  # fmt: skip
    if chance.random() < NEW_STAFF:
        officer.starts = chance.randint(5, max(6, days - 20))
    return officer


NEW_STAFF = 0.06


def _post(share: float) -> str:
    reached = 0.0
    for post, part in SHARES:
        reached += part
        if share < reached:
            return post
    return DEPARTMENT


def _family(town: MadeTown, officer: Officer) -> frozenset[str]:
    """Return who shares the home, and a few relatives elsewhere whom the base knows as family."""
    home = [one for one in town.building(officer.self_as.home) if abs(one.number - officer.self_as.number) == 1]
    kin = town.chance.sample(town.residents, town.chance.randint(1, 3))
    return frozenset(one.token for one in [*home, *kin])


def _divisions(one: Resident) -> Iterable[int]:
    return (COUNTY, one.street, one.community)
