"""What a file that leaves says of itself 导出水印, and from how many rows on a second person is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from linli.trust.rules.handling import APPROVALS, Handling

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is easily taken for another
LENGTH, BITS = 10, 5
UNIT, CENTRE = "unit", "centre"
CHAINS: dict[str, tuple[str, ...]] = {UNIT: (UNIT,), CENTRE: (CENTRE,), "both": (UNIT, CENTRE)}
PLACES: dict[str, str | Promise] = {UNIT: APPROVALS[UNIT], CENTRE: APPROVALS[CENTRE]}


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is about to leave: a heading and its lines as this viewer reads them, each cell safe from formulas.

    `subjects` are tokens of all whom it speaks of, `elements` as the ledger names them, `grades` those of the elements
    in it, `people` how many it speaks of; `label` heads the column of the mark in a table for machines. `approved_by`
    names what another person allowed before, such as a grant.
    """

    name: str
    heading: Sequence[str]
    lines: Sequence[Sequence[Any]]
    subjects: Sequence[str]
    elements: Sequence[str]
    grades: Sequence[int]
    purpose: str
    object_kind: str
    object_id: str = ""
    approved_by: str = ""
    people: int | None = None
    label: str = ""

    @property
    def rows(self) -> int:
        """How many lines there are, the heading apart."""
        return len(self.lines)

    @property
    def count(self) -> int:
        """How many people it counts as."""
        return self.rows if self.people is None else self.people


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that left: its lines with the mark in the last column, and what it says of itself (label, words)."""

    name: str
    mark: str
    entry: UUID
    watermark: str
    lines: Sequence[Sequence[Any]]
    note: Sequence[tuple[str, str]] = field(default_factory=tuple)


def mark_of(entry: UUID) -> str:
    """Return ten letters and digits that stand for an entry of the ledger in a file: 50 of its random bits."""
    rest = entry.int
    said = []
    for _place in range(LENGTH):
        said.append(LETTERS[rest & 31])
        rest >>= BITS
    return "".join(reversed(said))


def marked(leaving: Leaving, label: str, watermark: str) -> list[list[Any]]:
    """Return heading and lines with the watermark as one more column: it goes with each row that is copied out."""
    return [[*leaving.heading, leaving.label or label], *([*line, watermark] for line in leaving.lines)]


def needs_approval(line: Handling, *, rows: int, before: int) -> bool:
    """Tell whether so many rows, with those of the day before them, need a second person."""
    return line.approve_from is not None and rows > 0 and rows + before >= line.approve_from


def next_place(line: Handling, place: str) -> str:
    """Return who decides after this place in the chain of a grade; empty after the last, the first before any."""
    chain = CHAINS[line.approval]
    at = chain.index(place) + 1 if place in chain else 0
    return chain[at] if at < len(chain) else ""
