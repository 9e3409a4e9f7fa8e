"""The change feed: a slice is granted to a peer, its entries are numbered without gaps, and pages are made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import models, transaction

from linli.accounts import api as accounts
from linli.exchange.actions.keys import MANAGE
from linli.exchange.actions.messages import send
from linli.exchange.models import FeedEntry, Peer, Subscription
from linli.exchange.queries.rising import ground, risen_of
from linli.exchange.rules.refusals import PeerRefusedError
from linli.exchange.rules.slices import by_kind, check_slice
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust

OFFER, END = "feed.offer", "feed.end"
PAGE, BATCH = 200, 5000  # entries on one page, and written at once


@dataclass(frozen=True, slots=True)
class Slice:
    """What a peer is told of: an area with all below it, elements as `kind.code`, why, on what basis, until when."""

    name: str
    division_id: int
    elements: tuple[str, ...]
    purpose: str
    basis: str
    valid_until: datetime


@transaction.atomic
def subscribe(*, peer: Peer, wanted: Slice, by: accounts.Actor, now: datetime, whole: bool = True) -> Subscription:
    """Tell a peer of a slice, with `whole` of all that is in it first, and let it know.

    Raises NotAllowed, SliceRefusedError.

    Who grants it must hold the right over the base and, for elements of the highest grade, that to sensitive data.
    """
    trust.require(by, MANAGE)
    grouped = by_kind(wanted.elements)
    known = {kind: registry.elements_of(kind) for kind in grouped}
    check_slice(grouped, known, until=wanted.valid_until, now=now, sensitive=by.can("registry.sensitive"))
    transaction_id, entry = registry.last_change()
    row = Subscription(
        peer=peer, name=wanted.name, division_id=wanted.division_id, kinds=sorted(grouped),
        elements=sorted(wanted.elements), purpose=wanted.purpose, basis=wanted.basis, valid_until=wanted.valid_until,
        made_at=now, by=by.name, transaction=transaction_id, entry=entry,
    )  # fmt: skip
    row.stands_on = ground(row)
    row.save(force_insert=True)
    if whole:
        _number_all(row, now)
    body = {"subscription": str(row.id), "name": row.name, "purpose": row.purpose,
            "valid_until": row.valid_until.isoformat()}  # fmt: skip
    send(peer=peer, kind=OFFER, body=body, now=now)
    _note(by, "open", row, now)
    return row


@transaction.atomic
def end_subscription(*, subscription_id: UUID, by: accounts.Actor, now: datetime) -> None:
    """End a slice for good, the same second. Raises NotAllowed."""
    trust.require(by, MANAGE)
    row = Subscription.objects.select_for_update().get(pk=subscription_id)
    if row.ended_at is None:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        row.entries.all().delete()
        send(peer=row.peer, kind=END, body={"subscription": str(row.id)}, now=now)
        _note(by, "end", row, now)


@transaction.atomic
def page_of_feed(*, peer: Peer, subscription_id: UUID, after: int, now: datetime) -> dict[str, Any]:
    """Return a page of a feed after an entry: `entries` with their numbers, `last` given out, `ended`.

    An entry says what its entity is now, that it left the slice, or that it is gone; values are read at this moment, so
    that a page asked for again never brings back what was deleted. Nothing is told while an element of the slice has
    risen to a grade that may not be told so. Raises PeerRefusedError for a slice not theirs.
    """
    row = Subscription.objects.select_for_update().filter(pk=subscription_id, peer=peer).first()
    if row is None:
        raise PeerRefusedError
    if row.ended_at is not None or row.valid_until <= now:
        return {"subscription": str(row.id), "entries": [], "last": row.sequence, "ended": True}
    if risen_of(row).stops:
        return {"subscription": str(row.id), "entries": [], "last": after, "ended": False}
    _advance(row)
    if after > row.taken:
        row.taken = min(after, row.sequence)
    row.save(update_fields=["transaction", "entry", "sequence", "taken"])
    entries = list(row.entries.filter(sequence__gt=after).order_by("sequence")[:PAGE])
    return {
        "subscription": str(row.id), "entries": _told(row, entries, now), "last": row.sequence, "ended": False,
    }  # fmt: skip


def has_news(*, subscription_id: UUID, after: int) -> bool:
    """Tell whether a feed may have an entry after this one, without giving out numbers."""
    row = Subscription.objects.filter(pk=subscription_id).first()
    if row is None or row.ended_at is not None:
        return True
    if risen_of(row).stops:
        return False
    if row.sequence > after:
        return True
    return bool(registry.changes_after(transaction=row.transaction, entry=row.entry))


def forget_entries(*, before: datetime) -> int:
    """Delete entries that the other side has and that are older than this; return how many."""
    old = FeedEntry.objects.filter(at__lt=before, sequence__lte=models.F("subscription__taken"))
    return old.delete()[0]


def _number_all(row: Subscription, now: datetime) -> None:
    """Give numbers to everything that is in the slice now."""
    ids = registry.ids_within(division_id=row.division_id, kinds=row.kinds)
    while found := list(islice(ids, BATCH)):
        FeedEntry.objects.bulk_create(
            FeedEntry(subscription=row, sequence=row.sequence + number, entity_id=key, kind=kind, what="whole", at=now)
            for number, (key, kind) in enumerate(found, start=1)
        )
        row.sequence += len(found)
    row.save(update_fields=["sequence"])


def _advance(row: Subscription) -> None:
    """Give numbers to what was committed since; rows of one entity in one transaction are one entry."""
    divisions, grids = registry.below(row.division_id)
    while rows := registry.changes_after(transaction=row.transaction, entry=row.entry):
        made: list[FeedEntry] = []
        known: set[tuple[UUID, int]] = set()
        for one in rows:
            row.transaction, row.entry = one.transaction, one.id
            key = (one.entity_id, one.transaction)
            if one.kind in row.kinds and key not in known and registry.heard_within(one, divisions, grids):
                known.add(key)
                row.sequence += 1
                made.append(
                    FeedEntry(subscription=row, sequence=row.sequence, entity_id=one.entity_id, kind=one.kind,
                              what=one.what, at=one.at)
                )  # fmt: skip
        FeedEntry.objects.bulk_create(made)


def _told(row: Subscription, entries: Sequence[FeedEntry], now: datetime) -> list[dict[str, Any]]:
    if not entries:
        return []
    divisions, _grids = registry.below(row.division_id)
    released = registry.release_values(
        ids={one.entity_id for one in entries}, elements=by_kind(row.elements), divisions=divisions,
        purpose="exchange.feed", contract=row.id, now=now,
    )  # fmt: skip
    return [_entry(row, one, released.get(one.entity_id)) for one in entries]


def _entry(row: Subscription, one: FeedEntry, released: registry.ReleasedState | None) -> dict[str, Any]:
    state, values = (released.state, released.values) if released else ("gone", {})
    return {
        "sequence": one.sequence, "key": node_pseudonym(row.peer.node, one.entity_id), "kind": one.kind,
        "what": one.what, "at": one.at.isoformat(), "state": state, "values": dict(values),
    }  # fmt: skip


def node_pseudonym(node: UUID, entity_id: UUID) -> str:
    """Return under which key another node knows an entity: each node by another, and no unit by that (HMAC-SM3)."""
    return kernel.keyed_token(str(entity_id), context=f"exchange.recipient.{node}")


def _note(by: accounts.Actor, action: str, row: Subscription, now: datetime) -> None:
    trust.record(
        by=by, action=action, purpose="exchange.feed", subjects=[], object_kind="subscription", object_id=row.id,
        elements=[], now=now,
    )  # fmt: skip
