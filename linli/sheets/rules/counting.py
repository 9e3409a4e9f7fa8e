"""What a column of a table by area counts, as the registry is asked for it; and which row is which area."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from linli.registry import api as registry
from linli.sheets.rules.transforms import Transform, made

COUNTED = frozenset({"count", "total"})
TOTAL = "total"  # the key of a row that adds up the others
AGE, BIRTH = "age", "birth_date"
_OPERATORS = {"=": "is", "!=": "is_not", ">=": "at_least", "<=": "at_most"}
_SUMS = re.compile(r"^(合计|总计|小计|共计|总数|全[县区市镇街村]*合计)$")
_GAPS = re.compile(r"[\s　]+")
_ENDINGS = re.compile(
    r"(社区居民委员会|村民委员会|社区居委会|居民委员会|社区村委会|居委会|村委会|街道办事处|办事处|社区|街道|网格|[镇乡村])$"
)


def figure_of(transform: Mapping[str, Any]) -> registry.Figure | None:
    """Return what a column counts, or adds up; None where it does neither."""
    if transform["kind"] not in COUNTED:
        return None
    where = tuple(_condition(*map(str, one)) for one in transform.get("where", ()))
    if transform["kind"] == "count":
        return registry.Figure(str(transform.get("of") or "person"), where)
    kind, _dot, code = str(transform["of"]).partition(".")
    return registry.Figure(kind, where, code)


def transform_for(figure: registry.Figure) -> Transform:
    """Return the conversion of a column that counts a figure: what `figure_of` reads."""
    where = [list(one) for one in figure.where]
    if figure.total:
        return made("total", of=f"{figure.kind}.{figure.total}", where=where, by="area_code")
    return made("count", of=figure.kind, where=where, by="area_code")


def key_of(words: str, areas: Iterable[tuple[str, str]]) -> str:
    """Return the key of the area that some words in a form mean; "" where none or several bear the name.

    `areas` are (key, name). A row that is called a sum adds up the others.
    """
    plain = _GAPS.sub("", words)
    if _SUMS.match(plain):
        return TOTAL
    known = [(key, _GAPS.sub("", name)) for key, name in areas]
    for alike in (lambda name: name == plain, lambda name: _stem(name) == _stem(plain)):
        if len(found := [key for key, name in known if alike(name)]) == 1:
            return found[0]
    return ""


def added_up(rows: Sequence[Sequence[Any]], columns: Sequence[int]) -> dict[int, int | float]:
    """Return the sums of these columns over the rows; what is no number counts nothing."""
    return {at: sum(row[at] for row in rows if _is_number(row[at])) for at in columns}


def _condition(element: str, operator: str, value: str = "") -> tuple[str, str, str]:
    if element != AGE:
        return element, _OPERATORS.get(operator, operator), value
    years = int(value) if value.isdecimal() else 0
    older = {">=": ("years_from", years), ">": ("years_from", years + 1)}
    how, limit = {**older, "<": ("years_below", years), "<=": ("years_below", years + 1)}[operator]
    return BIRTH, how, str(limit)


def _stem(name: str) -> str:
    return _ENDINGS.sub("", name) or name


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
