"""Columns that are reckoned rather than asked for: row numbers, ages, sums of other columns, yes and no."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from linli.sheets.rules.conversions import flag_words, of_day
from linli.sheets.rules.grids import column_of
from linli.sheets.rules.labels import compared
from linli.sheets.rules.layouts import Column, Table
from linli.sheets.rules.lexicon import counts
from linli.sheets.rules.meanings import DEFAULT_HOPS, role_of
from linli.sheets.rules.ranges import is_of_ages, ranges_of
from linli.sheets.rules.transforms import Transform, made

CERTAIN, SURELY, INFERRED, PROBABLY = 0.97, 0.94, 0.88, 0.8
_AGE = re.compile(r"^(年龄|周岁|岁数|实足年龄|实际年龄|周岁年龄|实岁|现年龄|年龄周岁|现年|年纪|岁)(?:岁|周岁)?$")
_PARTY_AGE = re.compile(r"^(党龄)年?$")
_SUM = re.compile(r"^(小计|合计|总计|共计|总数|合计金额|金额合计|总金额|合计数|金额小计)$")
_FLAG = re.compile(r"^(?:是否|是不是|有无|有否)(?:为|是|属于|系|享受|纳入|属|有|已)?")
_ADDED = re.compile(r"^=?\s*SUM\(([^()]*)\)$", re.IGNORECASE)
_PLUS = re.compile(r"^=?\s*\$?[A-Z]{1,3}\$?\d+(\s*\+\s*\$?[A-Z]{1,3}\$?\d+)+$", re.IGNORECASE)
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?\d+(?::\$?([A-Z]{1,3})\$?\d+)?", re.IGNORECASE)
FLAGS_BY_NAME = {
    "死亡": ("person", "died_on", "known", ""), "残疾": ("person", "disability_card", "known", ""),
    "残疾证": ("person", "disability_card", "known", ""), "慢性病": ("person", "chronic_disease", "known", ""),
    "重点人员": ("person", "special_group", "known", ""), "特困": ("person", "support_mode", "known", ""),
    "五保户": ("person", "support_mode", "known", ""), "迁出": ("person", "went_on", "known", ""),
    "外出务工": ("person", "went_to", "known", ""), "消防重点单位": ("organisation", "fire_key", "=", "yes"),
    "持残疾证": ("person", "disability_card", "known", ""),
    "困境儿童": ("person", "special_group", "contains", "困境儿童"),
    "人户分离": ("person", "same_place", "=", "02"), "人户一致": ("person", "same_place", "=", "01"),
    "孤儿": ("person", "special_group", "contains", "孤儿"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Derived:
    """A proposal that needs more than a name: element (or none) and the whole transform."""

    element: str
    transform: Transform
    confidence: float
    why: str
    name: str = ""


TICKS = frozenset({"是", "否", "√", "×", "✓", "✔", "有", "无", "1", "0", "Y", "N", "True", "False"})
NO_GROUPS = frozenset({"男", "女", "人口", "户", "人数"})

BY_FORMULA = _("The form has a formula that adds other columns.")
BY_PARTS = _("It stands beside the parts that it adds.")
BY_AGE = _("An age follows from the day of birth.")
BY_RANGE = _("The age is looked up in the ranges that the form lists.")
BY_PARTY = _("Party age follows from the day of joining.")
BY_FLAG = _("Yes or no follows from “%(name)s”.")


def derived(table: Table, column: Column, subject: str) -> Derived | None:
    """Return how a column is reckoned from others or from a data element; None where it is asked for itself."""
    return (
        _formula(column) or _age_range(column, subject) or _age(column, subject) or _sum(table, column)
        or _flag(column, subject)
    )  # fmt: skip


def person_path(subject: str, column: Column) -> str:
    """Return the path from the subject to the person whom a column is about."""
    role = role_of(column.path, subject)
    if role and role.path != "-":
        return f"{subject}.{role.path}"
    hop = DEFAULT_HOPS.get((subject, "person"), "")
    return f"{subject}.{hop}" if hop else subject


def _age(column: Column, subject: str) -> Derived | None:
    leaf = compared(column.path[-1])
    role = role_of(column.path, subject)
    if role and leaf.startswith(role.name):
        leaf = leaf.removeprefix(role.name)
    for pattern, element, why in ((_AGE, "birth_date", BY_AGE), (_PARTY_AGE, "joined_party_on", BY_PARTY)):
        if pattern.match(leaf) and subject:
            path = f"{person_path(subject, column)}.{element}"
            return Derived(path, made("age", unit="year", on=of_day(column)), CERTAIN, why)
    return None


def _age_range(column: Column, subject: str) -> Derived | None:
    """Return how an age is looked up in the ranges that a column lists, as in 60-69岁、70-79岁."""
    leaf = compared(column.path[-1])
    table = ranges_of(column.choices, column.hint)
    if not subject or not table or not ("年龄" in leaf or is_of_ages(table)):
        return None
    path = f"{person_path(subject, column)}.birth_date"
    settings = {"of": "age", "on": of_day(column), "table": [list(one) for one in table]}
    return Derived(path, made("range", **settings), SURELY if "年龄" in leaf else PROBABLY, BY_RANGE)


def _formula(column: Column) -> Derived | None:
    text = column.formula
    inner = _ADDED.match(text)
    if not inner and not _PLUS.match(text):
        return None
    found: list[int] = []
    for first, last in _CELL.findall(inner.group(1) if inner else text):
        found += range(column_of(first), column_of(last or first) + 1)
    if not found or column.index in found:
        return None
    return Derived("", made("sum", columns=found), CERTAIN, BY_FORMULA)


def _sum(table: Table, column: Column) -> Derived | None:
    """Return the sum of the parts beside a column: those of its group, else the whole group that is named after it."""
    leaf = compared(column.path[-1])
    if not _SUM.match(leaf) or table.kind == "statistics":
        return None
    if parts := [one.index for one in siblings(table, column)]:
        return Derived("", made("sum", columns=parts), SURELY, BY_PARTS)
    amounts = [one.index for one in table.columns if one.index < column.index and _is_amount(one)]
    return Derived("", made("sum", columns=amounts), PROBABLY, BY_PARTS) if len(amounts) > 1 else None


def _is_amount(column: Column) -> bool:
    return any(word in column.path[-1] for word in ("金", "元", "费", "额", "补贴", "标准"))


def _flag(column: Column, subject: str) -> Derived | None:
    """Return how "是否党员" follows from the element that says it."""
    leaf = compared(column.path[-1])
    match = _FLAG.match(leaf)
    if not subject or not (match or _is_ticked(column)):
        return None
    rest = leaf[match.end() :] if match else leaf
    counted = counts().get(rest) or counts().get(rest + "人员") or counts().get(rest.removesuffix("户"))
    known = next((FLAGS_BY_NAME[name] for name in (rest, rest.removesuffix("人").removesuffix("证"), f"{rest}户")
                  if name in FLAGS_BY_NAME), None)  # fmt: skip
    if counted and counted.element and counted.of == "person":
        known = known or (counted.of, counted.element, counted.operator, counted.value)
    if not known or known[1] == "age":
        return None
    kind, element, operator, value = known
    stem = person_path(subject, column) if kind == "person" else subject
    if kind not in {"person", subject}:
        return None
    yes, no = flag_words(column)
    when = {} if (operator, value) == ("=", "yes") else {"when": [operator, value]}
    confidence = INFERRED if when else CERTAIN
    return Derived(f"{stem}.{element}", made("flag", yes=yes, no=no, **when), confidence, BY_FLAG, rest)


def _is_ticked(column: Column) -> bool:
    """Tell whether a column named after a group of people is ticked: nothing but yes and no stands in it."""
    values = {str(value).strip() for value in (column.choices or column.samples)}
    leaf = compared(column.path[-1])
    return values <= TICKS and leaf not in NO_GROUPS and leaf[-1:] not in {"数", "率", "额"}


def siblings(table: Table, column: Column) -> list[Column]:
    """Return the other columns of a column's group."""
    group = column.path[:-1]
    inner = [one for one in table.columns if len(one.path) > len(group) and one.path[: len(group)] == group]
    return [one for one in inner if group and one.index != column.index]


__all__ = ["Derived", "derived", "person_path", "siblings"]
