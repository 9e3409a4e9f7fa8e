"""A card 登记卡 as it is sent back: which value stands in which cell of the issuer's own file."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from linli.sheets.models import Part
from linli.sheets.queries.delivering import Sent
from linli.sheets.queries.filled import is_asked, name_of
from linli.sheets.rules.delivery.card_files import CardFill
from linli.sheets.rules.delivery.places import Address, Place, Section, Target, Value, cell_of
from linli.sheets.rules.families import MEMBERS
from linli.sheets.rules.grids import Grid
from linli.sheets.rules.ticks import has_boxes, ticked


def card_in(sent: Sequence[Sent]) -> Sent | None:
    """Return the part of a form that is a card; None where it has lists."""
    return next((one for one in sent if one.part.is_card), None)


def sheet_of(part: Part, layout: str) -> str | int:
    """Return by what the writers know the sheet of a part; a workbook may have sheets that are no grid."""
    return part.grid_name if layout == "xlsx" else part.grid


def card_fills(card: Sent, sent: Sequence[Sent], grid: Grid, sheet: str | int) -> list[CardFill]:
    """Return the cards with the lists within them, boxes ticked in the issuer's words; the rest stays as it came."""
    lists = [(one, _by_card(one)) for one in sent if one.part.kind == MEMBERS]
    return [
        CardFill(name_of(card.columns, row), _cells(card, row, grid),
                 [_section(one, sheet, rows[card_id]) for one, rows in lists if card_id in rows])
        for card_id, row in zip(card.ids, card.rows, strict=True)
    ]  # fmt: skip


def _by_card(one: Sent) -> dict[UUID, list[Sequence[Any]]]:
    found: dict[UUID, list[Sequence[Any]]] = {}
    for owner, row in zip(one.owners, one.rows, strict=True):
        found.setdefault(owner, []).append(row)
    return found


def _section(one: Sent, sheet: str | int, rows: Sequence[Sequence[Any]]) -> Section:
    place = Place(sheet, one.part.first + 1, one.part.last + 1)
    return Section(place, [Target(column.index + 1) for column in one.columns], rows)


def _cells(card: Sent, row: Sequence[Any], grid: Grid) -> dict[Address, Value]:
    cells: dict[Address, Value] = {}
    for column, value in zip(card.columns, row, strict=True):
        at = cell_of(column.place.partition(":")[0])
        words = grid.value(at[0] - 1, at[1] - 1)
        if isinstance(words, str) and has_boxes(words):
            cells[at] = ticked(words, "" if value is None else str(value))
        elif value is not None or is_asked(column):
            cells[at] = value
    return cells


__all__ = ["card_fills", "card_in", "sheet_of"]
