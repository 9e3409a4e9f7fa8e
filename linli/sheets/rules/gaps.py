"""What a form lacks 缺项."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Missing:
    """An element of a record that a form lacks: with what one visit answers it, and where the record is found."""

    entity_id: UUID
    element: str
    visit: UUID
    grid_id: int | None = None
    community_id: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of what is missing: how many questions are new, how many cells an answer was there for already."""

    new: int
    handed: int = 0
