"""Drafts of answers 答复草稿 from the templates of a matter: what is known is filled in, the rest stays open."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

__all__ = ["PLACES", "day_words", "drafts_of"]

PLACES = ("title", "matter", "place", "unit", "number", "day")
"""What a template may name in braces: {title}, {matter}, {place}, {unit}, {number}, {day}."""

NAMED = re.compile(r"\{(\w+)\}")
BLANK = "____"


def drafts_of(templates: Sequence[Mapping[str, str]], known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (name, text) of each template; a place that nothing is known for is left as a line to fill in."""
    return [
        (one.get("name", ""), NAMED.sub(lambda found: known.get(found[1]) or BLANK, one["text"]))
        for one in templates
        if one.get("text", "").strip()
    ]


def day_words(day: date) -> str:
    """Return a day as a letter writes it."""
    return f"{day.year}年{day.month}月{day.day}日"
