"""What makes a standing ledger 台账: its columns, which forms are views of it, what is new, what is carried over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

ALIKE = 0.6  # from this share of a form's elements on, the form is proposed as a view
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column: a key, the same in every form, its name, its element ("" for what a hand fills), its conversion."""

    key: str
    label: str
    element: str
    transform: Mapping[str, Any]

    def as_data(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {"key": self.key, "label": self.label, "element": self.element, "transform": dict(self.transform)}


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that says something else than in the last issue."""

    key: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new since an issue: rows that came, rows that left, cells that changed by row."""

    came: tuple[UUID, ...]
    went: tuple[UUID, ...]
    cells: Mapping[UUID, tuple[CellChange, ...]]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is new."""
        return not (self.came or self.went or self.cells)


def key_of(label: str, element: str, transform: Mapping[str, Any]) -> str:
    """Return the key of a column: what it asks for, else what it is called."""
    return (f"{element}:{transform['kind']}" if element else f"hand:{label}")[:140]


def columns_from(kept: Sequence[Mapping[str, Any]]) -> list[LedgerColumn]:
    """Return the columns of a ledger that were kept."""
    return [LedgerColumn(one["key"], one["label"], one["element"], one["transform"]) for one in kept]


def likeness(form: Sequence[str], ledger: Sequence[str]) -> float:
    """Return which share of the elements that a form asks for stands in a ledger, from 0 to 1."""
    asked = {one for one in form if one}
    return len(asked & set(ledger)) / len(asked) if asked else 0.0


def changes_between(before: Mapping[UUID, Cells], now: Mapping[UUID, Cells]) -> Changes:
    """Return what is new. A column that one of both does not have is not compared."""
    both = {key: (before[key], said) for key, said in now.items() if key in before}
    cells = {
        key: tuple(CellChange(one, was[one], text) for one, text in said.items() if one in was and was[one] != text)
        for key, (was, said) in both.items()
    }
    return Changes(
        tuple(key for key in now if key not in before), tuple(key for key in before if key not in now),
        {key: some for key, some in cells.items() if some},
    )  # fmt: skip


def still_holds(said_on: date, *, today: date, days: int, known_on: date | None = None) -> bool:
    """Tell whether what was typed on a day may be carried over: not older than so many days, nothing newer known."""
    return today - said_on <= timedelta(days=days) and (known_on is None or known_on <= said_on)
