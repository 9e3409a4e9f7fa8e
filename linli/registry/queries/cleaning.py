"""Values of a statement made uniform by the dictionary, and what of them cannot be kept."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from linli.registry.queries.dictionary import codes_of, elements_of
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.values import BadValueError, Value, clean_value

Cleaned = tuple[dict[str, Any], dict[str, str]]
Clean = Callable[[Any], tuple[Value | None, str]]


def cleaner_of(kind: str, *, today: date) -> Callable[[Mapping[str, Any]], Cleaned]:
    """Return the function that cleans the values of one statement: what is kept, and a sentence for what is not.

    Elements that the dictionary does not know are left out in silence, as are those of which nothing is said.
    """
    cleaners = cleaners_of(kind, today=today)

    def clean(said: Mapping[str, Any]) -> Cleaned:
        values: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for code, raw in said.items():
            if code not in cleaners:
                continue
            value, problem = cleaners[code](raw)
            if problem:
                problems[code] = problem
            elif value is not None:
                values[code] = value
        return values, problems

    return clean


def cleaners_of(kind: str, *, today: date) -> dict[str, Clean]:
    """Return for each element the function that cleans one value: (value or None, "") or (None, sentence)."""
    return {code: partial(_clean, element, codes_of(element), today) for code, element in elements_of(kind).items()}


def _clean(element: ElementInfo, codes: frozenset[str], today: date, raw: Any) -> tuple[Value | None, str]:
    try:
        return clean_value(element, raw, codes=codes, today=today), ""
    except BadValueError as bad:
        return None, str(bad.sentence)
