"""The words of a header: how they are shown, and how they are compared."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_CJK = r"\u3400-\u9fff\u3000-\u303f\uff00-\uffef"
_LOOSE = re.compile(rf"(?<=[{_CJK}])\s+|\s+(?=[{_CJK}])")
_SPACES = re.compile(r"\s+")
_BRACKETS = re.compile(r"[(\[【〔{<《]([^()\[\]【】〔〕{}<>《》]*)[)\]】〕}>》]")
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.．](?!\d)|[①-⑳]|[A-Za-z]\d{1,3}[、.．])"
)
_PREFIXED = re.compile(r"^[(（【\[]([^()（）【】\[\]]{2,12})[)）】\]]\s*(\S{2,})$")
_MARKS = re.compile(r"[*★☆▲△●■□◆#_＿\"'“”]|[:：;；,，。.、]+$|^[:：;；,，。、\-—]+")
_JOINTS = re.compile(r"[/／\\|、\-—\s·]")
LABELS_KEPT = 16_384
_AMONG = re.compile(r"^其中[:：]?")
UNITS = {
    "元": "yuan", "人民币元": "yuan", "元/月": "yuan", "元/人": "yuan", "元/年": "yuan", "元/人/月": "yuan",
    "元/户": "yuan", "元/户/月": "yuan", "元/人月": "yuan", "元/人年": "yuan", "万元": "ten_thousand",
    "万元/年": "ten_thousand", "平方米": "square_metre", "㎡": "square_metre", "m2": "square_metre",
    "平米": "square_metre", "亩": "mu", "岁": "year", "周岁": "year", "人": "person", "户": "household", "套": "house",
    "间": "room", "小时": "hour", "次": "time", "个": "one", "家": "one", "处": "one", "年": "year", "月": "month",
    "%": "percent", "cm": "centimetre", "kg": "kilogram",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart: its bare words, and what stood in brackets, the unit among it."""

    bare: str
    notes: tuple[str, ...] = ()
    unit: str = ""


def shown(text: object) -> str:
    """Return a label as it is shown: without line breaks and the spaces that stretch Chinese words."""
    if isinstance(text, int | float):
        return str(text)
    joined = _LOOSE.sub("", _SPACES.sub(" ", str(text)).strip())
    return joined.strip()


@lru_cache(maxsize=LABELS_KEPT)
def taken_apart(text: str) -> Label:
    """Return the bare words of a label, in one writing, without numbering, marks, units and what stands in brackets."""
    whole = unicodedata.normalize("NFKC", text.replace("㎡", "平方米")).lower()
    whole = _NUMBERING.sub("", _SPACES.sub("", whole))
    notes = tuple(note for note in _BRACKETS.findall(whole) if note)
    bare = _BRACKETS.sub("", whole)
    if not _MARKS.sub("", bare):  # all of it stands in brackets
        bare, notes = (notes[0] if notes else bare), notes[1:]
    unit = next((UNITS[note] for note in map(_of_unit, notes) if note in UNITS), "")
    return Label(_AMONG.sub("", _MARKS.sub("", bare)) or bare, notes, unit)


def unfolded(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return a header path whose leaf "(代理人)姓名" is written as 代理人 above 姓名."""
    match = _PREFIXED.match(path[-1].strip())
    if not match or _NUMBERING.match(unicodedata.normalize("NFKC", path[-1].strip())):
        return path
    return (*path[:-1], match.group(1), match.group(2))


def bare(text: str) -> str:
    """Return the bare words of a label."""
    return taken_apart(text).bare


@lru_cache(maxsize=LABELS_KEPT)
def compared(text: str) -> str:
    """Return the bare words without joints, so that "村/社区" and "村、社区" are one."""
    return _JOINTS.sub("", bare(text))


def key_of(path: tuple[str, ...]) -> str:
    """Return a header path in one writing: what a confirmation is kept under."""
    return "/".join(filter(None, map(compared, path)))


def _of_unit(note: str) -> str:
    return note.removeprefix("单位").lstrip(":：")


__all__ = ["UNITS", "Label", "bare", "compared", "key_of", "shown", "taken_apart", "unfolded"]
