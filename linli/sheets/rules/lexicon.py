"""The words of forms: names of data elements, of the people a column may be about, and of what is counted.

They stand in `sample/`: `synonyms.csv` (kind "*": of whatever a row is about; no kind: nothing of the base; source
"supposed": no form of the test material says so), `cores.csv` (the word that an element goes by),
`roles.csv` (path "-": somebody whom the base does not know), `counts.csv`, `generic_names.csv`. They are the wording of
forms in general use, not taken from any standard: a county adds its own by confirming.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from linli.sheets.rules.labels import compared

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
ANY = "*"
LONGEST_WORD = 16
_ENDING = re.compile(
    r"(姓名|号码|编号|日期|时间|地址|电话|金额|人数|面积|情况|类别|类型|名称|数量|备注|等级|状况|关系|签字|签名|标准|原因"
    r"|单位|年月|账号|户数|总数|合计|小计|方式|性质|年份|年限|比例|项目|事项|意见|结果|措施|职务|证号|次数|套数|人口|年龄|信息)$"
)
_QUALIFIED = re.compile(r"原|曾|拟|意向|预|家属|亲属|子女|其他|更多|备用|变更|迁|租|联系人|申请|死|注册|配偶|父|母")
_BEGINNING = re.compile(r"^(是否|有无|其中)")


@dataclass(frozen=True, slots=True)
class Word:
    """One name of a data element. `transform` is written as "kind:setting".

    `is_plain`: forms have been seen to use it so, or it has the word in it that the element goes by (`cores.csv`).
    """

    kind: str
    element: str
    transform: str
    name: str
    is_plain: bool = True


@dataclass(frozen=True, slots=True)
class Role:
    """Whom a column is about: the path from the subject of the row; for some, what their name and telephone are."""

    subject: str
    name: str
    path: str
    name_element: str
    phone_element: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: records of a kind that meet a condition."""

    name: str
    of: str
    element: str
    operator: str
    value: str


@cache
def words() -> dict[str, tuple[Word, ...]]:
    """Return the names of data elements by their compared form."""
    found: dict[str, list[Word]] = {}
    for row in _rows("synonyms.csv"):
        name = compared(row["name"])
        core = _cores().get(f"{row['kind']}.{row['element']}")
        is_plain = row["source"] != "supposed" or bool(core and core.search(name) and not _QUALIFIED.search(name))
        found.setdefault(name, []).append(Word(row["kind"], row["element"], row["transform"], name, is_plain))
    return {name: tuple(some) for name, some in found.items()}


def alike_names(text: str, least: float) -> Iterator[tuple[str, float]]:
    """Yield the names of data elements that share more than `least` of their pairs of letters with a text."""
    pairs = _pairs(text)
    shared = Counter(name for pair in pairs for name in _names_by_pair().get(pair, ()))
    for name, count in shared.items():
        if (alike := 2 * count / (len(pairs) + len(_pairs(name)))) > least:
            yield name, alike


@cache
def _names_by_pair() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in words():
        for pair in _pairs(name):
            found.setdefault(pair, []).append(name)
    return {pair: tuple(names) for pair, names in found.items()}


def _pairs(text: str) -> frozenset[str]:
    padded = f"^{text}$"
    return frozenset(padded[place : place + 2] for place in range(len(padded) - 1))


@cache
def _cores() -> dict[str, re.Pattern[str]]:
    return {row["element"]: re.compile(row["pattern"]) for row in _rows("cores.csv")}


@cache
def roles(subject: str) -> dict[str, Role]:
    """Return the roles around a subject by their compared form, longest first."""
    rows = [row for row in _rows("roles.csv") if row["subject"] == subject]
    found = {compared(row["role"]): Role(subject, compared(row["role"]), row["path"], row["name"], row["phone"])
             for row in reversed(rows)}  # fmt: skip
    return dict(sorted(found.items(), key=lambda one: -len(one[0])))


@cache
def own_names() -> frozenset[str]:
    """Return what the person of a row is called in forms, such as 参保人 in 参保人姓名."""
    names = (word.name for some in words().values() for word in some if (word.kind, word.element) == ("person", "name"))
    return frozenset(name.removesuffix("姓名") for name in names if name.endswith("姓名") and len(name) > len("姓名"))


@cache
def counts() -> dict[str, Counted]:
    """Return what is counted by its compared form, longest first."""
    found = {}
    for row in _rows("counts.csv"):
        name = compared(row["name"])
        found[name] = Counted(name, row["of"], row["element"], row["operator"], row["value"])
    return dict(sorted(found.items(), key=lambda one: -len(one[0])))


@cache
def generic_names() -> frozenset[str]:
    """Return names that may mean several things, so that one of them alone makes nobody sure."""
    return frozenset(compared(row["name"]) for row in _rows("generic_names.csv"))


@cache
def role_names() -> frozenset[str]:
    """Return every role of any subject."""
    return frozenset(compared(row["role"]) for row in _rows("roles.csv"))


@cache
def is_header_word(text: str) -> bool:
    """Tell whether words are usual as the name of a column."""
    name = compared(text)
    if not name or len(name) > LONGEST_WORD:
        return False
    if name in words() or name in role_names() or name in counts():
        return True
    return len(name) > 2 and bool(_ENDING.search(name) or _BEGINNING.search(name))  # noqa: PLR2004  two are any word


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


__all__ = ["ANY", "Counted", "Role", "Word", "alike_names", "counts", "generic_names", "is_header_word", "own_names",
           "role_names", "roles", "words"]  # fmt: skip
