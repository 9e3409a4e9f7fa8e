"""How money is written: in which unit, for which time, and in what the base keeps it 金额换算: 元、万元，按月、按年."""

import re
from collections.abc import Sequence

from linli.sheets.rules.transforms import Transform, made

_EACH = (("month", re.compile(r"[/／每]\s*(?:人\s*)?月")), ("year", re.compile(r"[/／每]\s*(?:人\s*)?年")))
_TIME = (
    ("month", re.compile(r"(?<![\d一二三四五六七八九十])月(?![份日底末初])")),
    ("year", re.compile(r"(?<![\d一二三四五六七八九十本当上全去今])年(?![度份龄底末初])|全年|本年|当年")),
)
_TEN_THOUSAND = re.compile(r"万元")


def amount(path: Sequence[str], hint: str, unit: str, kept_as: str) -> Transform:
    """Return how an amount is written in a column. `kept_as` is the name of the element: it says how it is kept."""
    per, kept = period_of(path[-1]) or period_of(hint), period_of(kept_as)
    settings = {"unit": unit, "per": per}
    if kept:
        settings["kept"] = kept
    if _TEN_THOUSAND.search(kept_as):
        settings["kept_unit"] = "ten_thousand"
    return made("amount", **settings)


def period_of(words: str) -> str:
    """Return for which time an amount of this name is: month, year; "" where it does not say, or says both."""
    for signs in (_EACH, _TIME):
        found = [period for period, sign in signs if sign.search(words)]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def differs(path: Sequence[str], kept_as: str) -> bool:
    """Tell whether a column asks for another time than an element is kept for."""
    per, kept = period_of(path[-1]), period_of(kept_as)
    return bool(per and kept and per != kept)


__all__ = ["amount", "differs", "period_of"]
