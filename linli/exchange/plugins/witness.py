"""The kinds of messages by which linked nodes witness each other's use ledger."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.exchange.actions import witness
from linli.exchange.slots import PeerMessage


class HeadTold(PeerMessage):
    """A peer tells the newest head of its ledger."""

    code = witness.HEAD
    label = _("head of the use ledger")

    def take(self, *, body: dict[str, Any], peer_id: UUID, now: datetime) -> None:
        """Judge it and answer."""
        witness.take_head(peer_id=peer_id, body=body, now=now)


class HeadCountersigned(PeerMessage):
    """A peer counter-signed one of our heads."""

    code = witness.COUNTERSIGNED
    label = _("counter-signature")

    def take(self, *, body: dict[str, Any], peer_id: UUID, now: datetime) -> None:
        """Keep it."""
        witness.take_countersigned(peer_id=peer_id, body=body, now=now)


class HeadRefused(PeerMessage):
    """A peer refused one of our heads."""

    code = witness.REFUSED
    label = _("head refused")

    def take(self, *, body: dict[str, Any], peer_id: UUID, now: datetime) -> None:
        """Tell it anew, or keep the conflict."""
        witness.take_refused(peer_id=peer_id, body=body, now=now)
