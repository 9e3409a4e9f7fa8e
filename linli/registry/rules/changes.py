"""What a community wants to hear of a change 变化分类: born, died, moved, a rental, a benefit; rules as data.

The rules stand in `sample/changes.csv`, read from above; the first one that fits takes its elements, so that a move is
not told again as a changed address. `was` and `is` say which values fit: empty for any, `*` for some value, `1` for
yes, `!1` for anything but yes.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from linli.registry.rules.elements import LOWEST, ElementInfo

RULES = Path(__file__).parents[1] / "sample" / "changes.csv"
LEVELS = ("grid", "community", "street", "county")
ANY = "*"
CHANGED, DELETED = "changed", "deleted"
Areas = Mapping[str, frozenset[int]]
_FITS: Mapping[str, Callable[[Any], bool]] = {
    "": lambda _value: True,
    ANY: lambda value: value is not None,
    "1": lambda value: value is True,
    "!1": lambda value: value is not True,
}


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """One rule: which change of which kind is called how. `when`: new, arrives, leaves, element, opened, ended."""

    what: str
    kind: str
    when: str
    elements: tuple[str, ...] = ()
    was: str = ""
    becomes: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """An entity as it was or is: its values in whole, and where it is found, divisions or grids by level."""

    values: Mapping[str, Any] = field(default_factory=dict)
    areas: Areas = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heard:
    """One change as it is told: what, which elements, from which grade on one may hear it, and where."""

    what: str
    elements: tuple[str, ...]
    grade: int
    areas: Areas


@cache
def change_rules(kind: str) -> tuple[ChangeRule, ...]:
    """Return the rules for one kind, those of the kind before those of all."""
    with RULES.open(encoding="utf-8", newline="") as file:
        rules = [
            ChangeRule(row["what"], row["kind"], row["when"], tuple(row["element"].split()), row["was"], row["is"],
                       int(row["days"]) if row["days"] else None)
            for row in csv.DictReader(file)
        ]  # fmt: skip
    return tuple(rule for rule in rules if rule.kind in (kind, ANY))


def changes_between(
    kind: str, before: State | None, after: State, elements: Mapping[str, ElementInfo], *, today: date
) -> list[Heard]:
    """Return what is told of an entity that was `before` (None: not known until now) and is `after`."""
    if before is None:
        rule = next(rule for rule in change_rules(kind) if rule.when == "new" and _is_young(rule, after, today))
        return [Heard(rule.what, (), LOWEST, after.areas)]
    left = {code for code in elements if before.values.get(code) != after.values.get(code)}
    gone, come, kept = _moved(before.areas, after.areas)
    told: list[Heard] = []
    for rule in change_rules(kind):
        where = {"leaves": gone, "arrives": come, "element": kept}.get(rule.when)
        if where is None:
            continue
        codes = left if rule.elements == (ANY,) else left & set(rule.elements)
        if rule.when == "element" and not _fits(rule, codes, before, after):
            continue
        if _anywhere(where) and not _told(told, rule.what):
            told.append(Heard(rule.what, tuple(sorted(codes)), _grade(rule, codes, elements), where))
            left -= codes if rule.when == "element" else set()
        if rule.when != "element" and (_anywhere(gone) or _anywhere(come)):
            left -= set(rule.elements)
    return told


def told_of_bond(kind: str, when: str, bond: str, areas: Areas) -> Heard | None:
    """Return what is told where a relation is opened or ended at an entity of this kind; None for nothing."""
    found = (rule for rule in change_rules(kind) if rule.when == when and bond in rule.elements)
    rule = next(found, None)
    return Heard(rule.what, (), LOWEST, areas) if rule else None


def places(areas: Areas) -> Iterator[dict[str, int | None]]:
    """Yield the area columns of the rows by which everybody hears of it once: more than one where it has two homes."""
    for row in zip_longest(*(sorted(areas.get(level, ())) for level in LEVELS)):
        yield {f"{level}_id": key for level, key in zip(LEVELS, row, strict=True)}


def areas_of_row(row: Mapping[str, Any]) -> dict[str, frozenset[int]]:
    """Return where an entity is found, by level, from its area columns; where it is registered counts as well."""
    found = {}
    for level in LEVELS:
        both = (row.get(f"{level}_id"), row.get(f"registered_{level}_id"))
        found[level] = frozenset(key for key in both if key is not None)
    return found


def _is_young(rule: ChangeRule, after: State, today: date) -> bool:
    if rule.days is None:
        return True
    said = [after.values.get(code) for code in rule.elements]
    return any(one and date.fromisoformat(str(one)) > today - timedelta(days=rule.days) for one in said)


def _moved(before: Areas, after: Areas) -> tuple[Areas, Areas, Areas]:
    """Return by level what it left, where it came to, and where it stays: within a level nothing has moved."""
    gone = {level: before.get(level, frozenset()) - after.get(level, frozenset()) for level in LEVELS}
    come = {level: after.get(level, frozenset()) - before.get(level, frozenset()) for level in LEVELS}
    return gone, come, after


def _fits(rule: ChangeRule, codes: Iterable[str], before: State, after: State) -> bool:
    was, becomes = _FITS[rule.was], _FITS[rule.becomes]
    return any(was(before.values.get(code)) and becomes(after.values.get(code)) for code in codes)


def _grade(rule: ChangeRule, codes: Iterable[str], elements: Mapping[str, ElementInfo]) -> int:
    """Return who may hear it: of a rule that gives a value away its grade, of any change the lowest that changed."""
    grades = [elements[code].grade for code in codes if code in elements]
    if rule.when != "element" or not grades:
        return LOWEST
    return min(grades) if rule.elements == (ANY,) else max(grades)


def _anywhere(areas: Areas) -> bool:
    return any(areas.values())


def _told(told: Iterable[Heard], what: str) -> bool:
    return any(one.what == what for one in told)
