"""What was delivered, kept as data 交付数据: each cell with its source, to be handed out as CSV or JSON."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.utils.translation import gettext

LEVEL = 1
# How far a value is believed 可信度: by how fresh it is; less where another than its owner says so; typed by hand.
CONFIDENCE, NOT_OWNED, TYPED = {"fresh": 1.0, "ageing": 0.8, "stale": 0.5}, 0.9, 0.7


@dataclass(frozen=True, slots=True)
class Table:
    """One table as it was delivered: header paths, rows of values, and for each row the place of its pattern.

    A pattern has for each cell the place of its origin, {source, time, confidence}; -1 is no origin. `cards` says on
    which card each row stands, counted from one; nothing where the form is none.
    """

    title: str
    columns: Sequence[Sequence[str]]
    rows: Sequence[Sequence[Any]]
    places: Sequence[int]
    patterns: Sequence[Sequence[int]]
    origins: Sequence[Mapping[str, Any]]
    cards: Sequence[int] = ()

    @property
    def names(self) -> list[str]:
        """The header paths in words; one that stands twice is numbered."""
        said: list[str] = []
        for path in self.columns:
            name = again = " / ".join(path)
            number = 2
            while again in said:
                again, number = f"{name} ({number})", number + 1
            said.append(again)
        return said


@dataclass(frozen=True, slots=True)
class Copy:
    """Everything of one delivery: its tables, and for the ledger who is in it, which elements, of which grades."""

    tables: Sequence[Table]
    subjects: Sequence[str]
    elements: Sequence[str]
    grades: Sequence[int]


def confidence(freshness: str, *, is_owner: bool) -> float:
    """Return how far a value is believed, from 0 to 1."""
    return round(CONFIDENCE[freshness] * (1 if is_owner else NOT_OWNED), 2)


def packed(copy: Copy) -> bytes:
    """Return a copy as bytes to keep."""
    return zlib.compress(orjson.dumps(copy, default=str, option=orjson.OPT_NON_STR_KEYS), LEVEL)


def unpacked(content: bytes) -> Copy:
    """Return the copy that `packed` made."""
    said = orjson.loads(zlib.decompress(content))
    return Copy([Table(**one) for one in said["tables"]], said["subjects"], said["elements"], said["grades"])


def as_lines(copy: Copy) -> tuple[list[str], list[list[Any]]]:
    """Return one heading and the rows of all tables below it, as CSV holds them.

    Of several tables each row names its own; on cards each says in front on which one it stands.
    """
    names = list(dict.fromkeys(name for one in copy.tables for name in one.names))
    are_several, on_cards = len(copy.tables) > 1, any(one.cards for one in copy.tables)
    lines = []
    for table in copy.tables:
        places = [names.index(name) for name in table.names]
        for at, row in enumerate(table.rows):
            line: list[Any] = [None] * len(names)
            for place, value in zip(places, row, strict=True):
                line[place] = value
            card = table.cards[at] if table.cards else None
            lines.append([table.title] * are_several + [card] * on_cards + line)
    return [""] * are_several + [gettext("No. of the card")] * on_cards + names, lines


def as_objects(copy: Copy) -> list[dict[str, Any]]:
    """Return the tables with one object a row: by header path the value, its source, its time, its confidence.

    Where rows stand on cards, `cards` has the number of the card for each.
    """
    nothing = {"source": None, "time": None, "confidence": None}
    return [
        {
            "title": table.title, "columns": table.names,
            "rows": [
                {name: {"value": value, **(table.origins[at] if at >= 0 else nothing)}
                 for name, value, at in zip(table.names, row, table.patterns[place], strict=True)}
                for row, place in zip(table.rows, table.places, strict=True)
            ],
            **({"cards": table.cards} if table.cards else {}),
        }
        for table in copy.tables
    ]  # fmt: skip
