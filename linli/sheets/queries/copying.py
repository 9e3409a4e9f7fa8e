"""A form as it was delivered, made a copy to keep: every value with the source that said it."""

from collections.abc import Sequence
from typing import Any

from linli.registry import api as registry
from linli.sheets.models import Delivery, Part
from linli.sheets.queries.families import owners_of
from linli.sheets.queries.filled import Reading, in_order
from linli.sheets.rules.copies import TYPED, Copy, Table, confidence, unpacked
from linli.trust import slots as trust

BY_HAND = {"source": "hand", "time": None, "confidence": TYPED}


def copy_of(readings: Sequence[tuple[Part, Reading]], leaving: trust.Leaving) -> Copy:
    """Return what leaves as a copy: tables with values and origins, and who is in them."""
    tables = [_table(part, reading, _cards(part, reading, readings)) for part, reading in readings]
    return Copy(tables, list(dict.fromkeys(leaving.subjects)), list(leaving.elements), sorted(set(leaving.grades)))


def kept_copy(delivery: Delivery) -> Copy | None:
    """Return the copy of a delivery; None where it is kept no longer, or was made before copies were kept."""
    if not delivery.data or not delivery.data.storage.exists(str(delivery.data.name)):
        return None
    with delivery.data.open("rb") as file:
        return unpacked(bytes(file.read()))


def _cards(part: Part, reading: Reading, readings: Sequence[tuple[Part, Reading]]) -> list[int]:
    """Return on which card each row stands: every row of a card on its own, who lives together on that of the card."""
    whose = [line.row_id for line in reading.lines] if part.is_card else owners_of(reading)
    cards = [line.row_id for one, other in readings if one.is_card for line in other.lines] if whose else []
    numbers = {card: number for number, card in enumerate(cards, 1)}
    return [numbers[one] for one in whose]


def _table(part: Part, reading: Reading, cards: Sequence[int]) -> Table:
    known: dict[registry.Origin, int] = {}
    origins: list[dict[str, Any]] = [BY_HAND]

    def place(origin: registry.Origin | None) -> int:
        if origin is None:
            return -1
        if origin not in known:
            known[origin] = len(origins)
            believed = confidence(origin.freshness, is_owner=origin.is_owner)
            origins.append({"source": origin.source, "time": origin.at, "confidence": believed})
        return known[origin]

    paths = {path: index for index, path in enumerate(reading.found.paths)}
    asked = [paths.get(one.element, -1) for one in reading.columns]
    patterns, places = [[-1] * len(asked)], []
    alike = {id(()): 0}  # rows of the same sources are one object, told many times
    for said in in_order(reading.lines, reading.found.origins, ()):
        if id(said) not in alike:
            alike[id(said)] = len(patterns)
            patterns.append([place(said[at]) if at >= 0 else -1 for at in asked])
        places.append(alike[id(said)])
    _by_hand(reading, places, patterns)
    columns = [list(one.path) for one in reading.columns]
    return Table(part.title or part.grid_name, columns, reading.rows, places, patterns, origins, cards)


def _by_hand(reading: Reading, places: list[int], patterns: list[list[int]]) -> None:
    """Give rows in which somebody typed a pattern of their own."""
    if not reading.typed:
        return
    rows = {line.pk: at for at, line in enumerate(reading.lines)}
    columns = {column.pk: at for at, column in enumerate(reading.columns)}
    for row in {rows[line] for line, _column in reading.typed}:
        patterns.append(list(patterns[places[row]]))
        places[row] = len(patterns) - 1
    for line, column in reading.typed:
        patterns[places[rows[line]]][columns[column]] = 0
