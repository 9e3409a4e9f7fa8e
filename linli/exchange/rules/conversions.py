"""What stands in a cell, made into what an element takes: days in many layouts, names of codes, widths, amounts."""

import csv
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONVERSIONS: Mapping[str, str | Promise] = {
    "text": _("text"),
    "day": _("day, in any layout"),
    "code": _("name of a code"),
    "number": _("number or amount"),
    "flag": _("yes or no"),
    "citizen_id": _("id number, 15 or 18 places"),
    "phone": _("telephone"),
    "plain": _("as it is"),
}
OF_TYPE = {
    "text": "text", "date": "day", "code": "code", "number": "number", "flag": "flag", "citizen_id": "citizen_id",
    "phone": "phone", "credit_code": "plain", "area": "plain",
}  # fmt: skip
NOTHING = frozenset({"", "-", "--", "—", "/", "\\", "无", "暂无", "不详", "未知", "空", "null", "none", "nan", "n/a"})
EPOCH = date(1899, 12, 30)  # day 0 of a workbook
WAN = 10_000
ENDS = ("族", "性", "教育")
OTHER_WORDS = Path(__file__).resolve().parents[1] / "sample" / "code_words.csv"
_YMD = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?(?:[T\s].*)?")
_DMY = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")
_SERIAL = re.compile(r"[1-6]\d{4}(?:\.\d+)?")
_AMOUNT = re.compile(r"[¥￥]?\s*(-?[\d,]*\.?\d+)\s*(万)?\s*(?:元|人|户|岁|㎡|m2|平方米)?(?:整)?")
_SPACES = re.compile(r"\s+")
_YES = {"是", "有", "y", "yes", "true", "1", "√", "✓", "享受", "在册", "已参保", "参保"}
_NO = {"否", "无", "没有", "n", "no", "false", "0", "2", "×", "x", "不享受", "未参保"}
Convert = Callable[[str], str]


def converter(conversion: str, codes: Sequence[tuple[str, str]] = ()) -> Convert:
    """Return the function that converts one cell; what it does not understand it returns as it came.

    `codes` are (code, name) pairs of the element's table.
    """
    if conversion == "code":
        return _code_reader(codes)
    return _CONVERT[conversion]


@cache
def other_words(table: str) -> tuple[tuple[str, str], ...]:
    """Return (code, word) pairs that people write instead of the names in a code table."""
    with OTHER_WORDS.open(encoding="utf-8", newline="") as file:
        return tuple((row["code"], row["word"]) for row in csv.DictReader(file) if row["table"] == table)


def narrow(text: str) -> str:
    """Return the text in half width, without spaces at its ends; what says "nothing" is empty."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    plain = plain.strip()
    return "" if plain.lower() in NOTHING else plain


def day(text: str) -> str:
    """Return a day in any usual layout as ISO. 3/4/2020 could be two days, so it stays as it is."""
    plain = narrow(text)
    if found := _YMD.fullmatch(plain) or _EIGHT.fullmatch(plain):
        return _iso(found[1], found[2], found[3]) or plain
    if found := _DMY.fullmatch(plain):
        first, second = int(found[1]), int(found[2])
        if first > 12 >= second:  # noqa: PLR2004  months
            return _iso(found[3], found[2], found[1]) or plain
        if second > 12 >= first or first == second:  # noqa: PLR2004  months
            return _iso(found[3], found[1], found[2]) or plain
        return plain
    if _SERIAL.fullmatch(plain):
        return (EPOCH + timedelta(days=int(float(plain)))).isoformat()
    return plain


def _iso(year: str, month: str, number: str) -> str:
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError:
        return ""


def _text(text: str) -> str:
    return _SPACES.sub(" ", narrow(text))


def _number(text: str) -> str:
    plain = narrow(text)
    found = _AMOUNT.fullmatch(plain)
    if not found:
        return plain
    value = float(found[1].replace(",", "")) * (WAN if found[2] else 1)
    return str(int(value)) if value.is_integer() else str(round(value, 6))


def _flag(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if plain in _YES:
        return "是"
    return "否" if plain in _NO else plain


def _citizen_id(text: str) -> str:
    plain = narrow(text).upper().replace(" ", "").lstrip("'`‘’")
    return plain.replace("×", "X").replace("Ｘ", "X")


def _phone(text: str) -> str:
    plain = re.split(r"[,;/、，；]", narrow(text))[0].strip()
    plain = plain.removesuffix(".0")
    return plain.removeprefix("+86").removeprefix("86-").strip(" -")


def _code_reader(codes: Sequence[tuple[str, str]]) -> Convert:
    """Return a reader that knows codes, their names also without their usual ends, and codes that lost their zeros."""
    known: dict[str, str] = {}
    for code, name in codes:
        for word in (name, *(name.removesuffix(end) for end in ENDS), code.lstrip("0") or "0"):
            known.setdefault(word, code)
    known |= {code: code for code, _name in codes}

    def read(text: str) -> str:
        plain = narrow(text)
        return known.get(plain) or known.get(_SPACES.sub("", plain)) or plain

    return read


_CONVERT: Mapping[str, Convert] = {
    "text": _text, "day": day, "number": _number, "flag": _flag, "citizen_id": _citizen_id, "phone": _phone,
    "plain": narrow,
}  # fmt: skip
