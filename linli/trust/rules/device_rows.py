"""The rows of a table of devices 采集设备登记表: which column says what, by the heads that an export writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from linli.trust.rules.ask_less import shipped
from linli.trust.rules.devices import DeviceRefusedError

MOST = 2000
NEEDED = ("name", "kind", "unit", "area", "address", "place", "operator", "purpose")


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One row as it came: its line, its cells, and what each known column says; `problem` where it was left out."""

    line: int
    cells: tuple[str, ...]
    said: Mapping[str, str]
    problem: str = ""


def device_columns() -> Mapping[str, str]:
    """Return the heads by column, in the order of an export; the code of a column is taken as its head, too."""
    heads: Mapping[str, str] = shipped()["columns"]
    return heads


def read_device_rows(header: Sequence[str], lines: Iterable[tuple[int, Sequence[str]]]) -> list[DeviceRow]:
    """Return the rows of a table; at most two thousand. Raises DeviceRefusedError where a column is missing."""
    names = {word: code for code, head in device_columns().items() for word in (code, head)}
    at = {names[head.strip()]: place for place, head in enumerate(header) if head.strip() in names}
    if lacks := [device_columns()[code] for code in NEEDED if code not in at]:
        raise DeviceRefusedError(_("The table lacks the column %(name)s.") % {"name": lacks[0]})
    rows: list[DeviceRow] = []
    for line, cells in lines:
        if len(rows) == MOST:
            raise DeviceRefusedError(_("A table has 2,000 rows at most; cut it in two."))
        if any(cell.strip() for cell in cells):
            said = {code: cells[place].strip() if place < len(cells) else "" for code, place in at.items()}
            rows.append(DeviceRow(line, tuple(cells), said))
    return rows
