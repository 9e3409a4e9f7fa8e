"""What insight tells: definitions that changed, events that are left out of a figure."""

from dataclasses import dataclass
from uuid import UUID

from linli.kernel import facts as journal


@dataclass(frozen=True)
class MeasureChanged(journal.Fact):
    """A version of a measure 指标 came into force."""

    code: str
    number: int
    by_person_id: UUID | None


@dataclass(frozen=True)
class ExclusionDecided(journal.Fact):
    """Somebody decided whether an event is left out of a measure 剔除."""

    event_id: UUID
    measure: str
    approved: bool
