"""The rows of a table of place names 地名沿革表: which column says what, and what is wrong with a row."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from linli.registry.rules.refusals import NameTableRefusedError

__all__ = ["COLUMNS", "KIND_WORDS", "OFFICIAL", "NameRow", "WrongRow", "read_name_rows"]

OFFICIAL = "official"
MOST = 2000
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "place": ("现地名", "地点", "现名称", "标准名称", "place"),
    "area": ("所在社区", "社区", "街道社区", "所属社区", "area"),
    "name": ("历史名称", "曾用名", "其他名称", "名称", "name"),
    "kind": ("名称类型", "类型", "kind"),
    "from": ("启用日期", "起始日期", "from"),
    "to": ("停用日期", "终止日期", "to"),
    "source": ("依据", "来源", "source"),
}
"""What each column may be called; the first is what an export writes."""
KIND_WORDS: Mapping[str, tuple[str, ...]] = {
    "former": ("曾用名", "旧称", "原名", "former"),
    "alias": ("别名", "又名", "alias"),
    "colloquial": ("俗称", "colloquial"),
    "short": ("简称", "short"),
    OFFICIAL: ("标准名称", "现名", "official"),
}
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?(?: 00:00:00)?")


@dataclass(frozen=True, slots=True)
class NameRow:
    """One row that can be read: a place by the name it bears today, where it lies, and the name to write down."""

    line: int
    cells: tuple[str, ...]
    place: str
    area: str
    kind: str
    name: str
    since: date | None
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class WrongRow:
    """One row that is left out, as it came, and why."""

    line: int
    cells: tuple[str, ...]
    problem: str


def read_name_rows(header: Sequence[str], lines: Iterable[tuple[int, Sequence[str]]]) -> list[NameRow | WrongRow]:
    """Return the rows of a table; at most two thousand. Raises NameTableRefusedError where a column is missing."""
    at = {code: place for code, words in COLUMNS.items() for place, head in enumerate(header) if head.strip() in words}
    if "place" not in at or "name" not in at:
        raise NameTableRefusedError(
            _("The table needs the columns %(place)s and %(name)s.")
            % {"place": COLUMNS["place"][0], "name": COLUMNS["name"][0]}
        )
    rows: list[NameRow | WrongRow] = []
    for line, cells in lines:
        if len(rows) == MOST:
            raise NameTableRefusedError(_("A table has 2,000 rows at most; cut it in two."))
        if any(cell.strip() for cell in cells):
            rows.append(_row(line, tuple(cells), at))
    return rows


def _row(line: int, cells: tuple[str, ...], at: Mapping[str, int]) -> NameRow | WrongRow:
    said = {code: cells[place].strip() if place < len(cells) else "" for code, place in at.items()}
    if not said["place"] or not said["name"]:
        return WrongRow(line, cells, _("The place or its other name is missing."))
    kind = _kind(said.get("kind", ""))
    if not kind:
        return WrongRow(line, cells, _("“%(kind)s” is no kind of name.") % {"kind": said["kind"]})
    try:
        since, until = (_day(said.get(code, "")) for code in ("from", "to"))
    except ValueError:
        return WrongRow(line, cells, _("A date reads 2016-05-01, 2016-05 or 2016."))
    area, source = said.get("area", ""), said.get("source", "")
    return NameRow(line, cells, said["place"], area, kind, said["name"], since, until, source)


def _kind(word: str) -> str:
    if not word:
        return "former"
    return next((code for code, words in KIND_WORDS.items() if word.lower() in words), "")


def _day(text: str) -> date | None:
    """Return a day; where only the month or the year is known, its first."""
    if not text:
        return None
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
