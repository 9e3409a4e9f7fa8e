"""What other nodes say of our heads, and what did not fit."""

from dataclasses import dataclass
from datetime import datetime

from linli.trust.models import CounterSignature, HeadProblem, Seal, TreeHead
from linli.trust.queries.tiles import newest_head


@dataclass(frozen=True, slots=True)
class HeadState:
    """The newest head for a page: its seal's number, leaves, root and time, and the newest counter-signatures."""

    head: TreeHead | None
    made_at: datetime | None
    signatures: tuple[CounterSignature, ...]
    problems: tuple[HeadProblem, ...]


def head_state() -> HeadState:
    """Return how the head stands: by each witness the newest signature, and every conflict that is not settled."""
    head = newest_head()
    seal = Seal.objects.filter(number=head.number).first() if head else None
    signatures = CounterSignature.objects.order_by("node", "-number").distinct("node")
    problems = HeadProblem.objects.filter(settled_at=None).order_by("-id")[:20]
    return HeadState(head, seal.made_at if seal else None, tuple(signatures), tuple(problems))


def countersignatures() -> list[CounterSignature]:
    """Return all counter-signatures of our heads, the newest first."""
    return list(CounterSignature.objects.order_by("-number", "node"))


def head_problems() -> list[HeadProblem]:
    """Return every conflict of heads that was kept, the newest first."""
    return list(HeadProblem.objects.order_by("-id"))
