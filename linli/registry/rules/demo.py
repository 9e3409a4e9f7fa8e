"""The fictional base of the demo county: families in their homes, what departments say of them, and who belongs where.

The same seed and places give the same base. Nobody real is meant; codes begin with 99, which no province has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from linli.registry.rules import demo_names as words

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
OUTSIDE = "990102001001"  # a community of another county, of which nothing else is known here
MAN, WOMAN = "1", "2"
HAN = 0.93  # share of the largest ethnic group
HALF = 0.5
# Who lives together: (relation to the head by GB/T 4761, sex, age from, age to), and how often in a hundred.
FAMILIES: tuple[tuple[int, tuple[tuple[str, str, int, int], ...]], ...] = (
    (30, (("02", MAN, 28, 48), ("12", WOMAN, 26, 46), ("20", MAN, 1, 17))),
    (18, (("02", MAN, 30, 50), ("12", WOMAN, 28, 48), ("30", WOMAN, 1, 17), ("20", MAN, 1, 12))),
    (12, (("02", MAN, 34, 52), ("12", WOMAN, 32, 50), ("20", MAN, 3, 18), ("51", MAN, 60, 84), ("52", WOMAN, 58, 82))),
    (14, (("02", MAN, 62, 84), ("12", WOMAN, 60, 82))),
    (8, (("02", WOMAN, 68, 92),)),
    (8, (("02", WOMAN, 24, 40), ("30", WOMAN, 1, 14))),
    (10, (("02", MAN, 20, 36), ("99", MAN, 20, 36))),
)
TENANTS = len(FAMILIES) - 1


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """A community with its grids and the estates or hamlets in it."""

    code: str
    name: str
    grids: tuple[str, ...]
    estates: tuple[str, ...]


@dataclass
class DemoBase:
    """What each source says, (source, kind) to (key, values) pairs, and relations between keys.

    A tie is (relation, (kind, key), (kind, key), since, details). `verified` are keys that were seen on site.
    """

    said: dict[tuple[str, str], list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)
    ties: list[tuple[str, tuple[str, str], tuple[str, str], date, dict[str, Any]]] = field(default_factory=list)
    verified: set[str] = field(default_factory=set)
    people: int = 0
    adults: dict[str, list[str]] = field(default_factory=dict)  # by community, who may work in its shops

    def say(self, source: str, kind: str, key: str, /, **values: Any) -> None:
        """Let a source say something about one thing."""
        self.said.setdefault((source, kind), []).append((key, values))

    def tie(self, bond: str, start: tuple[str, str], end: tuple[str, str], since: date, /, **details: Any) -> None:
        """Let two belong together since a day."""
        self.ties.append((bond, start, end, since, details))


def demo_base(places: Sequence[DemoPlace], *, seed: int, people: int, today: date) -> DemoBase:
    """Return a base of about so many people, spread evenly over the communities."""
    base, town = DemoBase(), _Town(Random(seed), today, places)  # noqa: S311  fictional people, nothing secret
    homes = town.homes(places)
    while base.people < people and places:
        _family(base, town, next(homes))
    for place in places:
        _businesses(base, town, place)
    return base


@dataclass(frozen=True, slots=True)
class _Home:
    """One flat: its key, its address, its grid, and the community around it."""

    key: str
    address: str
    grid: str
    place: DemoPlace
    building: str


class _Town:
    """The dice of one county, and running numbers."""

    def __init__(self, dice: Random, today: date, places: Sequence[DemoPlace]) -> None:
        self.dice, self.today, self.places, self.count = dice, today, places, 0

    def number(self) -> int:
        """Return the next running number."""
        self.count += 1
        return self.count

    def homes(self, places: Sequence[DemoPlace]) -> Iterator[_Home]:
        """Yield flats without end, community by community in turns, floor by floor."""
        turn = 0
        while True:
            flat, floor = turn % 2 + 1, turn // 2 % 6 + 1
            stair, building = turn // 12 % 3 + 1, turn // 36 + 1
            for place in places:
                estate = place.estates[building % len(place.estates)]
                grid = place.grids[building % len(place.grids)]
                door = f"{estate}{building}栋{stair}单元{floor}{flat:02d}室"
                key = f"{place.code}-{building:02d}-{stair}-{floor}{flat:02d}"
                yield _Home(key, door, grid, place, f"{estate}{building}栋")
            turn += 1

    def name(self, sex: str, surname: str = "") -> str:
        """Return a name, of one or two characters behind the surname."""
        given = words.MEN if sex == MAN else words.WOMEN
        length = 2 if self.dice.random() < 0.8 else 1  # noqa: PLR2004  a share
        family = surname or self.dice.choice(words.SURNAMES[:60])
        return family + "".join(self.dice.sample(given, length))

    def citizen_id(self, birthday: date, sex: str) -> str:
        """Return an id number of a region that does not exist, with its right check digit."""
        order = self.number() % 500 * 2 + (1 if sex == MAN else 0)
        first = f"9901{self.number() % 90 + 10:02d}{birthday:%Y%m%d}{order:03d}"
        return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, WEIGHTS, strict=True)) % 11]

    def credit_code(self) -> str:
        """Return a social credit code of the same region, with its right check digit."""
        first = f"92990101MA{self.number():07d}".replace("O", "0")[:17]
        total = sum(CREDIT.index(letter) * pow(3, place, 31) for place, letter in enumerate(first))
        return first + CREDIT[-total % 31]

    def phone(self) -> str:
        """Return a number that is handed out to nobody: 1380000 and what follows."""
        return f"1380{self.dice.randrange(10_000_000):07d}"

    def birthday(self, first: int, last: int) -> date:
        """Return a birthday of somebody between these ages."""
        return self.today - timedelta(days=self.dice.randrange(first * 366, last * 365 + 300))

    def paper(self, home: _Home, *, away: bool) -> tuple[str, str]:
        """Return area code and address of registration: the home, another community, or another county."""
        if not away:
            return home.grid, home.address
        other = self.dice.choice(self.places)
        return (OUTSIDE, "远山县") if other is home.place or self.dice.random() < HALF else (other.code, other.name)

    def since(self) -> date:
        """Return a day within the last ten years."""
        return self.today - timedelta(days=self.dice.randrange(60, 3650))


def _family(base: DemoBase, town: _Town, home: _Home) -> None:
    """Let one family live in a flat: the house, the household, its people, and how they belong together."""
    dice, today = town.dice, town.today
    kind = dice.choices(range(len(FAMILIES)), [share for share, _ in FAMILIES])[0]
    rented, since = kind == TENANTS, town.since()
    _house(base, town, home, rented=rented)
    surname = dice.choice(words.SURNAMES[:60])
    people = []
    for kinship, sex, first, last in FAMILIES[kind][1]:
        own = surname if kinship in {"02", "20", "30", "51"} and not rented else ""
        people.append((f"P{town.number():07d}", kinship, sex, town.name(sex, own), town.birthday(first, last)))
    head = people[0]
    household = ("household", f"H{head[0]}")
    base.say(
        "police", "household", household[1], head_name=head[3], number=f"99{head[0][1:]}", size=len(people),
        kind="集体户" if rented else "家庭户", address=home.address, area_code=home.grid,
        registered_on=(today - timedelta(days=3000)).isoformat(),
    )  # fmt: skip
    base.tie("dwells_at", household, ("house", home.key), since)
    away = rented or dice.random() < 0.06  # noqa: PLR2004  a share: registered elsewhere
    for person in people:
        _person(base, town, home, person, household, away=away, rented=rented, alone=len(people) == 1, since=since)
    if not rented:
        base.tie("owns", ("person", head[0]), ("house", home.key), since)
    for person in people:
        if (today - person[4]).days < 18 * 365 and not rented:
            base.tie("guards", ("person", head[0]), ("person", person[0]), person[4])
    if dice.random() < 0.05:  # noqa: PLR2004  a share of homes with a dog
        _dog(base, town, home, head[0])


def _house(base: DemoBase, town: _Town, home: _Home, *, rented: bool) -> None:
    _, _, stair, room = home.key.split("-")
    base.say(
        "housing", "house", home.key, address=home.address, address_code=home.key, area_code=home.grid,
        estate=home.building.rstrip("0123456789栋"), unit_no=stair, floor=int(room[:-2]), room=room,
        area=town.dice.randrange(58, 142), use="1", built_year=town.dice.randrange(1992, 2020), gas="是",
        rented="是" if rented else "否", tenure="2" if rented else "1", structure="钢筋混凝土",
        building_no=home.key.split("-")[1],
    )  # fmt: skip
    block = home.key.rsplit("-", 2)[0]
    if room == "101" and stair == "1":
        base.say(
            "housing", "building", block, name=home.building, address=home.building, area_code=home.grid, floors=6,
            units=3, property_company="青禾物业服务有限公司",
        )  # fmt: skip
    base.tie("part_of", ("house", home.key), ("building", block), date(2015, 1, 1))


def _person(
    base: DemoBase, town: _Town, home: _Home, person: tuple[str, str, str, str, date], household: tuple[str, str],
    *, away: bool, rented: bool, alone: bool, since: date,
) -> None:  # fmt: skip
    key, kinship, sex, name, birthday = person
    dice, who, age = town.dice, ("person", key), (town.today - birthday).days // 365
    number = town.citizen_id(birthday, sex)
    base.people += 1
    paper, written = town.paper(home, away=away)
    base.say(
        "police", "person", key, name=name, sex=sex, birth_date=birthday.isoformat(), citizen_id=number,
        kinship=kinship, ethnic="01" if dice.random() < HAN else "15", education=_education(age),
        native_place="示例省示例市", registered_area_code=paper, registered_address=written,
    )  # fmt: skip
    grown = age >= 18  # noqa: PLR2004  of age
    if kinship in {"02", "12"}:
        base.adults.setdefault(home.place.code, []).append(key)
    base.say(
        "visits", "person", f"V{key[1:]}", name=name, citizen_id=number, phone=town.phone() if age >= 12 else "",  # noqa: PLR2004
        area_code=home.grid, address=home.address, same_place="02" if away else "01",
        marital=("20" if age >= 28 else "10") if grown else "", employer=_employer(dice, age),  # noqa: PLR2004
        lives_alone="是" if alone and age >= 60 else "", insured_medical="是", emergency_contact="",  # noqa: PLR2004
    )  # fmt: skip
    if dice.random() < 0.5:  # noqa: PLR2004  half were seen at their door
        base.verified.add(f"V{key[1:]}")
    if dice.random() < 0.03:  # noqa: PLR2004  a share
        base.say(
            "civil",
            "person",
            f"M{key[1:]}",
            name=name,
            citizen_id=number,
            low_income="是",
            marital="20" if grown else "",
        )
    if dice.random() < 0.02:  # noqa: PLR2004  a share
        base.say("disabled", "person", f"C{key[1:]}", name=name, citizen_id=number, disability_level="三级")
    base.tie("lives_in", who, ("house", home.key), max(since, birthday), tenure="2" if rented else "1")
    base.tie("member_of", who, household, max(since, birthday))
    if rented:
        base.tie("rents", who, ("house", home.key), since)
    elif not away:
        base.tie("registered_at", who, ("house", home.key), birthday)


def _dog(base: DemoBase, town: _Town, home: _Home, keeper: str) -> None:
    key = f"G{town.number():07d}"
    base.say(
        "visits", "thing", key, name=town.dice.choice(words.DOGS), type="犬只", number=key, address=home.address,
        area_code=home.grid, maker="", registered_on=town.since().isoformat(),
    )  # fmt: skip
    base.tie("keeps", ("person", keeper), ("thing", key), town.today - timedelta(days=400))


def _businesses(base: DemoBase, town: _Town, place: DemoPlace) -> None:
    """Let three small businesses work in a community, each with a fictional head and two employees from the people."""
    people = base.adults.get(place.code, [])
    for shop in town.dice.sample(words.SHOPS, 3):
        key = f"B{town.number():07d}"
        grid = town.dice.choice(place.grids)
        base.say(
            "market", "organisation", key, name=f"{place.name}{shop}", credit_code=town.credit_code(),
            type="个体工商户", industry="零售与居民服务",
            address=f"{town.dice.choice(place.estates)}沿街商铺{town.dice.randrange(1, 40)}号",
            area_code=grid, legal_person=town.name(MAN), phone=town.phone(), staff=3,
        )  # fmt: skip
        for number, worker in enumerate(town.dice.sample(people, min(3, len(people)))):
            bond = "works_at" if number else "operates"
            base.tie(bond, ("person", worker), ("organisation", key), town.since())


def _education(age: int) -> str:
    return "" if age < 6 else "80" if age < 13 else "70" if age < 16 or age > 60 else "20" if age < 40 else "60"  # noqa: PLR2004


def _employer(dice: Random, age: int) -> str:
    return "" if age < 20 else "退休" if age >= 62 else dice.choice(words.EMPLOYERS[:-1])  # noqa: PLR2004
