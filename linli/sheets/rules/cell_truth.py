"""What a cell of a filled form should say of one value of the base, by rules that do not ask those who filled it."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

Label = Callable[[str], str]
SHORTEST_DAY, TEN_THOUSAND = 6, 10_000  # digits of a year and a month
CENT = Decimal("0.005")
_NO = frozenset({"no", "0", "false", "无", "没有", "否", "不是", "未"})


def is_true(cell: Any, value: Any, how: Mapping[str, Any], *, on: date, label: Label) -> bool:
    """Tell whether a cell says what the base says, written as the conversion `how` wants it, on a day."""
    rule = _RULES.get(str(how["kind"]), _words)
    return value not in {None, ""} and rule(cell, value, how, on, label)


def _words(cell: Any, value: Any, _how: Mapping[str, Any], _on: date, label: Label) -> bool:
    said = str(cell).strip()
    if isinstance(value, bool):
        return said == ("是" if value else "否")
    return said in {str(value), label(str(value))} or _same_number(said, value)


def _same_number(cell: Any, value: Any) -> bool:
    try:
        return Decimal(str(cell)) == Decimal(str(value))
    except InvalidOperation:
        return False


def _day(cell: Any, value: Any, _how: Mapping[str, Any], _on: date, _label: Label) -> bool:
    written = cell.strftime("%Y%m%d") if isinstance(cell, date | datetime) else re.sub(r"\D", "", str(cell))
    return len(written) >= SHORTEST_DAY and re.sub(r"\D", "", str(value)).startswith(written)


def _age(cell: Any, value: Any, how: Mapping[str, Any], on: date, _label: Label) -> bool:
    day, born = date.fromisoformat(how["on"]) if how.get("on") else on, str(value)[:10]
    years = day.year - int(born[:4])
    return int(cell) == years - (f"{day:%m-%d}" < born[5:])


def _code(cell: Any, value: Any, how: Mapping[str, Any], _on: date, label: Label) -> bool:
    """Labels may be shortened to the words of the form: 男 for 男性, 丧偶 for itself."""
    said, called = str(cell), label(str(value))
    if how.get("write") == "code":
        return said == str(value)
    return said == called or how.get("words", {}).get(called) == said


def _flag(cell: Any, value: Any, how: Mapping[str, Any], _on: date, _label: Label) -> bool:
    """Yes and no are both statements: each is right only where the condition of the column says so."""
    answer = _answer(value, *how.get("when", ("", "")))
    words = {True: how["yes"], False: how["no"], None: None}[answer]
    return words is not None and str(cell) == str(words)


def _answer(value: Any, sign: str, wanted: str) -> bool | None:
    """Return whether a value meets a condition; None where the judge does not know such a condition."""
    is_no = value is False or str(value).strip().lower() in _NO
    match sign:
        case "":
            return not is_no
        case "known":
            return False if is_no else None if str(value)[0] in "无没未不非丧" else True
        case "=" | "!=":
            same = (not is_no) == (wanted == "yes") if wanted in {"yes", "no"} else str(value) == wanted
            return same == (sign == "=")
        case "contains":
            return str(value).find(wanted) >= 0
        case "<" | "<=" | ">" | ">=":
            number, limit = float(value), float(wanted)
            return (number < limit) == (sign[0] == "<") if number != limit else sign.endswith("=")
    return None


def _amount(cell: Any, value: Any, how: Mapping[str, Any], _on: date, _label: Label) -> bool:
    """Both sides are brought to yuan of a year, or of what is not said; a cent more or less is right."""
    asked, held = how.get("per", ""), how.get("kept", "")
    if asked == "year" and not held:
        return False
    yuan = {"ten_thousand": TEN_THOUSAND}
    months = {"month": 12} if asked and held else {}
    said = Decimal(str(cell)) * yuan.get(how.get("unit", ""), 1)
    known = Decimal(str(value)) * yuan.get(how.get("kept_unit", ""), 1)
    return abs(said * months.get(asked, 1) - known * months.get(held, 1)) <= CENT * months.get(asked, 1)


def _area(cell: Any, value: Any, how: Mapping[str, Any], _on: date, label: Label) -> bool:
    """`label` names the division or grid that a code alone stands for."""
    digits = {"province": 2, "city": 4, "county": 6, "street": 9, "community": 12, "grid": 17}.get(how.get("level", ""))
    if digits:
        return str(cell) == label(str(value)[:digits])
    return label(str(value)) in str(cell)


_RULES: Mapping[str, Callable[[Any, Any, Mapping[str, Any], date, Label], bool]] = {
    "date": _day, "age": _age, "code": _code, "flag": _flag, "amount": _amount, "area": _area,
}  # fmt: skip
