"""How others extend exchange: the kinds of messages that nodes send each other, one handler each."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from linli.kernel import slots as kernel

__all__ = ["PeerMessage", "peer_messages"]


class PeerMessage(ABC):
    """One kind of message between nodes 互联消息. `code` travels with it and must never change.

    Messages of one kind from one peer come in the order in which they were sent, each once. `take` runs in the
    transaction that notes the message as taken; what it raises sets the message aside with its sentence.
    """

    code: str
    label: str | Promise

    @abstractmethod
    def take(self, *, body: dict[str, Any], peer_id: UUID, now: datetime) -> None:
        """Use what a peer says."""


peer_messages: kernel.Slot[PeerMessage] = kernel.Slot("kind of peer message")
