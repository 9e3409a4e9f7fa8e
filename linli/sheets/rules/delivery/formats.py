"""What cells are formatted for, by the styles of a workbook: text, a day, or anything else."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from linli.sheets.rules.delivery.nodes import Node, as_utf8, read_nodes

Format = Literal["text", "day", "any"]
TEXT_FORMAT = 49
# Built-in formats of days and times: ECMA-376-1:2016, 18.8.30, with those that Chinese and Japanese versions add.
_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DAY_SIGNS = re.compile(r"[yYdDhHsS年月日]|[mM]{1,5}")
BEGAN, BEGAN_1904 = date(1899, 12, 30), date(1904, 1, 1)
SECONDS = 86400


@dataclass(frozen=True, slots=True)
class Formats:
    """The format of each style of a workbook by its number, and from which day days are counted."""

    by_style: Sequence[Format] = ()
    began: date = BEGAN

    def of(self, style: str) -> Format:
        """Return the format of a cell by its style attribute, "" for none."""
        number = int(style) if style.isdecimal() else 0
        return self.by_style[number] if number < len(self.by_style) else "any"

    def serial(self, day: date) -> float | int:
        """Return a day, or a moment, as the number that stands in a cell."""
        if isinstance(day, datetime):
            days = (day.date() - self.began).days
            seconds = day.hour * 3600 + day.minute * 60 + day.second
            return days + seconds / SECONDS if seconds else days
        return (day - self.began).days


def read_formats(styles: bytes, *, is_1904: bool = False) -> Formats:
    """Return the formats of a workbook by its `styles.xml`."""
    began = BEGAN_1904 if is_1904 else BEGAN
    if not styles:
        return Formats((), began)
    top = read_nodes(as_utf8(styles))
    own = {int(one.attributes["numFmtId"]): one.attributes.get("formatCode", "") for one in top.each("numFmt")}
    cells = top.first("cellXfs")
    return Formats([_format(one, own) for one in cells.parts if one.name == "xf"] if cells else (), began)


def _format(style: Node, own: Mapping[int, str]) -> Format:
    number = int(style.attributes.get("numFmtId", "0"))
    code = own.get(number)
    if number == TEXT_FORMAT or code == "@":
        return "text"
    if code is None:
        return "day" if number in _DAYS else "any"
    return "day" if _DAY_SIGNS.search(_ASIDE.sub("", code)) else "any"
