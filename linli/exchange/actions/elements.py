"""The dictionary goes down 数据元继承: a node below takes over what a node above added."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.exchange.actions.messages import send
from linli.exchange.models import Peer
from linli.exchange.rules.refusals import PeerRefusedError
from linli.registry import api as registry

ELEMENTS = "elements"
FIELDS = tuple(field.name for field in fields(registry.ElementInfo))


def tell_below(*, codes: Iterable[tuple[str, str]] | None, now: datetime, peer_id: UUID | None = None) -> int:
    """Tell the nodes below of these (kind, code) elements, of all that were added here for None; return how many."""
    wanted = None if codes is None else set(codes)
    told = [
        {name: getattr(row, name) for name in FIELDS}
        for row in registry.all_elements()
        if not row.is_sample and (wanted is None or (row.kind, row.code) in wanted)
    ]
    below = Peer.objects.filter(place=Peer.Place.BELOW).exclude(state=Peer.State.REMOVED)
    if peer_id is not None:
        below = below.filter(pk=peer_id)
    for peer in below.order_by("id") if told else ():
        send(peer=peer, kind=ELEMENTS, body={"elements": told}, now=now)
    return len(told)


def inherit(*, peer_id: UUID, body: Mapping[str, Any], now: datetime) -> int:
    """Take over elements from a node above; return how many were new or changed. Raises PeerRefusedError for others."""
    peer = Peer.objects.get(pk=peer_id)
    if peer.place != Peer.Place.ABOVE:
        raise PeerRefusedError
    told = [registry.ElementInfo(**{name: one[name] for name in FIELDS if name in one}) for one in body["elements"]]
    return sum(registry.inherit_element(element=one, origin=f"peer:{peer.node}", now=now) for one in told)
