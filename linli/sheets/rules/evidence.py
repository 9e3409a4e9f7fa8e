"""What the cells of a column say about it, beside its name: ids, telephones, days, money, drop-down lists."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from linli.sheets.rules.grids import Value
from linli.sheets.rules.layouts import Column

ENOUGH, FEWEST, LISTED = 0.8, 3, 0.6
_SHAPES = {
    "citizen_id": re.compile(r"\d{17}[\dXx]|\d{15}"),
    "phone": re.compile(r"1[3-9]\d{9}|(0\d{2,3}-?)?\d{7,8}"),
    "credit_code": re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}|\d{15}"),
    "date": re.compile(r"(?:19|20)\d{2}[-./年]?\d{1,2}([-./月]?\d{1,2}日?)?月?|(?:19|20)\d{2}"),
    "number": re.compile(r"-?\d+(\.\d+)?"),
}
_MOBILE = re.compile(r"1[3-9]\d{9}")
_BY_VALUES = ("citizen_id", "phone", "credit_code")


def supports(column: Column, kind: str) -> float:
    """Return how well the values that stand in a column fit a type: 1 well, 0 not at all, -1 nothing to tell by."""
    shape = _SHAPES.get(kind)
    values = [_plain(value) for value in column.samples]
    if shape is None or len(values) < FEWEST:
        return -1.0
    fits = sum(
        isinstance(raw, date | datetime) if kind == "date" and isinstance(raw, date) else bool(shape.fullmatch(text))
        for raw, text in zip(column.samples, values, strict=True)
    )
    return fits / len(values)


def type_of(column: Column) -> str:
    """Return the type that the values of a column show by themselves; empty where they do not."""
    values = [_plain(value) for value in column.samples]
    if len(values) < FEWEST:
        return ""
    for kind in _BY_VALUES:
        shape = _MOBILE if kind == "phone" else _SHAPES[kind]
        if sum(bool(shape.fullmatch(value)) for value in values) >= ENOUGH * len(values):
            return "citizen_id" if kind == "credit_code" and all(value.isdigit() for value in values) else kind
    return ""


def listed_table(choices: Sequence[str], codes: Mapping[str, Mapping[str, str]]) -> str:
    """Return the code table whose labels a drop-down list shows; empty where none fits."""
    best, found = LISTED, ""
    if len(choices) < 2:  # noqa: PLR2004  one word is no list
        return ""
    for table, labels in codes.items():
        hits = sum(any(_same(choice, label) for label in labels.values()) for choice in choices)
        if hits / len(choices) > best:
            best, found = hits / len(choices), table
    return found


def _same(choice: str, label: str) -> bool:
    return choice == label or (len(choice) > 0 and label.startswith(choice) and len(label) - len(choice) <= 2)  # noqa: PLR2004


def _plain(value: Value) -> str:
    return re.sub(r"[\s']", "", str(value)) if not isinstance(value, float) else str(value)


__all__ = ["listed_table", "supports", "type_of"]
