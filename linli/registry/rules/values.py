"""What a source says about an element, made uniform: the value as it is kept, or a sentence about what is wrong."""

import re
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.masks import HIDDEN
from linli.trust import api as trust

Value = str | int | float | bool
LONGEST = 500
_DAY = re.compile(r"(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?")
_YEAR = re.compile(r"\d{4}")
_YES, _NO = {"1", "是", "有", "true", "yes"}, {"0", "2", "否", "无", "false", "no"}
_AREA = re.compile(r"\d{12}(?:\d{3}(?:\d{2})?)?")
_PHONE = re.compile(r"\+?[0-9][0-9 -]{5,18}")


class BadValueError(ValueError):
    """The value cannot be kept under its element; `sentence` says why."""

    def __init__(self, sentence: str | Promise) -> None:
        """Keep the sentence."""
        super().__init__(str(sentence))
        self.sentence = sentence


def clean_value(element: ElementInfo, raw: Any, *, codes: Collection[str] = (), today: date) -> Value | None:
    """Return the value as it is kept, None where nothing was said. Raises BadValueError.

    Dates are ISO days; ids and codes are upper case; a citizen id of 15 places becomes one of 18 (GB 11643).
    `codes` are the codes of the element's table.
    """
    text = str(raw).strip() if raw is not None else ""
    if not text:
        return None
    if is_mask(element, text):
        raise BadValueError(_("This is the mask of a value, not the value. What is kept stays as it is."))
    if len(text) > LONGEST:
        raise BadValueError(_("This is longer than 500 characters."))
    if element.type == "code":
        return _code(text, codes)
    if element.type == "date":
        return _day(text, date.max if element.may_lie_ahead else today)
    return _CLEAN[element.type](text)


def is_mask(element: ElementInfo, raw: Any) -> bool:
    """Tell whether this is what a page or a file shows in place of a value of the element, never the value itself."""
    text = str(raw).strip()
    if element.mask == "year":
        return HIDDEN in text or bool(_YEAR.fullmatch(text))
    return HIDDEN in text or (element.mask != "none" and trust.MASK_STAR in text)


def _code(text: str, codes: Collection[str]) -> str:
    if text not in codes:
        raise BadValueError(_("This code is not in the code table."))
    return text


def _day(text: str, latest: date) -> str:
    found = _DAY.fullmatch(re.split("[T ]", text, maxsplit=1)[0])
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise BadValueError(_("This is not a day; write it as 2026-01-31."))
    if day > latest:
        raise BadValueError(_("This day lies in the future."))
    return day.isoformat()


def _number(text: str) -> int | float:
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        raise BadValueError(_("This is not a number.")) from None
    return int(number) if number.is_integer() else number


def _flag(text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise BadValueError(_("Say yes or no."))
    return text.lower() in _YES


def _citizen_id(text: str) -> str:
    check = kernel.check_citizen_id(text)
    if not check.valid:
        raise BadValueError(check.problem)
    return check.canonical


def _credit_code(text: str) -> str:
    if not kernel.check_credit_code(text):
        raise BadValueError(_("This is no unified social credit code; one place is wrong."))
    return text.upper()


def _phone(text: str) -> str:
    if not _PHONE.fullmatch(text):
        raise BadValueError(_("This is no telephone number."))
    return text if text.isdigit() else "".join(filter(str.isdigit, text))


def _area(text: str) -> str:
    if not _AREA.fullmatch(text):
        raise BadValueError(_("A division has 12 digits, a grid 15 or 17."))
    return text


_CLEAN: dict[str, Callable[[str], Value]] = {
    "text": str,
    "number": _number,
    "flag": _flag,
    "citizen_id": _citizen_id,
    "credit_code": _credit_code,
    "phone": _phone,
    "area": _area,
}
