"""What goes to another node about corrections: a proposal, the wish to take it back, and what became of one of its."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.accounts import api as accounts
from linli.exchange.actions.messages import send
from linli.exchange.models import Correction, Peer
from linli.exchange.queries.peers import Origin

CORRECTION, STATE = "correction", "correction.state"
PROPOSE, TAKE_BACK, RETURNED = "propose", "take_back", "returned"


def send_proposal(row: Correction, origin: Origin, *, now: datetime) -> None:
    """Hand a proposal to the node that told the value: of the person nothing travels but the key of its feed."""
    unit = accounts.unit(row.unit_id).name if row.unit_id else ""
    body = {
        "step": PROPOSE, "id": str(row.pk), "subscription": str(origin.subscription), "key": origin.key,
        "kind": row.kind, "element": row.element, "value": json.loads(row.value.reveal()), "unit": unit,
        "evidence": row.evidence.reveal(), "reference": row.reference, "seen_on": row.seen_on.isoformat(),
    }  # fmt: skip
    send(peer=_peer(row), kind=CORRECTION, body=body, now=now)


def ask_back(row: Correction, *, words: str, now: datetime) -> None:
    """Ask the node that has a proposal to take it back; it is, once that node says so."""
    send(peer=_peer(row), kind=CORRECTION, body={"step": TAKE_BACK, "id": str(row.pk), "words": words}, now=now)


def tell_origin(row: Correction, *, now: datetime) -> None:
    """Tell the node that proposed a correction how it stands: received with its clock, or its end and the words."""
    body = {
        "id": str(row.peer_ref), "state": row.state, "number": row.number, "due": row.due.isoformat(),
        "words": row.answer, "unit": accounts.unit(row.owner_unit_id).name,
    }  # fmt: skip
    send(peer=_peer(row), kind=STATE, body=body, now=now)


def return_it(*, peer: Peer, ref: UUID, reason: str, now: datetime) -> None:
    """Tell a node that its proposal can't be put before anybody here, and why, by a code."""
    body: Mapping[str, Any] = {"id": str(ref), "state": RETURNED, "reason": reason}
    send(peer=peer, kind=STATE, body=body, now=now)


def _peer(row: Correction) -> Peer:
    if row.peer is None:
        raise LookupError(row.number)
    return row.peer
