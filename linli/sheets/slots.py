"""How other domains extend sheets: who takes what was found out on a visit to the base."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from linli.accounts import api as accounts
from linli.kernel import slots as kernel
from linli.sheets.rules.refusals import AnswerRefusedError

__all__ = ["AnswerRefusedError", "Found", "Proposer", "proposers"]


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
