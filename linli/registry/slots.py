"""How domains above extend the registry: what they have to say beside the attributes of an entity."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from linli.accounts import api as accounts
from linli.kernel import slots as kernel

__all__ = ["Proposal", "Proposals", "proposals"]


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
