"""What is known about each cell of one row 单元格明细: value, source, its time, how far it is believed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from linli.registry import api as registry
from linli.sheets.models import Column
from linli.sheets.queries.filled import Cell, Reading, cells_of
from linli.sheets.rules.copies import TYPED, confidence
from linli.sheets.rules.counting import COUNTED


@dataclass(frozen=True, slots=True)
class Detail:
    """One cell with its column; `percent` of belief where something says it, and since when."""

    column: Column
    cell: Cell
    source: str = ""
    at: datetime | None = None
    percent: int | None = None


def details_of(reading: Reading, on: date) -> list[Detail]:
    """Return the cells of the one row that was read."""
    lines = cells_of(reading)
    if not lines:
        return []
    places = {path: at for at, path in enumerate(reading.found.paths)}
    origins = reading.found.origins.get(reading.lines[0].row_id, ())
    return [
        _detail(column, cell, _origin(column, places, origins), on)
        for column, cell in zip(reading.columns, lines[0].cells, strict=True)
    ]


def _origin(
    column: Column, places: dict[str, int], origins: Sequence[registry.Origin | None]
) -> registry.Origin | None:  # fmt: skip
    return origins[places[column.element]] if column.element in places and origins else None


def _detail(column: Column, cell: Cell, origin: registry.Origin | None, on: date) -> Detail:
    if cell.state == "typed":
        return Detail(column, cell, cell.hint, None, round(TYPED * 100))
    if cell.state in {"known", "stale"} and origin is not None:
        believed = confidence(origin.freshness, is_owner=origin.is_owner)
        return Detail(column, cell, origin.source, origin.at, round(believed * 100))
    if cell.state == "known" and cell.text and column.transform["kind"] in COUNTED:
        return Detail(column, cell, _("counted from the base, as things stand on %s") % on.isoformat())
    return Detail(column, cell, cell.hint)
