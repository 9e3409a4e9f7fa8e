"""From the segments of an address to its standard path: road or estate, number or building, unit, floor, room.

Two ways to write one place give one path: 三号楼, 3栋 and 3# are one building, 301室 and 301 one room, and the floor
of a room is read from its number where nobody wrote it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linli.regions.rules.address_model import Segment

__all__ = ["KINDS", "Step", "joined", "key_of", "path_of", "without_once"]

VILLAGE, GROUP, ROAD, NUMBER, ESTATE, PART = "village", "group", "road", "number", "estate", "part"
BUILDING, UNIT, FLOOR, ROOM = "building", "unit", "floor", "room"
KINDS = (VILLAGE, GROUP, ROAD, NUMBER, ESTATE, PART, BUILDING, UNIT, FLOOR, ROOM)
"""Kinds of nodes 地址节点类型, in the order in which they may follow each other."""

_KIND_OF_TAG = {
    "community": VILLAGE, "village": VILLAGE, "group": GROUP, "road": ROAD, "subroad": ROAD, "roadno": NUMBER,
    "poi": ESTATE, "subpoi": PART, "houseno": BUILDING, "cellno": UNIT, "floorno": FLOOR, "roomno": ROOM,
}  # fmt: skip
_ENDS = {
    VILLAGE: r"(村民委员会|村委会|村委|行政村|自然村|社区居委会|居委会|社区|村)$",
    GROUP: r"(村民小组|小组|组|队|社)$",
    NUMBER: r"(号院|号)$",
    ESTATE: r"小区$",
    BUILDING: r"(号楼|#楼|栋|幢|座|楼|号|#)$",
    UNIT: r"(单元|单|门|梯)$",
    FLOOR: r"(楼|层)$",
    ROOM: r"(号房间|房间|号房|号|室|房|户)$",
}
_WRITTEN = {BUILDING: "{}号楼", UNIT: "{}单元", FLOOR: "{}层", ROOM: "{}室", NUMBER: "{}号", GROUP: "{}组"}
_NUMERALS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMBER = re.compile(r"[零〇一二两三四五六七八九十]+")
_TEN, _LONGEST, _SHORTEST_STEM = 10, 100, 2
_ONCE = re.compile("原来的|原先的|原名|原|旧称|曾用名")
_FLAT = re.compile(r"([0-9]{1,2})[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Step:
    """One node of a path: its kind, its name as it is written, and the key under which it is the same."""

    kind: str
    name: str
    key: str


def path_of(segments: Sequence[Segment], *, within: str = "") -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """Return the path below a division called `within`, and the road and number by which its estate also goes.

    Where an estate is named, its road and number are another name for it and no part of the path. Words that are no
    place (电联, 对面, 100米) are left out.
    """
    steps: dict[str, Step] = {}
    for one in segments:
        kind = _KIND_OF_TAG.get(one.tag)
        if kind and kind not in steps and one.text != within and (step := _step(kind, one.text)):
            steps[kind] = step
    _add_floor(steps)
    ordered = tuple(steps[kind] for kind in KINDS if kind in steps)
    if ESTATE not in steps:
        return ordered, ()
    also = tuple(step for step in ordered if step.kind in {ROAD, NUMBER})
    return tuple(step for step in ordered if step not in also), also if len(also) > 1 else ()


def key_of(kind: str, name: str) -> str:
    """Return what makes two names of one kind the same: width, case, blanks, numerals and the word for the kind."""
    plain = "".join(unicodedata.normalize("NFKC", name).lower().split())
    stem = re.sub(_ENDS[kind], "", plain) if kind in _ENDS else plain
    if kind in {ESTATE, VILLAGE} and len(stem) < _SHORTEST_STEM:
        stem = plain
    whole = kind not in {ROAD, ESTATE, VILLAGE} and _NUMBER.fullmatch(stem.removeprefix("第"))
    stem = stem.removeprefix("第") if whole else stem
    return (_number(stem) if whole else _without_zeros(stem)) or plain


def without_once(key: str) -> str:
    """Return the key of the former name that a key speaks of: 原东风路 is 东风路; empty where it speaks of none."""
    found = _ONCE.match(key)
    rest = key[found.end() :] if found else ""
    return rest if len(rest) >= _SHORTEST_STEM else ""


def joined(names: Sequence[str]) -> str:
    """Return the names of a path as one address."""
    return "".join(names)


def _step(kind: str, text: str) -> Step | None:
    name = "".join(unicodedata.normalize("NFKC", text).split())[:_LONGEST]
    key = key_of(kind, name)
    if not key.strip("-,()#"):
        return None
    shape = _WRITTEN.get(kind)
    return Step(kind, shape.format(key) if shape and key.isdigit() and not name.endswith("弄") else name, key)


def _add_floor(steps: dict[str, Step]) -> None:
    """Read the floor of a room from its number: 1802 lies on floor 18."""
    if ROOM in steps and FLOOR not in steps and BUILDING in steps and (found := _FLAT.fullmatch(steps[ROOM].key)):
        floor = str(int(found[1]))
        steps[FLOOR] = Step(FLOOR, _WRITTEN[FLOOR].format(floor), floor)


def _without_zeros(stem: str) -> str:
    return "".join(_parts(stem))


def _parts(stem: str) -> Iterator[str]:
    for part in re.findall(r"[0-9]+|[^0-9]+", stem):
        yield str(int(part)) if part.isdigit() else part


def _number(numeral: str) -> str:
    """Return a number up to 99, or digits read one by one, in Arabic digits: 十二 12, 三〇一 301."""
    if "十" not in numeral:
        return str(int("".join(str(_NUMERALS[sign]) for sign in numeral)))
    tens, _ten, ones = numeral.partition("十")
    return str((_NUMERALS.get(tens, 1) if tens else 1) * _TEN + (_NUMERALS.get(ones, 0) if ones else 0))
