"""Places in messages that write districts as codes (A7县): the codes are learned, then street and county are told.

Masked files, and those of some hotlines, replace the name of a district by a letter and a number. What a code means is
learned from the messages themselves: the streets and towns that are named beside it lie in the district it means. One
code means one district and one district has one code. What the text does not tell is None; nothing is guessed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from linli.regions.rules.names import community_forms, street_forms

__all__ = ["Divisions", "PlaceReader", "Told", "learn_codes", "own_city"]

CODE = re.compile(r"(?<![A-Za-z0-9])([A-Z]\d{1,2})(?=[区县市])")
END = re.compile("街道|镇|乡|社区|村|居委会|园|开发区|林场|农场")
SUFFIXES = ("街道", "镇", "乡")
ROAD = re.compile("(?<=..)[街路]$")  # 坡子街街道 is often written 坡子街道
NOT_FIRST = frozenset("市区县镇的")
CITY, COUNTY, STREET = 4, 6, 9
LONGEST, SHORTEST = 14, 3
ENOUGH = 2.0  # streets named beside a code before its meaning is believed
CLEAR = 0.5  # of all streets named beside it, this part lies in the district


@dataclass(frozen=True, slots=True)
class Told:
    """What a message tells: the 9-digit code of a street and the 6-digit code of a county, or None."""

    street: str | None
    county: str | None


class Divisions:
    """Names by code: 6 digits a county, 9 a street, 12 a community."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """Index the full forms of every street and community by name; a form holds the streets it may mean."""
        self.counties = sorted({code[:COUNTY] for code in names})
        self.streets: dict[str, set[str]] = defaultdict(set)
        self.communities: dict[str, set[str]] = defaultdict(set)
        for code, name in names.items():
            if len(code) == STREET:
                self.streets[name].add(code)
            elif len(code) > STREET:
                for form, certain in community_forms(name):
                    if certain:
                        self.communities[form].add(code[:STREET])
        self._names = dict(names)

    def within(self, city: str) -> "Divisions":
        """Return the divisions of one city, by its first four digits, with the other forms of their streets' names."""
        inside = Divisions({code: name for code, name in self._names.items() if code.startswith(city)})
        for name, codes in list(inside.streets.items()):
            for stem in (form for form, certain in street_forms(name) if not certain):
                for form in (*(stem + suffix for suffix in SUFFIXES), f"{ROAD.sub('', stem)}街道"):
                    inside.streets.setdefault(form, codes)
        return inside


def own_city(texts: Iterable[str], divisions: Divisions) -> str | None:
    """Return the first four digits of the city whose streets the texts name most; each name counts once."""
    met = {name for text in texts for name in _said(text, divisions.streets)}
    votes: dict[str, float] = defaultdict(float)
    for name in met:
        cities = {code[:CITY] for code in divisions.streets[name]}
        for city in cities:
            votes[city] += 1 / len(cities)
    return max(sorted(votes), key=lambda city: votes[city], default=None)


def learn_codes(texts: Iterable[str], divisions: Divisions) -> dict[str, str]:
    """Return code to county, as far as the streets named beside the codes tell it."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for text in texts:
        codes = set(CODE.findall(text))
        if len(codes) == 1:
            for name in set(_said(text, divisions.streets)):
                counties = {street[:COUNTY] for street in divisions.streets[name]}
                for county in counties:
                    votes[min(codes)][county] += 1 / len(counties)
    return _one_to_one(votes, divisions.counties) if votes else {}


def _one_to_one(votes: Mapping[str, Mapping[str, float]], counties: Sequence[str]) -> dict[str, str]:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415  slow to import

    codes = sorted(votes)
    table = np.array([[votes[code].get(county, 0.0) for county in counties] for code in codes])
    rows, columns = linear_sum_assignment(-table)
    believed = (table[rows, columns] >= ENOUGH) & (table[rows, columns] >= CLEAR * table[rows].sum(axis=1))
    return {codes[row]: counties[column] for row, column in zip(rows[believed], columns[believed], strict=True)}


class PlaceReader:
    """Tells street and county of one message after another."""

    def __init__(self, divisions: Divisions, codes: Mapping[str, str]) -> None:
        """Take the divisions of one city; `codes` is code to county."""
        self._divisions = divisions
        self._codes = codes

    def read(self, title: str, body: str) -> Told:
        """Return what the message tells. The title speaks first; a street outside its district is not believed."""
        county = self._county(title, body)
        if county is None and CODE.search(f"{title} {body}"):
            return Told(None, None)  # another city, or a code that nobody explained
        streets = (found for find in (self._street, self._community, self._variant) for text in (title, body)
                   if (found := find(text, county)))  # fmt: skip
        street = next(streets, None)
        return Told(street, street[:COUNTY] if street else county)

    def _county(self, title: str, body: str) -> str | None:
        for text in (title, body):
            said = [self._codes[code] for code in CODE.findall(text) if code in self._codes]
            if said:
                return Counter(said).most_common(1)[0][0]
        return None

    def _street(self, text: str, county: str | None) -> str | None:
        return _first(_said(text, self._divisions.streets), self._divisions.streets, county)

    def _community(self, text: str, county: str | None) -> str | None:
        """Return the street of a community that is named in full; only where a district is named, too."""
        return _first(_said(text, self._divisions.communities), self._divisions.communities, county) if county else None

    def _variant(self, text: str, county: str | None) -> str | None:
        """Return the one street of the county whose name is written with one other character: 榔梨街道 for 㮾梨街道."""
        if not county:
            return None
        said = set(_endings(text, SUFFIXES))
        alike = {code for name, codes in self._divisions.streets.items() for code in codes
                 if code.startswith(county) and any(_one_apart(name, one) for one in said)}  # fmt: skip
        return min(alike) if len(alike) == 1 else None


def _first(names: Iterable[str], known: Mapping[str, set[str]], county: str | None) -> str | None:
    """Return the first name that means one street, in the county where one is named."""
    for name in names:
        streets = {code for code in known[name] if code.startswith(county or "")}
        if len(streets) == 1:
            return min(streets)
    return None


def _said(text: str, known: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield the known names in the order in which the text says them, the longest at each place."""
    for found in END.finditer(text):
        for start in range(max(found.end() - LONGEST, 0), found.end() - 1):
            if text[start : found.end()] in known:
                yield text[start : found.end()]
                break


def _endings(text: str, suffixes: Sequence[str]) -> Iterator[str]:
    for found in END.finditer(text):
        if found.group() in suffixes:
            for start in range(max(found.start() - LONGEST, 0), found.start() - 1):
                if text[start] not in NOT_FIRST:
                    yield text[start : found.end()]


def _one_apart(one: str, other: str) -> bool:
    if len(one) != len(other) or len(one) <= SHORTEST:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1
