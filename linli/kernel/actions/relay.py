"""Hand committed facts over to their receivers, in batches: one job per batch, never one per fact."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app as jobs

from linli.kernel import facts
from linli.kernel.models import Batch, Cursor
from linli.kernel.queries.journal import Place, entries_after, is_from_another_server, last_settled

BATCH = 500  # facts in one batch at most
MOST_OPEN = 8  # batches of one receiver that may wait; what is beyond them waits in the journal
DELIVER = "kernel.deliver"


def relay_once(*, now: datetime, settled: bool = True) -> int:
    """Make batches of what was told since the last time, and return how many entries were passed.

    A receiver that still has a batch to do gets the next one when it is full: under load batches grow by themselves.
    Two relays at once do no harm: a cursor that another has moved is left alone.
    """
    _enrol()
    waiting = _open_batches()
    moved = 0
    for place, names in _places().items():
        if any(waiting[name] < MOST_OPEN for name in names):
            moved += _pass_on(names, entries_after(place, settled=settled), place, waiting, now)
    return moved


def defer_deliveries(receiver: str, count: int) -> None:
    """Defer as many jobs for the receiver, in the caller's transaction. Each takes the oldest open batch."""
    deferrer = jobs.configure_task(DELIVER, allow_unknown=False, lock=receiver)
    arguments: dict[str, Any] = {"receiver": receiver}
    deferrer.batch_defer(*[arguments] * count)


def settle_restored_journal(*, now: datetime) -> bool:
    """Make a journal that was restored into another server fit its transaction ids. Return whether that was needed.

    After each migration, as the owner: who works may not change what was told.
    A dump keeps the old server's transaction ids, and facts told here would seem older than they. What is still to be
    handed over goes into batches, then all restored entries get transaction 0, where they stand in their order.
    """
    if not is_from_another_server():
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE kernel_journalentry IN SHARE ROW EXCLUSIVE MODE")
        if not is_from_another_server():
            return False
        cursor.execute("SELECT id FROM kernel_journalentry ORDER BY transaction DESC, id DESC LIMIT 1")
        (last,) = cursor.fetchone()
        _enrol()
        while any(
            _pass_on(names, entries_after(place, settled=False, last=last), place, Counter(), now)
            for place, names in _places().items()
        ):
            pass  # until every cursor stands at the end
        cursor.execute("UPDATE kernel_journalentry SET transaction = '0' WHERE id <= %s", [last])
        Cursor.objects.update(transaction=0, entry=last)
    return True


def _pass_on(
    names: Sequence[str], entries: Sequence[tuple[Place, str]], place: Place, waiting: Mapping[str, int], now: datetime
) -> int:
    """Move the receivers that stand at this place over the entries that follow it."""
    if not entries:
        return 0
    heard = {name: _heard_by(facts.receivers()[name], entries) for name in names}
    ready = [name for name in names if _is_ready(len(heard[name]), waiting.get(name, 0))]
    with transaction.atomic():
        here = Cursor.objects.select_for_update().filter(receiver__in=ready, **vars(place)).order_by("receiver")
        moved = [cursor.receiver for cursor in here]
        for name in moved:
            _make_batches(name, heard[name], now)
        Cursor.objects.filter(receiver__in=moved).update(**vars(entries[-1][0]))
    return len(entries) if moved else 0


def _heard_by(receiver: facts.Receiver, entries: Sequence[tuple[Place, str]]) -> list[int]:
    kinds = {fact.kind for fact in receiver.kinds}
    return [where.entry for where, kind in entries if kind in kinds]


def _is_ready(heard: int, waiting: int) -> bool:
    return not heard or not waiting or (heard >= BATCH and waiting < MOST_OPEN)


def _make_batches(receiver: str, entries: Sequence[int], now: datetime) -> None:
    if not entries:
        return
    batches = [
        Batch(receiver=receiver, entries=entries[start : start + BATCH], made_at=now)
        for start in range(0, len(entries), BATCH)
    ]
    Batch.objects.bulk_create(batches)
    defer_deliveries(receiver, len(batches))


def _places() -> dict[Place, list[str]]:
    places = defaultdict(list)
    for cursor in Cursor.objects.filter(receiver__in=facts.receivers()):
        places[Place(cursor.transaction, cursor.entry)].append(cursor.receiver)
    return dict(places)


def _open_batches() -> Counter[str]:
    return Counter(Batch.objects.filter(done_at=None).values_list("receiver", flat=True))


def _enrol() -> None:
    """Give receivers that are new a cursor."""
    known = set(Cursor.objects.values_list("receiver", flat=True))
    for name, receiver in facts.receivers().items():
        if name not in known:
            start = last_settled() if receiver.start == "now" else Place()
            Cursor.objects.get_or_create(receiver=name, defaults=vars(start))
