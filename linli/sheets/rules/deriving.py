"""What a column asks for, made of what the base holds 取数转换: layouts of days, words of codes, ages, sums, ranges.

A transform is data with a `kind` (see `transforms.KINDS`). A value that is not known stays not known; one that does not
fit its transform (a day that is no day) is left open as well: a gap is asked for, a wrong value is not seen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from itertools import groupby
from operator import contains, eq, ne
from sys import maxsize
from typing import Any

from linli.kernel import api as kernel
from linli.sheets.rules.conversions import NO, YES
from linli.sheets.rules.delivery.places import Value

Label = Callable[[str], str]
Rule = Callable[[Any], Value]
TEN_THOUSAND, MONTHS, NEW_ID, OLD_ID = 10_000, 12, 18, 15
_PER_YEAR = {"month": MONTHS, "year": 1}
OF_THE_ROW = frozenset({"sum", "difference", "ratio", "row_number"})
SAYS_NONE = frozenset({"无", "没有", "否", "不是", "未", "no"})  # words by which a value says that there is nothing
BEGINS_NONE = ("无", "没", "未", "不", "非", "丧失")  # 丧失劳动能力 is no, 无锡 is a city: whoever fills the form looks
_HOLDS: Mapping[str, Callable[[str, str], bool | None]] = {
    "=": eq, "!=": ne, "contains": contains, "known": lambda said, _wanted: _is_something(said),
    ">=": lambda said, wanted: Decimal(said) >= Decimal(wanted),
    ">": lambda said, wanted: Decimal(said) > Decimal(wanted),
    "<=": lambda said, wanted: Decimal(said) <= Decimal(wanted),
    "<": lambda said, wanted: Decimal(said) < Decimal(wanted),
}  # fmt: skip


def derived_rows(
    transforms: Sequence[Mapping[str, Any]], rows: Iterable[Sequence[Any]], *, on: date, labels: Sequence[Label]
) -> list[list[Value]]:
    """Return each row as the form asks for it, from one kept value for each column.

    `labels` give the words of a code, or the part of an area, column by column; `on` is the day of filling.
    """
    columns = list(zip(*rows, strict=True))
    return [list(row) for row in zip(*derived_columns(transforms, columns, on=on, labels=labels), strict=True)]


def derived_columns(
    transforms: Sequence[Mapping[str, Any]], columns: Sequence[Sequence[Any]], *, on: date, labels: Sequence[Label]
) -> list[list[Value]]:
    """Return the same column by column, which is quick for thousands of rows."""
    made = [_column(one, values, on=on, label=label)
            for one, label, values in zip(transforms, labels, columns, strict=False)]  # fmt: skip
    for at, one in enumerate(transforms if made else ()):
        if one["kind"] == "row_number":
            made[at] = _numbered(columns[at]) if one.get("restarts") else list(range(1, len(made[at]) + 1))
        elif one["kind"] in OF_THE_ROW and one["columns"]:
            parts = [made[other] for other in one["columns"]]
            made[at] = [_reckoned(one["kind"], values) for values in zip(*parts, strict=True)]
    return made


def _column(transform: Mapping[str, Any], values: Sequence[Any], *, on: date, label: Label) -> list[Value]:
    """Return one column; names and numbers, all different, are taken as they are kept."""
    if transform["kind"] == "text" and label is str and set(map(type, values)) <= {str, type(None)}:
        return [one or None for one in values]
    return list(map(rule_of(transform, on=on, label=label), values))


def rule_of(transform: Mapping[str, Any], *, on: date, label: Label = str) -> Rule:
    """Return what makes the value of one column; a memory keeps what was made, for most columns say the same."""
    make = _RULES.get(transform["kind"], _as_it_is)(transform, on, label)
    nothing = make(None) if transform["kind"] == "constant" else None
    known = kernel.Remembered(partial(_made, make), most=maxsize)
    known.update({None: nothing, "": nothing})  # nothing is made of nothing, but what is always the same
    return known.__getitem__


def _made(make: Rule, value: Any) -> Value:
    """Return what a rule makes of a value; nothing where it does not fit."""
    with suppress(ValueError, TypeError, ArithmeticError):
        return make(value)
    return None


def _numbered(blocks: Sequence[Any]) -> list[Value]:
    """Return the numbers of rows from 1, anew in each block."""
    numbers: list[Value] = []
    for _block, rows in groupby(blocks):
        numbers += range(1, len(list(rows)) + 1)
    return numbers


def _reckoned(kind: str, values: Sequence[Value]) -> Value:
    """Return what other columns of the row give together; nothing where one of them is not known, but for sums."""
    parts = [_number(value) for value in values]
    known = [one for one in parts if one is not None]
    if kind == "sum":
        return _plain(sum(known, Decimal(0))) if known else None
    if len(known) < len(parts):
        return None
    if kind == "difference":
        return _plain(known[0] - sum(known[1:], Decimal(0)))
    return _plain(round(known[0] / known[1], 4)) if known[1] else None


def _number(value: Value) -> Decimal | None:
    try:
        return None if value is None or isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        return None


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _as_it_is(_transform: Mapping[str, Any], _on: date, _label: Label) -> Rule:
    return lambda value: value


def _text(_transform: Mapping[str, Any], _on: date, label: Label) -> Rule:
    """Write words; a number stays one, so that the issuer's own sums count it."""

    def rule(value: Any) -> Value:
        if isinstance(value, str):
            return label(value)
        if isinstance(value, bool):
            return YES if value else NO
        return value if isinstance(value, int | float) else str(value)

    return rule


def _date(transform: Mapping[str, Any], _on: date, _label: Label) -> Rule:
    """Write the day as text where there is a layout; without one the issuer's cell says how it is shown."""
    layout = transform.get("layout", "")
    return (lambda value: _day(value).strftime(layout)) if layout else _day


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _code(transform: Mapping[str, Any], _on: date, label: Label) -> Rule:
    words = transform.get("words", {})
    if transform.get("write") == "code":
        return str
    return lambda value: words.get(label(str(value)), label(str(value)))


def _flag(transform: Mapping[str, Any], _on: date, _label: Label) -> Rule:
    """Say yes where the condition holds, no where the base says something else; what it does not know stays open."""
    yes, no = transform.get("yes") or YES, transform.get("no", NO)
    operator, wanted = transform.get("when") or ("=", "yes")
    holds, words = _HOLDS.get(operator), {True: yes, False: no, None: None}
    return (lambda value: words[holds(_said(value), wanted)]) if holds else _nothing


def _is_something(said: str) -> bool | None:
    if said in SAYS_NONE:
        return False
    return None if said.startswith(BEGINS_NONE) else True


def _said(value: Any) -> str:
    """Return a kept value as conditions name it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).strip()


def _nothing(_value: Any) -> Value:
    return None


def _id15(transform: Mapping[str, Any], _on: date, _label: Label) -> Rule:
    def rule(value: Any) -> str:
        check = kernel.check_citizen_id(str(value))
        number = check.canonical or str(value)
        is_old = transform.get("digits") == OLD_ID and len(number) == NEW_ID and number[6:8] == "19"
        return number[:6] + number[8:17] if is_old else number

    return rule


def _tail(transform: Mapping[str, Any], _on: date, _label: Label) -> Rule:
    return lambda value: str(value)[-int(transform.get("digits", 4)) :]


def _amount(transform: Mapping[str, Any], _on: date, _label: Label) -> Rule:
    """Write an amount in the unit and for the time of the column; `kept` and `kept_unit` say how the base keeps it.

    What is asked for a year stays open where nobody knows for which time it is kept; what is asked for a month is that
    which is paid out each month, as by use everywhere.
    """
    unit, kept_unit = (TEN_THOUSAND if transform.get(key) == "ten_thousand" else 1 for key in ("unit", "kept_unit"))
    per, kept = transform.get("per"), transform.get("kept")
    if per == "year" and not kept:
        return _nothing
    if not (per and kept) or per == kept:
        return lambda value: _plain(Decimal(str(value)) * kept_unit / unit)
    times = Decimal(_PER_YEAR[kept]) * kept_unit / _PER_YEAR[per] / unit
    return lambda value: _plain(round(Decimal(str(value)) * times, 2 if unit == 1 else 6))


def _age(transform: Mapping[str, Any], on: date, _label: Label) -> Rule:
    day = date.fromisoformat(transform["on"]) if transform.get("on") else on

    def rule(value: Any) -> int | None:
        born = _day(value)
        years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        return years if years >= 0 else None

    return rule


def _part(transform: Mapping[str, Any], _on: date, label: Label) -> Rule:
    def rule(value: Any) -> Value:
        check = kernel.check_citizen_id(str(value))
        if not check.valid:
            return None
        return check.birthday if transform.get("take") == "birth_date" else label(check.sex)

    return rule


def _range(transform: Mapping[str, Any], on: date, label: Label) -> Rule:
    """Look a number up; `of: age` says that the number is the age, reckoned from the day that is kept."""
    table = [(_number(begin), _number(below), word) for begin, below, word in transform["table"]]
    number_of: Rule = _age(transform, on, label) if transform.get("of") == "age" else str

    def rule(value: Any) -> Value:
        number = Decimal(str(number_of(value)))
        return next(
            (word for begin, below, word in table
             if (begin is None or begin <= number) and (below is None or number < below)), None,
        )  # fmt: skip

    return rule


def _area(_transform: Mapping[str, Any], _on: date, label: Label) -> Rule:
    return lambda value: label(str(value))


def _constant(transform: Mapping[str, Any], _on: date, _label: Label) -> Rule:
    return lambda _value: transform.get("value")


def _blank(_transform: Mapping[str, Any], _on: date, _label: Label) -> Rule:
    return _nothing


_RULES: Mapping[str, Callable[[Mapping[str, Any], date, Label], Rule]] = {
    "text": _text,
    "date": _date,
    "code": _code,
    "flag": _flag,
    "id15": _id15,
    "id18": _id15,
    "tail": _tail,
    "amount": _amount,
    "area": _area,
    "age": _age,
    "years_since": _age,
    "part": _part,
    "range": _range,
    "constant": _constant,
    "blank": _blank,
    **dict.fromkeys(OF_THE_ROW, _blank),
}
