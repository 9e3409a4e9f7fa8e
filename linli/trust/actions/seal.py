"""Seals the ledger: the one process that puts leaves in order, appends to the chain and lets the tree grow."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from linli.trust.actions.grow import grow, open_tree
from linli.trust.actions.sign import sign, signers
from linli.trust.models import Era, Seal, TreeHead
from linli.trust.queries.leaves import Waiting, content_of, last_seal, server_identity, waiting_leaves
from linli.trust.rules.merkle import root_of
from linli.trust.rules.refusals import ClockSetBackError, SealingStopsError, TreeLostError, WrongKeysError
from linli.trust.rules.tree import FIRST, SealContent, hash_of, leaf_hash, mark_of

AT_MOST = 1000  # a proof counts the leaves of one seal
A_MOMENT = timedelta(seconds=5)
_LOCK = 0x6C65_6467_6572  # "ledger"


def seal_waiting(*, now: datetime) -> int:
    """Append seals until fewer leaves wait than one seal takes; return how many were sealed. Raises as `seal_once`."""
    sealed, last = 0, seal_once(now=now)
    while last is not None:
        sealed += last.count
        last = seal_once(now=now) if last.count == AT_MOST else None
    return sealed


def seal_once(*, now: datetime) -> Seal | None:
    """Append one seal over the leaves that wait, at most 1000, and sign the head of the tree that grew by them.

    None when none wait, another process is at it, or the clock has just been put back by a few seconds. Raises
    SealingStopsError where the keys are wrong or the clock is: what waits is kept and sealed later.
    """
    with transaction.atomic():
        if not _alone():
            return None
        era = keep_era(now=now)
        last = last_seal()
        leaves = waiting_leaves(after=content_of(last).last if last else None, era=era, at_most=AT_MOST)
        if not leaves or (last is not None and _is_early(last, now)):
            return None
        return _append(leaves, last=last, now=now)


def why_sealing_stops(*, now: datetime) -> str:
    """Return why nothing would be sealed now, as a sentence; empty where nothing stands in the way."""
    stopped = stopped_by(now=now)
    return str(stopped) if stopped else ""


def stopped_by(*, now: datetime) -> SealingStopsError | None:
    """Return what stands in the way of the next seal; None where nothing does."""
    last = last_seal()
    try:
        if last is not None:
            _is_early(last, now)
            _check_keys(last)
    except SealingStopsError as error:
        return error
    return None


def _is_early(last: Seal, now: datetime) -> bool:
    """Tell whether it is better to wait a moment: clocks are put back by seconds. Raises ClockSetBackError."""
    if now + A_MOMENT < last.made_at:
        raise ClockSetBackError
    return now < last.made_at


def _check_keys(last: Seal) -> None:
    if mark_of(bytes(last.hash)) != last.mark:
        raise WrongKeysError


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
    if last is not None:
        _check_keys(last)
    try:
        row, tree = open_tree(last=last)
    except (TreeHead.DoesNotExist, KeyError) as error:
        raise TreeLostError from error
    keys = signers(origin=row.origin, now=now)
    seal = _seal(leaves, last=last, now=now)
    sign(tree=row, head=grow(tree, leaves, seal.number), seal=seal, keys=keys)
    return seal


def _seal(leaves: list[Waiting], *, last: Seal | None, now: datetime) -> Seal:
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
