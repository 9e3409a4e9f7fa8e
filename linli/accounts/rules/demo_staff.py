"""The fictional staff of the demo county: the same seed and places give the same units, people and posts."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DEMO_NEIGHBOUR = "13800009999"  # the telephone of a fictional resident who checks as a volunteer
_SURNAMES = "陈林黄周吴徐孙朱马胡郭何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏"
_FIRST = "文明志建海晓春雪玉秀国永家思静立安嘉新若"
_SECOND = "华强芳敏洁军涛磊艳娟霞平刚辉丽波宁燕凯萍"
_PHONE = "0990-88{:05d}"

# username, post, unit: the accounts that a visitor tries first. `*` is the first street or community by code.
_ROLES = (
    ("wangge", "grid-worker", "community:*"),
    ("shequ", "community-worker", "community:*"),
    ("minzheng", "welfare-officer", "community:*"),
    ("jiedao", "street-officer", "street:*"),
    ("minzhengban", "welfare-officer", "street:*"),
    ("chengguan", "department-officer", "csgl"),
    ("paidan", "dispatcher", "centre"),
    ("hecha", "checker", "centre"),
    ("caijue", "arbiter", "centre"),
    ("bianban", "arbiter", "bianban"),
    ("lingdao", "leader", "centre"),
    ("shuju", "data-officer", "centre"),
    ("shenji", "auditor", "centre"),
    ("admin", "administrator", "centre"),
    ("anquan", "security-administrator", "centre"),
)


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """A division of the demo county: the county itself, a street or a community."""

    division_id: int
    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit to be opened. `parent` is the code of a unit that comes before it."""

    code: str
    name: str
    kind: str
    division_id: int
    phone: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person to be employed. `is_role` marks the accounts one can sign in with."""

    username: str
    name: str
    post: str
    unit: str
    is_role: bool


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """Everybody and every unit of the demo county."""

    units: tuple[DemoUnit, ...]
    people: tuple[DemoPerson, ...]


def demo_staff(*, places: Sequence[DemoPlace], catalogue: dict[str, Any], seed: int) -> DemoStaff:
    """Return units and people for these places (one county first), with names drawn by the seed.

    `catalogue` is the content of `sample/units.json`. About a hundred people for thirty communities.
    """
    chance = random.Random(seed)  # noqa: S311  names of fictional people, nothing secret
    units = tuple(_units(places, catalogue, chance))
    people = tuple(_people(units, catalogue["on_duty"], _names(chance)))
    return DemoStaff(units=units, people=people)


def unit_code(place: DemoPlace) -> str:
    """Return the code of the office of a street or community: its kind and its division code."""
    return f"{place.kind}-{place.code}"


def _units(places: Sequence[DemoPlace], catalogue: dict[str, Any], chance: random.Random) -> Iterator[DemoUnit]:
    county = next(place for place in places if place.kind == "county")

    def at_county(row: dict[str, str], kind: str, parent: str | None) -> DemoUnit:
        return DemoUnit(row["code"], row["name"], kind, county.division_id, _phone(chance), parent)

    centre = catalogue["centre"]
    yield at_county(centre, "centre", None)
    for row in catalogue["departments"]:
        yield at_county(row, "department", centre["code"])
    for row in catalogue["teams"]:
        yield at_county(row, "team", row["parent"])
    for place in places:
        if place.kind in {"street", "community"}:
            name = place.name + _suffix(place.name, catalogue)
            yield DemoUnit(
                unit_code(place), name, place.kind, place.division_id, _phone(chance), _office(place, centre)
            )


def _suffix(name: str, catalogue: Mapping[str, Any]) -> str:
    """Return what the unit of a division is called after the division's name: by its last character."""
    suffixes: Mapping[str, str] = catalogue["suffixes"]
    return next(suffix for end, suffix in suffixes.items() if name.endswith(end))


def _office(place: DemoPlace, centre: dict[str, str]) -> str:
    """Return the unit above: a community's street by the first nine digits of its code, a street's county centre."""
    return f"street-{place.code[:9]}000" if place.kind == "community" else centre["code"]


def _people(units: Sequence[DemoUnit], on_duty: Sequence[str], names: Iterator[str]) -> Iterator[DemoPerson]:
    first = {f"{kind}:*": next(unit.code for unit in units if unit.kind == kind) for kind in ("street", "community")}
    for username, post, unit in _ROLES:
        yield DemoPerson(username, next(names), post, first.get(unit, unit), is_role=True)
    for number, (post, unit) in enumerate([*_places_to_fill(units), *_colleagues(on_duty)], start=1):
        yield DemoPerson(f"staff{number:03d}", next(names), post, unit, is_role=False)


def _places_to_fill(units: Sequence[DemoUnit]) -> Iterator[tuple[str, str]]:
    posts = {
        "centre": ("dispatcher", "checker"),
        "department": ("department-officer",),
        "team": ("department-officer",),
        "street": ("street-officer", "checker"),
        "community": ("community-worker", "grid-worker"),
    }
    for unit in units:
        for post in posts[unit.kind]:
            yield post, unit.code


def _colleagues(on_duty: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield who else works where somebody is on duty day and night, until they are three."""
    roles = [unit for _username, _post, unit in _ROLES]
    for unit in on_duty:
        for _ in range(2 - roles.count(unit)):
            yield "department-officer", unit


def _names(chance: random.Random) -> Iterator[str]:
    drawn: set[str] = set()
    while True:
        name = chance.choice(_SURNAMES) + chance.choice(_FIRST) + chance.choice(_SECOND)
        if name not in drawn:
            drawn.add(name)
            yield name


def _phone(chance: random.Random) -> str:
    return _PHONE.format(chance.randrange(100_000))
