"""Where the names of divisions stand in an address: from the province down, each looked for within the one above."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

__all__ = ["MARKS", "AddressNames"]

MARKS = {"prov": 1, "city": 3, "district": 5, "town": 7, "town?": 9}
Span = tuple[int, int, str]
_GROUPS = frozenset(
    {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
)  # rows that group and name nothing
_MUNICIPALITY = "市"
_PEOPLES = ("壮族", "回族", "维吾尔")
_TOWN_ENDS = ("街道办事处", "街道", "镇", "乡")
_SHORTEST, _LOOSE = 2, 3
_PROVINCE, _CITY, _COUNTY, _STREET = 2, 4, 6, 9  # digits of a code
_LEVEL = {_PROVINCE: "prov", _CITY: "city", _COUNTY: "district"}


class AddressNames:
    """The division tables as an index of names, built once and then only read.

    Rows are (code, name): 2 digits a province, 4 a city, 6 a county, 9 a street.
    """

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        """Index names by the code above them."""
        self._below: dict[str, dict[str, str]] = defaultdict(dict)
        self._towns: dict[str, list[tuple[str, str]]] = defaultdict(list)
        table = dict(rows)
        for code, name in sorted(table.items()):
            if name not in _GROUPS:
                self._add(code, name)
        self._firsts = {name: code for code, name in self._anywhere(table)}
        for towns in self._towns.values():
            towns.sort(key=lambda town: -len(town[0]))

    def __bool__(self) -> bool:
        """Tell whether anything is known."""
        return bool(self._firsts)

    def spans(self, address: str) -> list[Span]:
        """Return (start, end, mark) of the divisions that the address opens with, and of a town that follows."""
        at = 2 if address.startswith("中国") else 0
        found: list[Span] = []
        within = ""
        while step := self._next(address, at, within):
            end, code, mark = step
            found.append((at, end, mark))
            at, within = end, code
            if mark == "district":
                break
        return found + self._town(address, at, within)

    def _next(self, address: str, at: int, within: str) -> tuple[int, str, str] | None:
        names = self._below.get(within, {})
        for size in range(min(14, len(address) - at), _SHORTEST - 1, -1):
            name = address[at : at + size]
            code = names.get(name) or (self._firsts.get(name) if not within else None)
            if code:
                return at + size, code, _LEVEL[len(code)]
        return None

    def _town(self, address: str, at: int, county: str) -> list[Span]:
        for name, mark in self._towns.get(county, ()):
            place = address.find(name, at)
            if at <= place and (mark == "town" or place == at):
                return [(place, place + len(name), mark)]
        return []

    def _add(self, code: str, name: str) -> None:
        if len(code) == _PROVINCE:
            for form in _province_forms(name):
                self._below[""][form] = code
                if name.endswith(_MUNICIPALITY):
                    self._below[code][name] = code + "01"
        elif len(code) == _CITY:
            self._below[code[:2]][name] = code
        elif len(code) == _COUNTY:
            for above in (code[:4], code[:2], code[:2] + "01" if code[2:4] == "02" else code[:4]):
                self._below[above].setdefault(name, code)
        elif len(code) == _STREET:
            self._towns[code[:6]] += _town_forms(name)

    @staticmethod
    def _anywhere(table: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Yield what an address may open with when it leaves the province out: cities, and counties named once."""
        counts: dict[str, int] = defaultdict(int)
        for name in table.values():
            counts[name] += 1
        for code, name in table.items():
            if name not in _GROUPS and len(code) in {_CITY, _COUNTY} and counts[name] == 1:
                yield code, name


def _province_forms(name: str) -> Iterator[str]:
    yield name
    if name.endswith("自治区"):
        short = name[:-3]
        for people in _PEOPLES:
            short = short.removesuffix(people)
        yield short
        yield short + "省"
    else:
        yield name.removesuffix("省").removesuffix("市")


def _town_forms(name: str) -> Iterator[tuple[str, str]]:
    written = name.removesuffix("办事处")
    yield written, "town"
    for end in _TOWN_ENDS:
        stem = written.removesuffix(end)
        if stem != written:
            yield from (
                (stem + other, "town") for other in ("街道", "镇", "乡") if other != end and len(stem) >= _SHORTEST
            )
            if len(stem) >= _LOOSE:
                yield stem, "town?"
            return
