"""Ranges that a drop-down list or a hint shows, 60-69岁、80岁及以上, as a table in which a number is looked up."""

import re
from collections.abc import Sequence

from linli.sheets.rules.labels import taken_apart

Range = tuple[float | None, float | None, str]  # from, below, the form's own words
_NUMBER = r"(\d+(?:\.\d+)?)\s*(万)?"
_UNIT = r"(?:周?岁|元|人|平方米|㎡|m2|亩|年|个|次|小时|平米)?"
_BETWEEN = re.compile(rf"^{_NUMBER}{_UNIT}(?:\(含\))?[-~—－–至到]+{_NUMBER}{_UNIT}(?:\(含\)|\(不含\))?$")
_FROM = re.compile(rf"^{_NUMBER}{_UNIT}(?:\(含\))?(?:及|或)?(?:以上|之上)$|^(?:大于|超过|满|年满){_NUMBER}{_UNIT}$")
_UP_TO = re.compile(rf"^{_NUMBER}{_UNIT}(\(含\))?(及|或)?(?:以下|以内)$|^(?:小于|不满|未满|低于|不足){_NUMBER}{_UNIT}$")
_JOINTS = re.compile(r"[/／、,，;；|]|\s{1,}")
FEWEST = 2


def ranges_of(choices: Sequence[str], hint: str = "") -> tuple[Range, ...]:
    """Return the ranges of a drop-down list, else those of a hint; nothing where other words stand among them."""
    listed = [one.strip() for one in choices if one.strip()]
    told = [one for one in _JOINTS.split(hint) if one]
    return _table(listed) if listed else _table(told)


def is_of_ages(ranges: Sequence[Range]) -> bool:
    """Tell whether the words of ranges say that they are ages."""
    return any("岁" in word for _from, _below, word in ranges)


def _table(told: Sequence[str]) -> tuple[Range, ...]:
    found = [_range(word) for word in told]
    known = [one for one in found if one]
    if len(known) < FEWEST or len(known) < len(found):
        return ()
    begins = {low for low, _high, _closed, _word in known if low is not None}
    return tuple((low, _below(high, begins, is_closed=closed), word) for low, high, closed, word in known)


def _range(word: str) -> tuple[float | None, float | None, bool, str] | None:
    """Return from, to, whether the end is certainly within, and the words."""
    plain = taken_apart(word.replace("(含)", "").replace("（含）", "")).bare or word
    if match := _BETWEEN.match(plain):
        many = match[4] or match[2]  # "1-3万": both
        return _number(match[1], match[2] or many), _number(match[3], many), True, word
    if match := _FROM.match(plain):
        return _number(match[1] or match[3], match[2] or match[4]), None, True, word
    if match := _UP_TO.match(plain):
        if match[5]:
            return None, _number(match[5], match[6]), False, word
        return None, _number(match[1], match[2]), bool(match[3] or match[4]), word
    return None


def _below(high: float | None, begins: set[float], *, is_closed: bool) -> float | None:
    """Return where a range ends: before what the next one begins with, else behind its own last number."""
    if high is None or high in begins or not is_closed:
        return high
    return high + 1


def _number(text: str, many: str | None) -> float:
    number = float(text) * (10_000 if many else 1)
    return int(number) if number.is_integer() else number


__all__ = ["Range", "is_of_ages", "ranges_of"]
