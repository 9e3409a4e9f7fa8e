"""Rules of tags 标签规则: a few conditions over data elements, joined by and or by or, that anybody can read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.registry.rules.dates import age_on
from linli.registry.rules.terms import scope_term

__all__ = ["AGES", "OPERATORS", "Part", "TagRule", "TagRuleError", "holds", "read_rule", "tag_term"]

Join = Literal["and", "or"]
MOST_PARTS = 8


class TagRuleError(ValueError):
    """A rule that names an unknown element or operator, or has no condition."""


@dataclass(frozen=True, slots=True)
class Part:
    """One condition: an element, an operator of OPERATORS and what it is compared with."""

    element: str
    operator: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class TagRule:
    """Conditions that must all hold (`and`), or one of them (`or`)."""

    join: Join
    parts: tuple[Part, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {"join": self.join, "parts": [[one.element, one.operator, one.value] for one in self.parts]}

    @property
    def ages(self) -> bool:
        """Whether a day that passes may change the answer."""
        return any(one.operator in AGES for one in self.parts)


def _same(value: Any, wanted: str, _today: date) -> bool:
    return _text(value) == _text(wanted)


def _number(compare: Callable[[float, float], bool]) -> Callable[[Any, str, date], bool]:
    def compared(value: Any, wanted: str, _today: date) -> bool:
        try:
            return compare(float(value), float(wanted))
        except (TypeError, ValueError):
            return False

    return compared


def _years(compare: Callable[[int, int], bool]) -> Callable[[Any, str, date], bool]:
    def compared(value: Any, wanted: str, today: date) -> bool:
        try:
            return compare(age_on(date.fromisoformat(str(value)), today), int(wanted))
        except ValueError:
            return False

    return compared


OPERATORS: dict[str, tuple[str | Promise, Callable[[Any, str, date], bool]]] = {
    "is": (_("is"), _same),
    "is_not": (_("is not"), lambda value, wanted, today: not _same(value, wanted, today)),
    "contains": (_("contains"), lambda value, wanted, _today: bool(wanted) and wanted in str(value)),
    "at_least": (_("is at least"), _number(lambda value, wanted: value >= wanted)),
    "at_most": (_("is at most"), _number(lambda value, wanted: value <= wanted)),
    "years_from": (_("is this many years ago or more"), _years(lambda age, wanted: age >= wanted)),
    "years_below": (_("is less than this many years ago"), _years(lambda age, wanted: age < wanted)),
    "known": (_("is known"), lambda value, _wanted, _today: value not in (None, "")),
}
AGES = frozenset({"years_from", "years_below"})


def holds(rule: TagRule, values: Mapping[str, Any], today: date) -> bool:
    """Tell whether a rule holds for believed values. A condition on an element that is not known does not hold."""
    told = (one.element in values and OPERATORS[one.operator][1](values[one.element], one.value, today)
            for one in rule.parts)  # fmt: skip
    return all(told) if rule.join == "and" else any(told)


def read_rule(kept: Mapping[str, Any], elements: Mapping[str, Any]) -> TagRule:
    """Return a rule as it was kept or typed. Raises TagRuleError."""
    parts = tuple(Part(*map(str, one)) for one in kept.get("parts", ()))
    join: Join = "or" if kept.get("join") == "or" else "and"
    _check(parts, elements)
    return TagRule(join, parts)


def tag_term(tag_id: object) -> int:
    """Return the search term that says "bears this tag", apart from all words and areas."""
    return scope_term("", "tag", tag_id)


def _check(parts: Sequence[Part], elements: Mapping[str, Any]) -> None:
    if not 0 < len(parts) <= MOST_PARTS:
        raise TagRuleError
    if any(one.element not in elements or one.operator not in OPERATORS for one in parts):
        raise TagRuleError


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).strip().lower()
