"""Seals the ledger: the one process that puts leaves in order, hashes them and appends to the chain."""

from datetime import datetime

from django.db import connection, transaction

from linli.trust.models import Era, Seal
from linli.trust.queries.leaves import Waiting, content_of, last_seal, server_identity, waiting_leaves
from linli.trust.rules.tree import FIRST, SealContent, hash_of, leaf_hash, mark_of, root_of

AT_MOST = 5000
_LOCK = 0x6C65_6467_6572  # "ledger"


def seal_once(*, now: datetime) -> Seal | None:
    """Append one seal over the leaves that wait, at most 5000. None when none wait or another process is at it."""
    with transaction.atomic():
        if not _alone():
            return None
        era = keep_era(now=now)
        last = last_seal()
        leaves = waiting_leaves(after=content_of(last).last if last else None, era=era, at_most=AT_MOST)
        return _append(leaves, last=last, now=now) if leaves else None


def keep_era(*, now: datetime) -> int:
    """Return the current era; begin a new one where the database now lives on another server.

    Transaction numbers count anew on another server (a restored dump, an upgrade), so entries made there would sort
    before those already sealed. Changing the column's default waits for every writer: no entry falls between the eras.
    """
    server = server_identity()
    current = Era.objects.order_by("-number").first()
    if current is not None and current.server == server:
        return current.number
    number = current.number + 1 if current else 1
    if current is not None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE trust_ledgerentry ALTER COLUMN era SET DEFAULT {number:d}")
    Era.objects.create(number=number, server=server, began_at=now)
    return number


def _append(leaves: list[Waiting], *, last: Seal | None, now: datetime) -> Seal:
    content = SealContent(
        number=last.number + 1 if last else 1,
        count=len(leaves),
        first=leaves[0].place,
        last=leaves[-1].place,
        root=root_of([leaf_hash(leaf.place.era, leaf.place.transaction, leaf.digest) for leaf in leaves]),
        previous=bytes(last.hash) if last else FIRST,
        made_at=now,
    )
    sealed = hash_of(content)
    return Seal.objects.create(
        number=content.number,
        count=content.count,
        first_era=content.first.era,
        first_transaction=content.first.transaction,
        first_entry=content.first.entry,
        last_era=content.last.era,
        last_transaction=content.last.transaction,
        last_entry=content.last.entry,
        root=content.root,
        previous=content.previous,
        hash=sealed,
        mark=mark_of(sealed),
        made_at=now,
    )


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])
