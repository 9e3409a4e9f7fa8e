"""What exchange tells the others."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.kernel import facts as journal

__all__ = ["DatasetLate", "FeedTaken", "PeerLinked", "RunEnded"]


@dataclass(frozen=True)
class RunEnded(journal.Fact):
    """A run of a data set ended: done, stopped before anything was taken, or the source could not be read."""

    dataset: str
    run_id: UUID
    state: str
    new: int
    changed: int
    rejected: int


@dataclass(frozen=True)
class DatasetLate(journal.Fact):
    """A data set brought nothing within its update cycle. Told once until it comes again."""

    dataset: str
    name: str
    since: datetime


@dataclass(frozen=True)
class FeedTaken(journal.Fact):
    """Entries of a change feed of another node were taken in, up to this number."""

    intake_id: UUID
    sequence: int


@dataclass(frozen=True)
class PeerLinked(journal.Fact):
    """Another node was linked, or its link goes on 节点已互联; `place` is above, below or beside."""

    peer_id: UUID
    place: str
