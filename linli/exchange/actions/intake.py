"""Feeds of other nodes are taken in: each entry once, in order, with the number in the same transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.exchange import facts
from linli.exchange.models import Intake, Peer
from linli.exchange.rules.refusals import PeerRefusedError
from linli.kernel import facts as journal
from linli.registry import api as registry

HOUSED = ("house", "building")  # taken first: people are found through them
Entries = Sequence[Mapping[str, Any]]


def open_intake(*, peer_id: UUID, body: Mapping[str, Any], now: datetime) -> Intake:
    """Note that a peer tells this node of a slice; what comes is a source of the base."""
    said = {"peer_id": peer_id, "name": str(body["name"])[:100], "purpose": str(body["purpose"])[:200],
            "valid_until": datetime.fromisoformat(body["valid_until"]), "since": now}  # fmt: skip
    row, _made = Intake.objects.get_or_create(id=UUID(body["subscription"]), defaults=said)
    peer = Peer.objects.get(pk=peer_id)
    if row.peer_id != peer_id:
        raise PeerRefusedError
    registry.register_source(
        code=row.source, name=f"{peer.name} · {row.name}"[:100], department=peer.name[:60], now=now
    )
    return row


def end_intake(*, peer_id: UUID, subscription_id: UUID, now: datetime) -> None:
    """Note that nothing more comes; what was taken stays, and is marked by its age."""
    Intake.objects.filter(pk=subscription_id, peer_id=peer_id, ended_at=None).update(ended_at=now)


@transaction.atomic
def take_page(*, intake_id: UUID, page: Mapping[str, Any], now: datetime) -> int:
    """Take the entries of a page that are new; return how many. A page that was taken before does nothing.

    Raises PeerRefusedError where an entry is missing: it is asked for again.
    """
    row = Intake.objects.select_for_update().get(pk=intake_id)
    new = [one for one in page["entries"] if int(one["sequence"]) > row.sequence]
    if [int(one["sequence"]) for one in new] != list(range(row.sequence + 1, row.sequence + 1 + len(new))):
        raise PeerRefusedError
    if page.get("ended"):
        row.ended_at = now
    if new:
        _use(row.source, new, now)
        row.sequence += len(new)
        row.entries += len(new)
        row.last_at = now
        journal.publish(facts.FeedTaken(row.id, row.sequence), now=now)
    row.save(update_fields=["sequence", "entries", "last_at", "ended_at"])
    return len(new)


def _use(source: str, entries: Entries, now: datetime) -> None:
    """Say of each thing what it is now: of several entries about one the last counts."""
    last = {(str(one["kind"]), str(one["key"])): one for one in entries}
    kinds = sorted({kind for kind, _key in last}, key=lambda one: (one not in HOUSED, one))
    for kind in kinds:
        here = [one for (of, _key), one in last.items() if of == kind]
        gone = [str(one["key"]) for one in here if one["state"] != "is"]
        told = [
            registry.Statement(str(one["key"])[:80], one["values"], datetime.fromisoformat(one["at"]))
            for one in here if one["state"] == "is"
        ]  # fmt: skip
        if told:
            run = f"feed-{entries[0]['sequence']}"
            registry.take_in(source=source, kind=kind, statements=told, run=run, by=accounts.SYSTEM, now=now)
        if gone:
            registry.withdraw(source=source, kind=kind, keys=gone, by=accounts.SYSTEM, now=now)
