"""What exchange tells the others."""

from dataclasses import dataclass
from uuid import UUID

from linli.kernel import facts as journal

__all__ = ["PairJudged"]


@dataclass(frozen=True)
class PairJudged(journal.Fact):
    """Somebody judged whether two records are one: `one`, `two`, `later`, or `undo`."""

    review_id: UUID
    entity_kind: str
    step: str
    by: str
