"""Cards 一人一表: the issuer's own file filled once for each record; several leave together, packed."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from linli.sheets.rules.delivery.documents import fill_document_cells
from linli.sheets.rules.delivery.files import COMES_BACK_AS, LIST_WRITERS, Bearer, Issue, own_file
from linli.sheets.rules.delivery.places import Address, Section, Value
from linli.sheets.rules.delivery.spreadsheets import fill_spreadsheet_cells
from linli.sheets.rules.delivery.text_files import fill_csv_cells
from linli.sheets.rules.delivery.workbook import fill_workbook_cells
from linli.sheets.rules.refusals import DeliveryRefusedError

ZIP, LONGEST_NAME = "zip", 40
_UNNAMEABLE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_WRITERS = {
    "xlsx": fill_workbook_cells,
    "ods": fill_spreadsheet_cells,
    "docx": fill_document_cells,
    "csv": fill_csv_cells,
}


@dataclass(frozen=True, slots=True)
class CardFill:
    """One card: what its file is called, what stands in which cells, by (row, column) from 1, and lists within it."""

    name: str
    cells: Mapping[Address, Value]
    lists: Sequence[Section] = ()


@dataclass(frozen=True, slots=True)
class Cards:
    """The file of a card, or of several; `left` rows of lists within them found no room."""

    content: bytes
    left: int = 0


def fill_cards(issue: Issue, sheet: str | int, cards: Sequence[CardFill], bearer: Bearer | None = None) -> Cards:
    """Return the issuer's file filled for one card, or for several all their files in a zip; see `layout_of`.

    A list within a card grows as lists do; where the file has no way to grow, what finds no room is counted.
    Raises DeliveryRefusedError.
    """
    blank, layout = own_file(issue, [], {sheet}, bearer), COMES_BACK_AS[issue.layout]
    if layout_of(issue.layout, len(cards)) != ZIP:
        return _filled(blank, layout, sheet, cards[0])
    out, left = io.BytesIO(), 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if layout != "csv" else zipfile.ZIP_DEFLATED) as packed:
        for name, card in zip(_names(cards, layout), cards, strict=True):
            one = _filled(blank, layout, sheet, card)
            packed.writestr(name, one.content)
            left += one.left
    return Cards(out.getvalue(), left)


def _filled(blank: bytes, layout: str, sheet: str | int, card: CardFill) -> Cards:
    """Return one card: its cells, then its lists, the lowest first, so that none moves another away."""
    content, left = _WRITERS[layout](blank, sheet=sheet, cells=card.cells), 0
    for one in sorted(card.lists, key=lambda each: -each.place.first_row):
        content, more = _listed(content, layout, one)
        left += more
    return Cards(content, left)


def _listed(content: bytes, layout: str, one: Section) -> tuple[bytes, int]:
    """Return a card with one list filled, and how many rows found no room."""
    write, place = LIST_WRITERS[layout], one.place
    room = max(0, place.last_row - place.first_row + 1)
    rows = [*one.rows, *[[None] * len(one.targets)] * (room - len(one.rows))]  # rows that are not needed stay
    try:
        return write(content, place=place, targets=one.targets, rows=rows).content, 0
    except DeliveryRefusedError:
        if len(one.rows) <= room:
            raise
    fitted = write(content, place=place, targets=one.targets, rows=rows[:room]).content if room else content
    return fitted, len(one.rows) - room


def layout_of(layout: str, cards: int) -> str:
    """Return as what sort of file so many cards leave."""
    return COMES_BACK_AS[layout] if cards == 1 else ZIP


def _names(cards: Sequence[CardFill], layout: str) -> Iterator[str]:
    width = max(3, len(str(len(cards))))
    for number, card in enumerate(cards, 1):
        name = _UNNAMEABLE.sub("", card.name).strip(" .")[:LONGEST_NAME]
        yield f"{number:0{width}}{'-' if name else ''}{name}.{layout}"


__all__ = ["ZIP", "CardFill", "Cards", "fill_cards", "layout_of"]
