"""How other domains extend sheets: who takes what was found out to the base, and who else has rows for a form."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from linli.accounts import api as accounts
from linli.kernel import slots as kernel
from linli.sheets.rules.refusals import AnswerRefusedError

__all__ = [
    "AnswerRefusedError",
    "Found",
    "Proposer",
    "RowElement",
    "RowSource",
    "RowWish",
    "RowsFound",
    "proposers",
    "row_sources",
]


@dataclass(frozen=True, slots=True)
class Found:
    """A value that somebody found out: of which record, which element, how they know, on which day."""

    entity_id: UUID
    element: str
    value: Any
    evidence: str
    seen_on: date


class Proposer(ABC):
    """Brings a value to whoever owns the element 采集回写: as a proposal, never as a fact."""

    code: str

    @abstractmethod
    def propose(self, found: Found, *, by: accounts.Actor, now: datetime) -> None:
        """Propose it, in the caller's transaction. Raises AnswerRefusedError with a sentence."""


proposers: kernel.Slot[Proposer] = kernel.Slot("proposer")


@dataclass(frozen=True, slots=True)
class RowElement:
    """What a source of rows knows of each row: its code, its name, and what forms call it. `grade` as of elements."""

    code: str
    label: str | Promise
    words: tuple[str, ...] = ()
    type: str = "text"
    grade: int = 2


@dataclass(frozen=True, slots=True)
class RowWish:
    """Which rows a form means: in a division, of the days from `since` through `until`, of a matter by its code."""

    division_id: int
    since: date | None = None
    until: date | None = None
    matter: str = ""


@dataclass(frozen=True, slots=True)
class RowsFound:
    """What was read: by key one value for each element, and how new each row is. Who is out of sight is left out.

    Days and moments are `date`, everything else words or numbers. `subjects` are the tokens of people in a row.
    """

    rows: Mapping[str, Sequence[object]]
    at: Mapping[str, datetime]
    subjects: Mapping[str, Sequence[str]]


class RowSource(ABC):
    """Knows rows of a kind of table that are no records of the registry 填报数据源, such as events."""

    code: str
    label: str | Promise

    @abstractmethod
    def elements(self) -> Sequence[RowElement]:
        """Return what is known of each row."""

    @abstractmethod
    def matters(self, *, now: datetime) -> Sequence[tuple[str, str]]:
        """Return by which matters rows may be narrowed, as (code, name)."""

    @abstractmethod
    def choose(self, wish: RowWish, *, by: accounts.Actor, now: datetime) -> Sequence[str]:
        """Return the keys of the rows that somebody may see, oldest first, at most 20,000. Raises NotAllowed."""

    @abstractmethod
    def read(
        self, keys: Sequence[str], *, elements: Sequence[str], by: accounts.Actor, now: datetime, case: str
    ) -> RowsFound:
        """Read rows by their keys for a form; whoever asks records nothing, the source writes the use ledger."""


row_sources: kernel.Slot[RowSource] = kernel.Slot("source of rows")
