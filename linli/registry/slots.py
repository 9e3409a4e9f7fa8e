"""What the registry lets others plug in: who finds the person behind a key that a source uses for the first time."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from linli.kernel import slots as kernel

__all__ = ["Draft", "Finding", "Matcher", "matchers"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source says under a key, cleaned: element codes and values."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """Whom a draft means: an entity for certain, or the same as an earlier draft; `doubtful` are for a person to judge.

    `doubtful` holds (identity, log2 odds) of what is perhaps the same.
    """

    entity_id: UUID | None = None
    like: str = ""
    doubtful: tuple[tuple[int, float], ...] = ()


class Matcher(ABC):
    """Finds entities by more than an equal number. Asked inside the transaction that takes records in."""

    code: str
    label: str | Promise
    kinds: frozenset[str]

    @abstractmethod
    def match(self, *, kind: str, drafts: Sequence[Draft]) -> Mapping[str, Finding]:
        """Return what was found, by key; a key that is left out is somebody new. A fixed number of queries for all."""

    @abstractmethod
    def keep(
        self, *, source: str, kind: str, drafts: Sequence[Draft], findings: Mapping[str, Finding], now: datetime
    ) -> None:
        """Remember what was said, so that the next draft can be compared with it. Identities have rows by now."""


matchers: kernel.Slot[Matcher] = kernel.Slot("matcher")
