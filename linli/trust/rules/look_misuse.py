"""Misuse planted among made-up habits: each kind several times, from bold to subtle."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from linli.trust.rules.look_habits import CHECK, SERVE, VISIT, Diary, moment
from linli.trust.rules.look_town import COUNTY, DEPARTMENT, FIRST_DAY, STREET_OFFICER, MadeTown, Officer, Resident

WARM = 14  # days before the first misuse: the node has to know its own habits


@dataclass(frozen=True, slots=True)
class Episode:
    """One planted misuse: of which kind, who, and which looks."""

    kind: str
    looks: dict[UUID, frozenset[str]]


Planting = Callable[[Diary, int, float], dict[UUID, list[UUID]]]


def plant(diary: Diary, days: int, each: int) -> list[Episode]:
    """Plant every kind so many times, at random days, with a boldness between 0 and 1; return what was planted."""
    found = []
    for kind, planting in KINDS.items():
        for number in range(each):
            first = diary.chance.randrange(WARM, max(WARM + 1, days - 16))
            looks = planting(diary, first, (number + diary.chance.random()) / each)
            found.append(Episode(kind, {who: frozenset(map(str, ids)) for who, ids in looks.items()}))
    return found


def _family(diary: Diary, first: int, bold: float) -> dict[UUID, list[UUID]]:
    officer = _somebody(diary, first)
    kin = [diary.town.resident(token) for token in sorted(diary.town.family[officer.person_id])]
    return _few(diary, officer, kin, first, 3 + round(4 * bold))


def _neighbour(diary: Diary, first: int, bold: float) -> dict[UUID, list[UUID]]:
    officer = _somebody(diary, first)
    near = [
        one for one in diary.town.building(officer.self_as.home)
        if one != officer.self_as and one.token not in diary.town.family[officer.person_id]
    ]  # fmt: skip
    return _few(diary, officer, diary.chance.sample(near, min(len(near), 2)), first, 3 + round(5 * bold))


def _colleague(diary: Diary, first: int, bold: float) -> dict[UUID, list[UUID]]:
    while True:
        officer = _somebody(diary, first)
        others = [
            one.self_as for one in diary.town.officers
            if one.unit == officer.unit and one.self_as != officer.self_as
            and one.self_as.token not in diary.town.family[officer.person_id]
        ]  # fmt: skip
        if others:
            return _few(diary, officer, diary.chance.sample(others, min(2, len(others))), first, 3 + round(4 * bold))


def _celebrity(diary: Diary, first: int, bold: float) -> dict[UUID, list[UUID]]:
    """Let a dozen officers look at somebody who is in everybody's mouth."""
    star = diary.chance.choice(diary.town.residents)
    fans = diary.chance.sample(diary.town.officers, 6 + round(6 * bold))
    looks: dict[UUID, list[UUID]] = {}
    for officer in fans:
        day = _day(max(first, officer.starts + 1) + diary.chance.randint(0, 4))
        looks[officer.person_id] = [diary.look(officer, star, _hour(diary, day), purpose=_pretext(diary))]
    return looks


def _no_case(diary: Diary, first: int, bold: float) -> dict[UUID, list[UUID]]:
    officer = _somebody(diary, first, posts={STREET_OFFICER, DEPARTMENT})
    people = _strangers(diary, officer.area, 14 + round(16 * bold))
    return {officer.person_id: _paced(diary, officer, people, _day(first), (6, 16))}


def _far(diary: Diary, first: int, bold: float) -> dict[UUID, list[UUID]]:
    officer = _somebody(diary, first, local=True)
    away = [one for one in _strangers(diary, COUNTY, 80) if officer.area not in (one.community, one.street)]
    count = 5 + round(8 * bold)
    days = [_day(first + diary.chance.randint(0, 3)) for _ in range(count)]
    ids = [diary.look(officer, seen, _hour(diary, day), purpose=SERVE) for seen, day in zip(away, days, strict=False)]
    return {officer.person_id: ids}


def _night(diary: Diary, first: int, bold: float) -> dict[UUID, list[UUID]]:
    officer = _somebody(diary, first)
    people = _strangers(diary, officer.area, 4 + round(7 * bold))
    at = moment(_day(first), diary.chance.uniform(21, 27))
    ids = []
    for seen in people:
        ids.append(diary.look(officer, seen, at, purpose=_pretext(diary)))
        at += timedelta(minutes=diary.chance.uniform(2, 9))
    return {officer.person_id: ids}


def _sweep(diary: Diary, first: int, bold: float) -> dict[UUID, list[UUID]]:
    officer = _somebody(diary, first)
    people = _strangers(diary, officer.area, 22 + round(50 * bold))
    return {officer.person_id: _paced(diary, officer, people, _day(first), (0.2, 0.7))}


def _walk(diary: Diary, first: int, bold: float) -> dict[UUID, list[UUID]]:
    officer = _somebody(diary, first)
    doors = diary.town.building(diary.chance.choice(diary.town.homes_of(officer.area)))
    return {officer.person_id: _paced(diary, officer, doors[: 12 + round(16 * bold)], _day(first), (0.6, 1.8))}


def _alphabet(diary: Diary, first: int, bold: float) -> dict[UUID, list[UUID]]:
    officer = _somebody(diary, first)
    home = diary.chance.choice(diary.town.homes_of(officer.area))
    community, surname = diary.town.building(home)[0].community, diary.chance.randrange(3)
    same = [one for one in diary.town.residents if one.community == community and one.surname == surname]
    return {officer.person_id: _paced(diary, officer, same[: 12 + round(14 * bold)], _day(first), (0.6, 1.8))}


def _trickle(diary: Diary, first: int, bold: float) -> dict[UUID, list[UUID]]:
    """Let a few strangers a day be opened over two or three weeks, in an office that works by cases."""
    officer = _somebody(diary, first, posts={STREET_OFFICER, DEPARTMENT})
    ids = []
    for offset in range(14):
        day = _day(first + offset)
        if day in diary.town.holidays:
            continue
        people = _strangers(diary, officer.area, 2 + round(2 * bold) + diary.chance.randint(0, 1))
        ids += [diary.look(officer, seen, _hour(diary, day), purpose=_pretext(diary)) for seen in people]
    return {officer.person_id: ids}


def _refused(diary: Diary, first: int, bold: float) -> dict[UUID, list[UUID]]:
    officer = _somebody(diary, first)
    ids = []
    for seen in _strangers(diary, COUNTY, 6 + round(14 * bold)):
        day = _day(first + diary.chance.randint(0, 1))
        ids.append(diary.look(officer, seen, _hour(diary, day), purpose=SERVE, refused=True))
    return {officer.person_id: ids}


def _habit(diary: Diary, first: int, bold: float) -> dict[UUID, list[UUID]]:
    """Let somebody open several times as many people as ever before, without cases, for a few days."""
    officer = _somebody(diary, first)
    ids = []
    for offset in range(3):
        people = _strangers(diary, officer.area, round(officer.rate * (2 + 2 * bold)) + 12)
        ids += _paced(diary, officer, people, _workday(diary, first + offset), (2, 9))
    return {officer.person_id: ids}


KINDS: dict[str, Planting] = {
    "family": _family,
    "neighbour": _neighbour,
    "colleague": _colleague,
    "celebrity": _celebrity,
    "no_case": _no_case,
    "far": _far,
    "night": _night,
    "sweep": _sweep,
    "walk": _walk,
    "alphabet": _alphabet,
    "trickle": _trickle,
    "refused": _refused,
    "habit": _habit,
}


def _few(diary: Diary, officer: Officer, people: Sequence[Resident], first: int, count: int) -> dict[UUID, list[UUID]]:
    """Look at some people again and again over a few days."""
    ids = []
    for _number in range(count):
        day = _day(first + diary.chance.randint(0, 5))
        ids.append(diary.look(officer, diary.chance.choice(people), _hour(diary, day), purpose=_pretext(diary)))
    return {officer.person_id: ids}


def _paced(
    diary: Diary, officer: Officer, people: Sequence[Resident], day: date, gap: tuple[float, float]
) -> list[UUID]:
    at, ids = moment(day, diary.chance.uniform(9, 14)), []
    for seen in people:
        ids.append(diary.look(officer, seen, at, purpose=_pretext(diary)))
        at += timedelta(minutes=diary.chance.uniform(*gap))
    return ids


def _somebody(diary: Diary, first: int, posts: set[str] | None = None, *, local: bool = False) -> Officer:
    """Return an officer who works there by then, of these posts, with an area below the county."""
    return diary.chance.choice([
        one for one in diary.town.officers
        if one.starts + 7 < first and (posts is None or one.post in posts) and not (local and one.area == COUNTY)
    ])  # fmt: skip


def _strangers(diary: Diary, area: int, count: int) -> list[Resident]:
    town: MadeTown = diary.town
    homes = town.homes_of(area)
    return [diary.chance.choice(town.building(diary.chance.choice(homes))) for _ in range(count)]


def _pretext(diary: Diary) -> str:
    """Return a purpose, as whoever misuses the base would choose one: the same as for work."""
    return diary.chance.choice([VISIT, SERVE, SERVE, CHECK])


def _hour(diary: Diary, day: date) -> datetime:
    return moment(day, diary.chance.triangular(8.6, 17.4, 12))


def _day(offset: int) -> date:
    return FIRST_DAY + timedelta(days=offset)


def _workday(diary: Diary, offset: int) -> date:
    day = _day(offset)
    while day in diary.town.holidays:
        day += timedelta(days=1)
    return day


__all__ = ["KINDS", "Episode", "plant"]
