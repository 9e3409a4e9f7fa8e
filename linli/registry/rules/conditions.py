"""Questions that are answered by yes, no or unknown 核验: a condition on one element, the value is not given."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.registry.rules.dates import age_on
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.values import BadValueError, Value, clean_value

AGE, BIRTH = "age", "birth_date"
ORDERED = frozenset({"date", "number"})
OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
OLDEST = 150


@dataclass(frozen=True, slots=True)
class Condition:
    """`element` `operator` `value`, such as age >= 60. The age in whole years is asked of the element `birth_date`."""

    element: str
    operator: str
    value: Any

    @property
    def read(self) -> str:
        """The element that is read to answer it."""
        return BIRTH if self.element == AGE else self.element


def compared_with(condition: Condition, element: ElementInfo, *, codes: Collection[str], today: date) -> Value:
    """Return the value of a condition as values of the element are kept. Raises BadValueError with a sentence."""
    if condition.operator not in OPERATORS:
        raise BadValueError(_("Compare by =, !=, <, <=, > or >=."))
    if condition.element == AGE:
        return _years(condition.value)
    if condition.operator not in {"=", "!="} and element.type not in ORDERED:
        raise BadValueError(_("Only days, numbers and the age have an order; compare this by = or !=."))
    asked = clean_value(element, condition.value, codes=codes, today=today)
    if asked is None:
        raise BadValueError(_("Say with what it is compared."))
    return asked


def holds(condition: Condition, asked: Value, known: Any, *, today: date) -> bool | None:
    """Tell whether what is known meets the condition; None where nothing is known."""
    if known is None or known == "":
        return None
    value = age_on(date.fromisoformat(str(known)), today) if condition.element == AGE else known
    return OPERATORS[condition.operator](value, asked)


def _years(value: Any) -> int:
    text = str(value).strip()
    if not text.isdecimal() or int(text) > OLDEST:
        raise BadValueError(_("An age is a whole number of years."))
    return int(text)
