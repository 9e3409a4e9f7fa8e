"""Nodes are linked by their anchors, paused and removed; a new key of theirs is trusted when a trusted one signs it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.exchange import facts
from linli.exchange.actions.keys import MANAGE, ensure_keys
from linli.exchange.actions.messages import drop_waiting
from linli.exchange.models import Peer, PeerKey
from linli.exchange.queries.peers import own_node
from linli.exchange.rules.anchors import Anchor
from linli.exchange.rules.refusals import AnchorRefusedError, KnownPeerError, OwnAnchorError
from linli.exchange.rules.signatures import ALGORITHMS, fingerprint
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.trust import api as trust

ACTIVE, PAUSED, REMOVED = Peer.State.ACTIVE, Peer.State.PAUSED, Peer.State.REMOVED


@transaction.atomic
def add_peer(*, anchor: Anchor, place: str, by: accounts.Actor, now: datetime) -> Peer:
    """Link with the node of an anchor whose fingerprint was compared. A removed node may be linked anew.

    Raises NotAllowed, OwnAnchorError, KnownPeerError, OutgoingError for an address that can't be one.
    """
    trust.require(by, MANAGE)
    kernel.check_target(anchor.address)
    ensure_keys(now=now)
    if anchor.node == own_node():
        raise OwnAnchorError
    known = Peer.objects.filter(node=anchor.node).first()
    if known is not None and known.state != REMOVED:
        raise KnownPeerError
    said = {"name": anchor.name, "address": anchor.address, "place": place, "state": ACTIVE, "added_at": now,
            "added_by": by.name, "failures": 0, "next_try_at": None, "error": "", "catalogue_mark": ""}  # fmt: skip
    peer, _made = Peer.objects.update_or_create(node=anchor.node, defaults=said)
    peer.keys.all().delete()
    _trust(peer, anchor.algorithm, anchor.public, now)
    _note(by, "open", peer, now)
    journal.publish(facts.PeerLinked(peer.id, place), now=now)
    return peer


@transaction.atomic
def change_state(*, peer_id: UUID, state: str, by: accounts.Actor, now: datetime) -> Peer:
    """Pause a link, let it go on, or remove it: then its keys are trusted no more and what waits is dropped.

    While it is paused nothing goes out and nothing is taken in. Raises NotAllowed.
    """
    trust.require(by, MANAGE)
    peer = Peer.objects.select_for_update().get(pk=peer_id)
    peer.state, peer.next_try_at, peer.failures = state, None, 0
    peer.save(update_fields=["state", "next_try_at", "failures"])
    if state == REMOVED:
        peer.keys.all().delete()
        drop_waiting(peer=peer)
        peer.subscriptions.filter(ended_at=None).update(ended_at=now)
        peer.intakes.filter(ended_at=None).update(ended_at=now)
    _note(by, {ACTIVE: "resume", PAUSED: "pause"}.get(Peer.State(state), "end"), peer, now)
    if state == ACTIVE:
        journal.publish(facts.PeerLinked(peer.id, peer.place), now=now)
    return peer


def trust_key(*, peer_id: UUID, body: Mapping[str, Any], now: datetime) -> None:
    """Trust the new key of a peer, told in a message that a trusted key signed. Raises AnchorRefusedError."""
    algorithm, public = str(body.get("algorithm")), str(body.get("public"))
    if algorithm not in ALGORITHMS:
        raise AnchorRefusedError
    _trust(Peer.objects.get(pk=peer_id), algorithm, public, now)


def _trust(peer: Peer, algorithm: str, public: str, now: datetime) -> None:
    said = {"algorithm": algorithm, "public": public, "trusted_at": now}
    PeerKey.objects.get_or_create(peer=peer, fingerprint=fingerprint(public), defaults=said)


def _note(by: accounts.Actor, action: str, peer: Peer, now: datetime) -> None:
    trust.record(
        by=by, action=action, purpose="exchange.peers", subjects=[], object_kind="peer", object_id=peer.id,
        elements=[], now=now,
    )  # fmt: skip
