"""Cards 一人一表: the issuer's own file filled once for each record; several leave together, packed."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from linli.sheets.rules.delivery.documents import fill_document_cells
from linli.sheets.rules.delivery.files import COMES_BACK_AS, Bearer, Issue, own_file
from linli.sheets.rules.delivery.places import Address, Value
from linli.sheets.rules.delivery.spreadsheets import fill_spreadsheet_cells
from linli.sheets.rules.delivery.text_files import fill_csv_cells
from linli.sheets.rules.delivery.workbook import fill_workbook_cells

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
    """One card: what its file is called, and what stands in which cells, by (row, column) from 1."""

    name: str
    cells: Mapping[Address, Value]


def fill_cards(issue: Issue, sheet: str | int, cards: Sequence[CardFill], bearer: Bearer | None = None) -> bytes:
    """Return the issuer's file filled for one card, or for several all their files in a zip; see `layout_of`.

    Raises DeliveryRefusedError.
    """
    blank, layout = own_file(issue, [], {sheet}, bearer), COMES_BACK_AS[issue.layout]
    write = _WRITERS[layout]
    if layout_of(issue.layout, len(cards)) != ZIP:
        return write(blank, sheet=sheet, cells=cards[0].cells)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if layout != "csv" else zipfile.ZIP_DEFLATED) as packed:
        for name, card in zip(_names(cards, layout), cards, strict=True):
            packed.writestr(name, write(blank, sheet=sheet, cells=card.cells))
    return out.getvalue()


def layout_of(layout: str, cards: int) -> str:
    """Return as what sort of file so many cards leave."""
    return COMES_BACK_AS[layout] if cards == 1 else ZIP


def _names(cards: Sequence[CardFill], layout: str) -> Iterator[str]:
    width = max(3, len(str(len(cards))))
    for number, card in enumerate(cards, 1):
        name = _UNNAMEABLE.sub("", card.name).strip(" .")[:LONGEST_NAME]
        yield f"{number:0{width}}{'-' if name else ''}{name}.{layout}"


__all__ = ["ZIP", "CardFill", "fill_cards", "layout_of"]
