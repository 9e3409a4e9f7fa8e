"""Other nodes and this one: who we are, whose keys are trusted, what waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from linli.exchange.models import InMessage, Intake, NodeKey, OutMessage, Peer, PeerKey
from linli.exchange.rules.anchors import Anchor
from linli.exchange.rules.signatures import KeyPair
from linli.registry import api as registry

FEED = "feed-"
ACTIVE, REMOVED = Peer.State.ACTIVE, Peer.State.REMOVED


@dataclass(frozen=True, slots=True)
class Origin:
    """Which peer told a value, by which of its slices, and under which key it knows whom the value is about."""

    peer: Peer
    subscription: UUID
    key: str


def origin_of(entity_id: UUID, element: str) -> Origin | None:
    """Return which peer told what is believed of an element here; None where it was said here."""
    said = registry.said_by(entity_id, element)
    if said is None or not said[0].startswith(FEED):
        return None
    rows = Intake.objects.filter(ended_at=None).exclude(peer__state=REMOVED).select_related("peer")
    intake = next((one for one in rows if one.source == said[0]), None)
    return Origin(intake.peer, intake.pk, said[1]) if intake else None


def own_keys() -> KeyPair | None:
    """Return the key that signs, the newest; None before the node was ever linked."""
    row = NodeKey.objects.order_by("-id").first()
    return KeyPair(row.algorithm, row.public, row.private.reveal()) if row else None


def own_node() -> Any:
    """Return the id by which others know this node: that of its first key. None before there is one."""
    return NodeKey.objects.order_by("id").values_list("id", flat=True).first()


def own_anchor(*, address: str) -> Anchor | None:
    """Return what is handed to others; `address` is where they reach this node."""
    keys, node = own_keys(), own_node()
    if keys is None:
        return None
    return Anchor(node, str(settings.SITE_FACTS["name"]), address.rstrip("/"), keys.algorithm, keys.public)


def trusted_key(mark: str) -> PeerKey | None:
    """Return the key with this fingerprint of a node that is not removed."""
    found = PeerKey.objects.filter(fingerprint=mark).exclude(peer__state=REMOVED)
    return found.select_related("peer").first()


def peers() -> "QuerySet[Any, Any]":
    """Return the nodes that are linked, with `backlog`: how many messages wait for each."""
    waiting = Count("outgoing", filter=Q(outgoing__sent_at=None))
    return Peer.objects.exclude(state=REMOVED).annotate(backlog=waiting).order_by("place", "name")


def peers_at_work(now: datetime) -> "QuerySet[Peer]":
    """Return the nodes to which something may be sent now."""
    ready = Q(next_try_at=None) | Q(next_try_at__lte=now)
    return Peer.objects.filter(ready, state=ACTIVE).order_by("id")


def waiting_for(peer: Peer, count: int) -> list[OutMessage]:
    """Return the oldest messages that wait for a peer."""
    return list(OutMessage.objects.filter(peer=peer, sent_at=None).order_by("id")[:count])


def set_aside(peer: Peer) -> "QuerySet[InMessage]":
    """Return the messages of a peer that could not be used, newest first."""
    return InMessage.objects.filter(peer=peer, state=InMessage.State.ASIDE).order_by("-received_at")
