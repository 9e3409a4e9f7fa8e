"""Values of a statement made uniform by the dictionary, and what of them cannot be kept."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from linli.registry.queries.dictionary import codes_of, elements_of
from linli.registry.rules.values import BadValueError, clean_value

Cleaned = tuple[dict[str, Any], dict[str, str]]


def cleaner_of(kind: str, *, today: date) -> Callable[[Mapping[str, Any]], Cleaned]:
    """Return the function that cleans the values of one statement: what is kept, and a sentence for what is not.

    Elements that the dictionary does not know are left out in silence, as are those of which nothing is said.
    """
    elements = elements_of(kind)
    codes = {code: codes_of(element) for code, element in elements.items()}

    def clean(said: Mapping[str, Any]) -> Cleaned:
        values: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for code, raw in said.items():
            if code not in elements:
                continue
            try:
                value = clean_value(elements[code], raw, codes=codes[code], today=today)
            except BadValueError as bad:
                problems[code] = str(bad.sentence)
                continue
            if value is not None:
                values[code] = value
        return values, problems

    return clean
