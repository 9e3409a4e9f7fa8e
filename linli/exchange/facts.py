"""What exchange tells the others."""

from dataclasses import dataclass
from uuid import UUID

from linli.kernel import facts as journal

__all__ = ["FeedTaken", "PeerLinked"]


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
