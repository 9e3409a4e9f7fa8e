"""Heads of the use ledger between nodes 树头见证: told, counter-signed or refused; trust judges, this carries."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.exchange.actions.messages import send
from linli.exchange.models import Peer
from linli.trust import api as trust

HEAD, COUNTERSIGNED, REFUSED = "ledger.head", "ledger.countersigned", "ledger.refused"


def tell_heads(*, now: datetime, peer_id: UUID | None = None) -> int:
    """Tell each linked node the newest head of our ledger where it is news; return how many were told."""
    peers = Peer.objects.filter(state=Peer.State.ACTIVE).order_by("id")
    told = 0
    for peer in peers if peer_id is None else peers.filter(pk=peer_id):
        with transaction.atomic():
            body = trust.head_to_tell(node=str(peer.node), name=peer.name, now=now)
            if body is not None:
                send(peer=peer, kind=HEAD, body=body, now=now)
                told += 1
    return told


def take_head(*, peer_id: UUID, body: Mapping[str, Any], now: datetime) -> None:
    """Judge the head of a peer and answer. Raises BadHeadError for what is no head."""
    peer = Peer.objects.get(pk=peer_id)
    said = trust.witness_head(node=str(peer.node), name=peer.name, body=body, now=now)
    send(peer=peer, kind=REFUSED if "reason" in said else COUNTERSIGNED, body=said, now=now)


def take_countersigned(*, peer_id: UUID, body: Mapping[str, Any], now: datetime) -> None:
    """Keep the counter-signature of a peer. Raises BadHeadError for one that is not good."""
    peer = Peer.objects.get(pk=peer_id)
    trust.take_countersignature(node=str(peer.node), name=peer.name, body=body, now=now)


def take_refused(*, peer_id: UUID, body: Mapping[str, Any], now: datetime) -> None:
    """Hear that a peer refused our head, and tell it anew where it only lacked the proof."""
    peer = Peer.objects.get(pk=peer_id)
    if trust.take_refusal(node=str(peer.node), name=peer.name, body=body, now=now):
        tell_heads(now=now, peer_id=peer_id)
