"""Let a receiver hear a batch of facts: exactly once for what it does in the database."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from linli.kernel import facts
from linli.kernel.models import Batch, JournalEntry, SetAside
from linli.kernel.rules.logs import plain_error

TRANSIENT = (OperationalError, InterfaceError)  # deadlock, lost connection: worth another try as it is

log = logging.getLogger(__name__)


def deliver_next(*, receiver: str, patient: bool = True, now: datetime) -> int:
    """Let the receiver hear its oldest open batch, and return how many facts that were (0: none is open).

    One transaction does the work and sets `done_at`: a crash undoes both. When the receiver raises, the facts are told
    one at a time, and those that fail are set aside. A transient database error is raised again while `patient`.
    """
    with transaction.atomic():
        batch = Batch.objects.select_for_update().filter(receiver=receiver, done_at=None).order_by("id").first()
        hearer = facts.receivers().get(receiver)
        if batch is None or hearer is None:
            return 0
        by_id = JournalEntry.objects.in_bulk(batch.entries)
        told = [by_id[entry] for entry in batch.entries]
        _tell(hearer, told, patient=patient, now=now)
        batch.done_at = now
        batch.save(update_fields=["done_at"])
    return len(told)


def retry_set_aside(*, set_aside: SetAside, now: datetime) -> None:
    """Let the receiver hear a fact that was set aside once more. Whatever the receiver raises is raised."""
    with transaction.atomic():
        row = SetAside.objects.select_for_update(of=("self",)).select_related("entry").get(pk=set_aside.pk)
        if row.resolved_at is None:
            _hear(facts.receivers()[row.receiver], [row.entry])
            row.resolved_at = now
            row.save(update_fields=["resolved_at"])


def _tell(receiver: facts.Receiver, entries: Sequence[JournalEntry], *, patient: bool, now: datetime) -> None:
    try:
        _hear(receiver, entries)
    except Exception as error:  # a receiver may raise anything, and must not hold the others
        if patient and isinstance(error, TRANSIENT):
            raise
        if len(entries) > 1:
            for entry in entries:
                _tell(receiver, [entry], patient=patient, now=now)
        else:
            _set_aside(receiver, entries[0], error, now)


def _hear(receiver: facts.Receiver, entries: Sequence[JournalEntry]) -> None:
    with transaction.atomic():
        receiver.hear([_delivered(receiver, entry) for entry in entries])


def _delivered(receiver: facts.Receiver, entry: JournalEntry) -> facts.Delivered[Any]:
    kind = next(fact for fact in receiver.kinds if fact.kind == entry.kind)
    return facts.Delivered(facts.read_fact(kind, entry.payload), entry.fact_id, entry.told_at)


def _set_aside(receiver: facts.Receiver, entry: JournalEntry, error: Exception, now: datetime) -> None:
    log.error("Set aside %s %s for %s", entry.kind, entry.fact_id, receiver.name, exc_info=error)
    SetAside.objects.get_or_create(
        receiver=receiver.name, entry=entry, defaults={"error": plain_error(error), "set_aside_at": now}
    )
