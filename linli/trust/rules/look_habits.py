"""Made-up habits of an honest office: rounds, counters, telephones, campaigns, emergencies, leave, new staff."""

import math
import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from linli.trust.rules.leaf import Use
from linli.trust.rules.look_reading import ZONE
from linli.trust.rules.look_town import (
    COMMUNITY,
    COUNTY,
    DEPARTMENT,
    FIRST_DAY,
    GRID,
    STREET_OFFICER,
    MadeTown,
    Officer,
    Resident,
)  # fmt: skip

VISIT, SERVE, CHECK, EMERGENCY = "registry.visit", "registry.serve", "registry.verify", "registry.emergency"
CENSUS, VACCINATION = "registry.verify", "registry.safety"


class Diary:
    """Writes entries as the ledger has them; ids follow the order of writing."""

    def __init__(self, town: MadeTown) -> None:
        """Begin."""
        self.town, self._next = town, 1
        self.entries: list[Use] = []
        self.chance = town.chance

    def look(
        self, officer: Officer, seen: Resident, at: datetime, *, purpose: str, case: bool = False,
        refused: bool = False, unit: int | None = None,
    ) -> UUID:  # fmt: skip
        """Write one look and return its id."""
        number, self._next = UUID(int=self._next), self._next + 1
        self.entries.append(Use(
            id=number, at=at, actor_kind="staff", person_id=officer.person_id, unit_id=unit or officer.unit,
            post_code=officer.post, action="card", purpose=purpose, object_kind="person", object_id=seen.token,
            case_ref=f"C{number.int}" if case else "", subjects=() if refused else (seen.token,),
            result="refused" if refused else "ok",
        ))  # fmt: skip
        return number

    def round(
        self, officer: Officer, people: Sequence[Resident], at: datetime, gap: tuple[float, float], *, purpose: str,
        cased: float, unit: int | None = None,
    ) -> datetime:  # fmt: skip
        """Write looks one after the other, so many minutes apart, and return when it was over."""
        for seen in people:
            self.look(officer, seen, at, purpose=purpose, case=self.chance.random() < cased, unit=unit)
            at += timedelta(minutes=self.chance.uniform(*gap))
        return at


def moment(day: date, hour: float) -> datetime:
    """Return a moment of a day."""
    return datetime.combine(day, time(), ZONE) + timedelta(hours=hour)


def live(town: MadeTown, days: int) -> Diary:
    """Let the office work for so many days, and return what the ledger has of it."""
    diary = Diary(town)
    _plan_leave(town, days)
    campaigns = _plan_campaigns(town, days)
    alarms = {town.chance.randrange(days): town.chance.choice(town.officers).unit for _ in range(max(1, days // 15))}
    regulars = {one.number: _regulars(town, one) for one in town.officers}
    for offset in range(days):
        day = FIRST_DAY + timedelta(days=offset)
        for officer in town.officers:
            if offset < officer.starts or not _works(town, officer, day):
                continue
            _day(diary, officer, day, offset, regulars[officer.number])
            if purpose := campaigns.get((officer.unit, day)):
                _campaign(diary, officer, day, purpose)
        if offset in alarms:
            _emergency(diary, alarms[offset], day)
    return diary


def _works(town: MadeTown, officer: Officer, day: date) -> bool:
    if day not in town.holidays:
        return town.chance.random() < 0.94  # noqa: PLR2004  leave and illness
    if officer.post in {GRID, COMMUNITY} and town.chance.random() < 0.18:  # noqa: PLR2004  weekend duty
        town.duty.setdefault(officer.person_id, []).append((moment(day, 8), moment(day, 20)))
        return True
    return False


def _day(diary: Diary, officer: Officer, day: date, offset: int, regulars: Sequence[Resident]) -> None:
    chance, fresh = diary.chance, 0 <= offset - officer.starts < 14  # noqa: PLR2004  the first two weeks
    count = _poisson(chance, officer.rate * chance.lognormvariate(-0.1, 0.45) * (1.25 if fresh else 1))
    cased = officer.cased * (0.8 if fresh else 1)
    unit, area = _cover(officer, offset)
    while count > 0:
        people = _piece(diary, officer, area, regulars, count)
        count -= len(people)
        gap = (1.5, 4.0) if officer.post == COMMUNITY and len(people) > 4 else (3.0, 15.0)  # noqa: PLR2004
        begin = moment(day, chance.triangular(8.6, 17.2, 10))
        together = chance.random() < cased
        diary.round(
            officer, people, begin, gap, purpose=chance.choice([VISIT, SERVE, SERVE, CHECK]),
            cased=0.97 if together else 0.12, unit=unit,
        )  # fmt: skip
    if chance.random() < 0.03:  # noqa: PLR2004  work that goes on into the evening
        people = chance.sample(regulars, min(len(regulars), chance.randint(1, 4)))
        diary.round(officer, people, moment(day, chance.uniform(18.2, 20.5)), (4, 12), purpose=SERVE, cased=cased)
    if chance.random() < 0.05:  # noqa: PLR2004  a night on duty
        diary.town.duty.setdefault(officer.person_id, []).append((moment(day, 18), moment(day, 32)))
        people = [chance.choice(regulars) for _ in range(chance.randint(1, 5))]
        diary.round(officer, people, moment(day, chance.uniform(19, 30)), (10, 40), purpose=SERVE, cased=cased)
    _refusals(diary, officer, day, fresh=fresh)


def _piece(diary: Diary, officer: Officer, area: int, regulars: Sequence[Resident], most: int) -> Sequence[Resident]:
    """Return whom one piece of work concerns: a round of doors, somebody known, somebody at the counter, a callback."""
    chance, town = diary.chance, diary.town
    dice = chance.random()
    if officer.post == GRID and dice < 0.35:  # noqa: PLR2004  a round through a building
        doors = town.building(chance.choice(town.homes_of(area)))
        first = chance.randrange(len(doors))
        return doors[first : first + min(most, chance.randint(3, 10))]
    if officer.post == COMMUNITY and dice < 0.08:  # noqa: PLR2004  telephoning through a list
        return chance.sample(regulars, min(most, len(regulars), chance.randint(4, 12)))
    if dice < 0.72:  # noqa: PLR2004  somebody known
        return [chance.choice(regulars)]
    if dice > 0.985 and officer.post in {COMMUNITY, STREET_OFFICER}:  # noqa: PLR2004  from elsewhere, at the counter
        return [chance.choice(town.residents)]
    return [chance.choice(town.building(chance.choice(town.homes_of(area))))]


def _refusals(diary: Diary, officer: Officer, day: date, *, fresh: bool) -> None:
    chance = diary.chance
    for _ in range(_poisson(chance, 0.5 if fresh else 0.06)):
        seen = chance.choice(diary.town.residents)
        again = chance.randint(3, 7) if chance.random() < 0.15 else 1  # noqa: PLR2004  a page opened over and over
        at = moment(day, chance.uniform(9, 17))
        for number in range(again):
            diary.look(officer, seen, at + timedelta(seconds=20 * number), purpose=SERVE, refused=True)


def _regulars(town: MadeTown, officer: Officer) -> list[Resident]:
    """Return whom somebody knows from work: a heavy-tailed circle within the area, now and then an own relative."""
    homes = town.homes_of(officer.area)
    if officer.area == COUNTY:
        homes = town.chance.sample(homes, len(homes) // 3)
    count = min(400, int(30 * town.chance.paretovariate(1.6)))
    return [town.chance.choice(town.building(town.chance.choice(homes))) for _ in range(count)]


def _plan_leave(town: MadeTown, days: int) -> None:
    """Let some cover for others in the next community, some with a post there and some only by word of mouth."""
    grid = [one for one in town.officers if one.post == GRID]
    for officer in town.chance.sample(grid, max(1, len(grid) // 12)):
        other = town.chance.choice([one for one in grid if one.unit != officer.unit])
        first = town.chance.randrange(max(1, days - 10))
        for offset in range(first, first + town.chance.randint(4, 9)):
            officer.away[offset] = other.unit


def _cover(officer: Officer, offset: int) -> tuple[int | None, int]:
    other = officer.away.get(offset)
    return (other, other) if other is not None and offset % 2 else (None, officer.area)


def _plan_campaigns(town: MadeTown, days: int) -> dict[tuple[int, date], str]:
    """Plan a census week in two streets, announced, and a vaccination day for every community, by case."""
    found: dict[tuple[int, date], str] = {}
    units = sorted({one.unit for one in town.officers if one.post in {GRID, COMMUNITY}})
    first = FIRST_DAY + timedelta(days=town.chance.randrange(7, max(8, days - 10)))
    for unit in units[: len(units) * 2 // 3]:
        for offset in range(5):
            found[unit, first + timedelta(days=offset)] = CENSUS
            town.campaigns.add((unit, CENSUS, first + timedelta(days=offset)))
    for unit in units:
        found[unit, FIRST_DAY + timedelta(days=town.chance.randrange(days))] = VACCINATION
    return found


def _campaign(diary: Diary, officer: Officer, day: date, purpose: str) -> None:
    """Look up whole buildings quickly; those of the census without cases, but announced."""
    chance, at = diary.chance, moment(day, 9)
    for home in chance.sample(diary.town.homes_of(officer.area), chance.randint(1, 3)):
        doors = diary.town.building(home)
        at = diary.round(officer, doors, at, (0.5, 3), purpose=purpose, cased=0.98 if purpose == VACCINATION else 0)


def _emergency(diary: Diary, unit: int, day: date) -> None:
    """Let everybody of a unit look through a building at night, with no case yet."""
    staff = [one for one in diary.town.officers if one.unit == unit]
    area = staff[0].area
    home, hour = diary.chance.choice(diary.town.homes_of(area)), diary.chance.uniform(20, 29)
    for officer in staff:
        doors = diary.town.building(home)
        people = diary.chance.sample(list(doors), min(len(doors), diary.chance.randint(2, 6)))
        diary.round(officer, people, moment(day, hour), (0.5, 5), purpose=EMERGENCY, cased=0.3)


def _poisson(chance: random.Random, mean: float) -> int:
    limit, count, product = math.exp(-min(mean, 500)), 0, chance.random()
    while product > limit:
        count, product = count + 1, product * chance.random()
    return count


def in_order(entries: Sequence[Use]) -> Iterator[Use]:
    """Yield entries as they were made."""
    return iter(sorted(entries, key=lambda entry: entry.at))


__all__ = ["COMMUNITY", "DEPARTMENT", "Diary", "in_order", "live", "moment"]
