"""How domains above extend the registry: what they propose, whom a key means, who holds copies, why a tag is given."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from linli.accounts import api as accounts
from linli.kernel import slots as kernel

__all__ = [
    "Copies",
    "Draft",
    "Finding",
    "Happening",
    "Leaving",
    "Matcher",
    "Occasions",
    "Proposal",
    "Proposals",
    "copies",
    "matchers",
    "occasions",
    "proposals",
]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that somebody proposes for an element and nobody has confirmed 待核实. `value` is not masked yet."""

    entity_id: UUID
    element: str
    value: Any
    said_by: str
    since: datetime
    due: datetime | None
    number: str


class Proposals(ABC):
    """Knows what is proposed about entities and not confirmed. Asked once for each card or list, not for each line."""

    code: str
    label: str | Promise

    @abstractmethod
    def about(self, ids: Collection[UUID], *, viewer: accounts.Actor) -> Mapping[UUID, Sequence[Proposal]]:
        """Return what this viewer may know of, by entity; those without a proposal are left out. At most one query."""


proposals: kernel.Slot[Proposals] = kernel.Slot("source of proposals")


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


@dataclass(frozen=True, slots=True)
class Happening:
    """An occasion as one viewer may read it: the number by which people call it, its words, and whether it goes on."""

    key: str
    number: str
    words: str
    is_open: bool


class Occasions(ABC):
    """Knows one sort of occasion on which tags are given, such as events. The registry keeps no word of them.

    Whoever registers it tells the registry through `api.end_occasions` and `api.resume_occasions` how they go on.
    """

    code: str
    label: str | Promise

    @abstractmethod
    def known(self, keys: Collection[str], *, viewer: accounts.Actor) -> Mapping[str, Happening]:
        """Return those of these occasions that the viewer may know of, by key. At most one query."""


occasions: kernel.Slot[Occasions] = kernel.Slot("sort of occasion")


@dataclass(frozen=True, slots=True)
class Leaving:
    """An entity that is about to be deleted: its keys as (source, key), and every statement about it, as values."""

    entity_id: UUID
    kind: str
    keys: frozenset[tuple[str, str]]
    said: tuple[Mapping[str, Any], ...]


class Copies(ABC):
    """Holds copies of what sources said, by which nobody can be told any more once the registry has forgotten."""

    code: str
    label: str | Promise

    @abstractmethod
    def before_erasing(self, leaving: Sequence[Leaving], *, now: datetime) -> None:
        """Delete what hangs on these entities, or note what is to be looked for; in the transaction that deletes."""

    @abstractmethod
    def before_erasing_element(self, leaving: Leaving, code: str, *, now: datetime) -> None:
        """Do the same for one element of an entity that stays."""


copies: kernel.Slot[Copies] = kernel.Slot("holder of copies")
