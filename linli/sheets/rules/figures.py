"""Columns of a table by area: what is counted, among whom, and sums of amounts 统计口径."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from linli.sheets.rules.derivations import Derived, siblings
from linli.sheets.rules.labels import bare, compared
from linli.sheets.rules.layouts import Column, Table
from linli.sheets.rules.lexicon import Counted, counts, words
from linli.sheets.rules.transforms import made

SURELY, EITHER, LIKELY, PARTLY, NAMED = 0.95, 0.88, 0.8, 0.55, 0.96
_AGES = (
    (re.compile(r"(\d{1,3})(?:周?岁)?(?:[-~至到—－–]|--)(\d{1,3})周?岁"), "between"),
    (re.compile(r"(\d{1,3})周?岁?(?:\(含\))?(?:及|\(含\d+周?岁\))?以上"), "from"),
    (re.compile(r"(\d{1,3})周?岁?(?:\(含\))?(?:及)?以下"), "to"),
    (re.compile(r"(?:不满|未满|小于)(\d{1,3})周?岁"), "below"),
    (re.compile(r"(?:满|年满)(\d{1,3})周?岁"), "from"),
)
_SUM = re.compile(r"^(小计|合计|总计|共计|计|总数|总人数|总户数|合计数)$")
_SUM_ONLY = re.compile(r"^(小计|合计|总计|共计|计)$")
_FILLING = re.compile(
    r"^(人数|人|数|户数|数量|个数|总数|其中|的|期末|年末|人员|人口|小计|合计|总|共|现有|辖区|及|年龄|和|老年|老人|老年人)+$"
)
_AREA_LEAF = re.compile(
    r"^(单位|名称|单位名称|地区|区域|区划|填报单位|辖区|项目|所属单位|社区名称|各村|片区|单位名|村社名称)$"
)
COUNTED = _("Counts “%(name)s” of each area.")
ADDED_UP = _("Adds up “%(name)s” of each area.")
AREA = _("Names the area that the row is about.")
PARTS = _("Adds the columns beside it.")


def figure(table: Table, column: Column, known: frozenset[str]) -> Derived | None:
    """Return what a column of a table by area holds."""
    leaf = compared(column.path[-1])
    for word in words().get(leaf, ()):
        if word.transform.startswith("area:"):
            return Derived("area.name", made("area", level=word.transform.partition(":")[2]), NAMED, AREA, leaf)
        if not word.kind and word.transform:
            return None
    if _AREA_LEAF.match(leaf) and column.index <= table.columns[0].index + 2:
        return Derived("area.name", made("area", level=""), LIKELY, AREA, leaf)
    return _sum(table, column) or _count(column) or _total(column, known)


def conditions_in(text: str) -> tuple[list[list[str]], str]:
    """Return the conditions on age that words name, and the words without them."""
    found: list[list[str]] = []
    for pattern, how in _AGES:
        if match := pattern.search(text):
            low, high = match.group(1), match.group(match.lastindex or 1)
            found += {
                "between": [["age", ">=", low], ["age", "<=", high]], "from": [["age", ">=", low]],
                "to": [["age", "<=", low]], "below": [["age", "<", low]],
            }[how]  # fmt: skip
            return found, text[: match.start()] + text[match.end() :]
    return found, text


def _sum(table: Table, column: Column) -> Derived | None:
    if not _SUM.match(compared(column.path[-1])):
        return None
    parts, is_counted = siblings(table, column), _count(column) is not None
    if not parts or (is_counted and (not _SUM_ONLY.match(compared(column.path[-1])) or not _divide(parts))):
        return None
    confidence = EITHER if is_counted else SURELY  # what is counted is the sum of its parts as well
    return Derived("", made("sum", columns=[one.index for one in parts]), confidence, PARTS)


def _divide(parts: Sequence[Column]) -> bool:
    """Tell whether columns divide what is counted: each by another value of the same element."""
    if len(parts) < 2:  # noqa: PLR2004  one part divides nothing
        return False
    where = [
        [tuple(one) for one in found.transform.settings["where"]] if (found := _count(part)) else [] for part in parts
    ]
    elements = {frozenset(one[0] for one in some) for some in where}
    return len(elements) == 1 and len({tuple(some) for some in where}) == len(where)


def _count(column: Column) -> Derived | None:
    where: list[list[str]] = []
    of, rest = "", ""
    for part in _parts(column.path):
        ages, left = conditions_in(bare(part))
        where += ages
        kinds, some, left = _counted(compared(left) if left else "")
        of, where, rest = (kinds or of), [*where, *some], rest + left
        of = of or ("person" if ages else "")
    if not of or (not where and rest and not _FILLING.match(rest)):
        return None
    where = [one for place, one in enumerate(where) if one not in where[:place]]
    confidence = SURELY if not rest or _FILLING.match(rest) else PARTLY
    if _SUM.match(compared(column.path[-1])):
        confidence = min(confidence, EITHER)
    transform = made("count", of=of, where=where, by="area_code")
    return Derived("", transform, confidence, COUNTED, "".join(column.path[-2:]))


def _parts(path: Sequence[str]) -> Sequence[str]:
    """Return the names over a column one by one; 低保 over 户数 is one name, where that is counted."""
    joined = "".join(map(compared, path[-2:]))
    return (*path[:-2], joined) if len(path) > 1 and joined in counts() else path


def _counted(text: str) -> tuple[str, list[list[str]], str]:
    """Return which records some words count, on which conditions, and the words that are left over."""
    of, where = "", []
    while text and (one := _first(text)):
        if of in {"", "person"} or one.of == of:
            of = one.of
        where += [[one.element, one.operator, one.value]] if one.element else []
        text = text.replace(one.name, "", 1)
    return of, where, text


def _first(text: str) -> Counted | None:
    if text in counts():
        return counts()[text]
    return next((one for name, one in counts().items() if len(name) > 1 and name in text), None)


def _total(column: Column, known: frozenset[str]) -> Derived | None:
    """Return the sum of a number over the people, households and houses of the area."""
    names: Sequence[str] = [compared(column.path[-1]), compared("".join(column.path[-2:]))]
    for name in names:
        for word in words().get(name, ()):
            if f"{word.kind}.{word.element}" in known and word.kind in {"person", "household", "house", "organisation"}:
                element = f"{word.kind}.{word.element}"
                return Derived("", made("total", of=element, where=[], by="area_code"), LIKELY, ADDED_UP, name)
    return None


__all__ = ["conditions_in", "figure"]
