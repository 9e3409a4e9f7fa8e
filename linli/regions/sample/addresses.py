"""Addresses written by the project, with their segments: what the address model that ships is trained on.

Names of places are put together from pieces and lie in invented divisions; the shapes (an estate with phase, building,
unit and room; a village with group and door number; a crossing with direction and distance) are those of real letters.
"""

import random
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from linli.regions.rules.address_model import Segment
from linli.regions.rules.address_names import AddressNames
from linli.regions.sample.address_pieces import Pieces, words

__all__ = ["MODEL", "generated_addresses", "invented_names"]

MODEL = Path(__file__).parent / "address-model.npz"
"""The model that ships: trained by `linli learn_addresses` on `generated_addresses` alone."""

SEED, TOWNS, OF_A_CITY, OF_A_MUNICIPALITY = 20260101, 12, 3, 26
Division = tuple[str, str, str, tuple[str, ...]]


def generated_addresses(count: int, *, seed: int = SEED) -> Iterator[list[Segment]]:
    """Yield addresses as their segments: the same ones on every machine."""
    writer = Writer(Pieces(random.Random(seed)), list(_divisions().values()))  # noqa: S311  repeatable, not secret
    for _ in range(count):
        yield writer.address()


def invented_names() -> AddressNames:
    """Return the invented divisions of `generated_addresses` as an index of names."""
    return AddressNames(_rows())


def _rows() -> Iterator[tuple[str, str]]:
    for code, (province, city, county, towns) in _divisions().items():
        yield code[:2], province
        yield code[:4], city
        yield code, county
        yield from ((f"{code}{number:03d}", town) for number, town in enumerate(towns, 1))


@cache
def _divisions() -> dict[str, Division]:
    """Return six-digit code → province, city, county and its towns. Which lies where is as invented as the codes."""
    pieces = Pieces(random.Random(SEED))  # noqa: S311  repeatable, not secret
    provinces, known = words()["provinces"], words()
    cities = {}
    for number, name in enumerate([*(f"{stem}市" for stem in known["city_stems"]), *known["city_prefectures"]]):
        home, place = number % len(provinces), number // len(provinces) + 1
        cities[f"{home + 11}{place:02d}"] = (provinces[home], name, OF_A_CITY)
    for number, name in enumerate(known["municipalities"]):
        cities[f"{60 + number}01"] = (f"{name}市", f"{name}市", OF_A_MUNICIPALITY)
    return {
        f"{code}{number + 1:02d}": (province, city, pieces.make("county"), _towns(pieces))
        for code, (province, city, share) in cities.items()
        for number in range(share)
    }


def _towns(pieces: Pieces) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pieces.make("town") for _ in range(TOWNS)))


class Writer:
    """Writes one address after another."""

    def __init__(self, pieces: Pieces, divisions: Sequence[Division]) -> None:
        """Keep what addresses are put together from."""
        self.pieces, self.divisions = pieces, divisions
        self.parts: list[Segment] = []
        self.county = self.town = ""

    def address(self) -> list[Segment]:
        """Return the next address."""
        self.parts = []
        self._divisions_of_it()
        if self._happens(0.03):
            self._put("devzone", self._own_name(0.15) + self._piece("dev_zone"))
        if self._happens(0.38):
            self._road()
        elif self.town and self._happens(0.45):
            self._village()
        else:
            self._estate()
        self._perhaps(0.16, "redundant", "tails")
        return self.parts

    def _divisions_of_it(self) -> None:
        province, city, self.county, towns = self.pieces.dice.choice(self.divisions)
        if self._happens(0.035):
            self.county = self.pieces.dice.choice((city.removesuffix("市"), city, "")) + self._piece("zones")
        opening = (
            (0.01, "redundant", "中国"), (0.992, "prov", province.removesuffix("市")), (0.993, "city", city),
            (0.985, "district", self.county),
        )  # fmt: skip
        self.town = self.pieces.dice.choice(towns) if self._happens(0.57) else ""
        if self._happens(0.12):  # written by somebody who knows where we are
            return
        for share, tag, text in opening:
            if self._happens(share):
                self._put(tag, text)
        self._perhaps(0.09, "redundant", "redundant_after")
        self._put("town", self.town)
        self._perhaps(0.02, "redundant", "redundant_after")

    def _road(self) -> None:
        self._put("road", self._piece("road"))
        if self._happens(0.12):
            self._crossing()
        elif self._happens(0.42):
            self._put("roadno", self._piece("roadno"))
            if self._happens(0.4):
                self._house(in_estate=False)
                return
            if self._happens(0.25):
                return
        elif self._happens(0.06):
            self._put("direction", self._piece("direction"))
            self._perhaps(0.3, "distance", "distance")
        if self._happens(0.9):
            self._estate()

    def _crossing(self) -> None:
        if self._happens(0.85):
            if self._happens(0.85):
                self._put("redundant", "和" if self._happens(0.2) else "与")
            self._put("road", self._piece("road"))
        self._put("intersection", self._piece("intersection"))
        if self._happens(0.55):
            self._put("direction", self._piece("direction"))
            if self._happens(0.55):
                if self._happens(0.1):
                    self._put("redundant", "约")
                self._put("distance", self._piece("distance"))

    def _estate(self) -> None:
        self._perhaps(0.05, "poi", "poi_areas")
        self._put("poi", self._own_name(0.02) + self._piece("place"))
        if self._happens(0.24):
            self._put("subpoi", self._piece("sub"))
            self._perhaps(0.06, "subpoi", "sub")
        if self._happens(0.06):
            self._beside_it()
            return
        if self._happens(0.03):
            self._put("redundant", "(")
            self._put("poi", self._piece("near"))
            self._put("redundant", ")")
        if self._happens(0.76):
            self._house(in_estate=True)

    def _beside_it(self) -> None:
        kind = "assist" if self._happens(0.45) else "direction"
        self._put(kind, self._piece(kind))
        if kind == "direction":
            self._perhaps(0.3, "distance", "distance")
        self._perhaps(0.4, "poi", "near")
        if self._happens(0.25):
            self._house(in_estate=True)

    def _village(self) -> None:
        first = "community" if self._happens(0.5) else "village"
        self._put(first, self._piece("village"))
        if first == "community":
            self._perhaps(0.3, "village", "settlement")
        self._perhaps(0.2, "group", "group")
        if self._happens(0.12):
            self._put("road", self._piece("road"))
            self._perhaps(0.7, "roadno", "roadno")
        elif self._happens(0.36):
            self._put("houseno", self._piece("door"))
        elif self._happens(0.12):
            self._estate()
        elif self._happens(0.1):
            self._house(in_estate=True)
        else:
            self._perhaps(0.06, *(("assist", "assist") if self._happens(0.4) else ("direction", "direction")))

    def _house(self, *, in_estate: bool) -> None:
        """Add building, unit, floor and room, in words or as numbers with signs between them."""
        if self._happens(0.14):
            self._numbers()
            return
        self._perhaps(0.93 if in_estate else 0.35, "houseno", "building")
        if self._happens(0.09):
            self._put("redundant", "-")
        if self._happens(0.5 if in_estate else 0.12):
            self._put("cellno", self._piece("unit"))
            if self._happens(0.05):
                self._put("redundant", "-")
        if self._happens(0.08 if in_estate else 0.2):
            self._put("floorno", self._piece("floor"))
            self._perhaps(0.45, "roomno", "side" if self._happens(0.7) else "room")
        else:
            self._perhaps(0.86 if in_estate else 0.6, "roomno", "room")

    def _numbers(self) -> None:
        if self._happens(0.08):
            first = "一".join(self._piece("n") for _ in range(self.pieces.dice.randint(1, 2)))
            self._put("roomno", f"{first}一{self._piece('flat')}")
            return
        sign = self._piece("sign")
        self._put("houseno", self._piece("n"))
        if self._happens(0.67):
            self._put("redundant", sign)
            self._put("cellno", self._piece("n"))
        self._put("redundant", sign)
        self._put("roomno", self._piece("flat") + ("室" if self._happens(0.25) else ""))

    def _own_name(self, share: float) -> str:
        """Return, now and then, the county or town again: 柳城县人民医院."""
        return self.pieces.dice.choice((self.county, self.town)) if self._happens(share) else ""

    def _perhaps(self, share: float, tag: str, piece: str) -> None:
        if self._happens(share):
            self._put(tag, self._piece(piece))

    def _put(self, tag: str, text: str) -> None:
        if text:
            self.parts.append(Segment(text, tag))

    def _piece(self, name: str) -> str:
        return self.pieces.make(name)

    def _happens(self, share: float) -> bool:
        return self.pieces.happens(share)
