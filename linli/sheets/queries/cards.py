"""A card 登记卡 as it is sent back: which value stands in which cell of the issuer's own file."""

from collections.abc import Sequence
from typing import Any

from linli.sheets.models import Column, Part
from linli.sheets.queries.delivering import Sent
from linli.sheets.queries.filled import is_asked
from linli.sheets.rules.delivery.card_files import CardFill
from linli.sheets.rules.delivery.places import Address, Value, cell_of
from linli.sheets.rules.grids import Grid
from linli.sheets.rules.ticks import has_boxes, ticked

NAMES = (".name", ".head_name", ".label", ".address")  # by which element a file is called


def card_in(sent: Sequence[Sent]) -> Sent | None:
    """Return the part of a form that is a card; None where it has lists."""
    return next((one for one in sent if one.part.is_card), None)


def sheet_of(part: Part, layout: str) -> str | int:
    """Return by what the writers know the sheet of a part; a workbook may have sheets that are no grid."""
    return part.grid_name if layout == "xlsx" else part.grid


def card_fill(card: Sent, row: Sequence[Any], grid: Grid) -> CardFill:
    """Return one card. Boxes are ticked in the issuer's words; what is left for a hand stays as it came."""
    cells: dict[Address, Value] = {}
    for column, value in zip(card.columns, row, strict=True):
        at = cell_of(column.place.partition(":")[0])
        words = grid.value(at[0] - 1, at[1] - 1)
        if isinstance(words, str) and has_boxes(words):
            cells[at] = ticked(words, "" if value is None else str(value))
        elif value is not None or is_asked(column):
            cells[at] = value
    return CardFill(_name(card.columns, row), cells)


def _name(columns: Sequence[Column], row: Sequence[Any]) -> str:
    said = [str(value) for end in NAMES for column, value in zip(columns, row, strict=True)
            if value and column.element.endswith(end) and column.element.count(".") == 1]  # fmt: skip
    return next(iter(said), "")


__all__ = ["card_fill", "card_in", "sheet_of"]
