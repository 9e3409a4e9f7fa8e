"""Patients of the demo county whom no machine can tell from somebody else 存疑样例: what they say, and the truth.

They register without their card: one under a name that sounds the same, one with a wrong day, a son named as his father
at the same door, a twin. Nobody real is meant; the same base and seed give the same ones.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

EACH = 3  # of each kind, where the base is large enough
ADULT, APART = "1990", 27  # born before; years between father and son
_PAIRS = (
    "芳方 华花 英瑛 明铭 伟炜 军君 丽莉 强蔷 秀绣 兰岚 珍真 梅玫 红虹 霞遐 静敬 勇泳 涛滔 杰洁 平萍 文雯 玲铃 燕艳 "
    "浩皓 磊蕾 波玻 斌彬 林琳 志智 建健 国帼"
)
SOUNDS = {pair[0]: pair[1] for pair in _PAIRS.split()}
TWIN = "安康宁乐福"
CODES = {"sound": "T", "day": "R", "son": "Z", "twin": "B"}  # how their keys begin


@dataclass(frozen=True, slots=True)
class Doubt:
    """One such patient: what the row says, whom of the base it is like, and whether it is that person in truth."""

    key: str
    kind: str
    values: dict[str, Any]
    like: str
    is_one: bool


Made = Callable[[dict[str, Any], Random], dict[str, Any] | None]


def doubts(known: Sequence[Mapping[str, Any]], dice: Random) -> Iterator[Doubt]:
    """Yield such patients. `known` are adults: base_key, name, birth_date, sex, address and area_code of each."""
    taken: set[str] = set()
    chosen = sorted(known, key=lambda one: one["base_key"])
    dice.shuffle(chosen)
    for kind, (made, is_one) in KINDS.items():
        found = 0
        for one in chosen:
            if found < EACH and one["base_key"] not in taken and (values := made(dict(one), dice)):
                taken.add(one["base_key"])
                found += 1
                yield Doubt(f"{CODES[kind]}{one['base_key'][1:]}", kind, values, one["base_key"], is_one)


def _sounds_alike(one: dict[str, Any], _dice: Random) -> dict[str, Any] | None:
    """Write the name as it sounds, as a clerk did who asked for no address."""
    name = one["name"]
    other = "".join(SOUNDS.get(letter, letter) for letter in name[1:])
    return _said(one, name=name[0] + other, address="") if name[1:] != other else None


def _wrong_day(one: dict[str, Any], _dice: Random) -> dict[str, Any] | None:
    """Let day and month of birth change places, and leave the door out."""
    born = date.fromisoformat(one["birth_date"])
    if born.day > 12 or born.day == born.month:  # noqa: PLR2004  months
        return None
    return _said(one, birth_date=f"{born.year}-{born.day:02d}-{born.month:02d}", address="")


def _son(one: dict[str, Any], _dice: Random) -> dict[str, Any] | None:
    """Make a son who bears his father's name and lives at the same door."""
    born = date.fromisoformat(one["birth_date"])
    if one["sex"] != "1" or (born.month, born.day) == (2, 29):
        return None
    return _said(one, birth_date=born.replace(year=born.year + APART).isoformat())


def _twin(one: dict[str, Any], dice: Random) -> dict[str, Any] | None:
    """Make a twin: born on the same day, living at the same door, the names a character apart."""
    name, last = one["name"], dice.choice(TWIN)
    return _said(one, name=name[:-1] + last) if len(name) > 2 and name[-1] != last else None  # noqa: PLR2004  three characters


def _said(one: dict[str, Any], **other: str) -> dict[str, Any]:
    told = {code: one[code] for code in ("name", "birth_date", "address", "area_code")}
    return {**told, "citizen_id": "", "phone": "", "chronic_disease": "高血压", **other}


KINDS: Mapping[str, tuple[Made, bool]] = {
    "sound": (_sounds_alike, True), "day": (_wrong_day, True), "son": (_son, False), "twin": (_twin, False),
}  # fmt: skip
