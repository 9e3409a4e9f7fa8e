"""The relay hands every fact to every receiver once and in order."""

import logging
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.kernel import facts, tasks
from linli.kernel.actions import recover, relay
from linli.kernel.actions.deliver import deliver_next, retry_set_aside
from linli.kernel.models import Batch, Cursor, JournalEntry, SetAside
from linli.kernel.queries import journal
from linli.kernel.tests import hearers
from linli.kernel.tests.deliver import deliver_all

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
SEXTON, RINGER = "kernel.tests.sexton", "kernel.tests.ringer"


@pytest.fixture
def heard(db):
    """Return a function that tells which numbers a receiver noted, in order."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS heard (id serial, receiver text, number int, fact_id uuid)")
        cursor.execute("TRUNCATE heard")
        cursor.execute("DELETE FROM procrastinate_jobs")  # what others left behind

    def numbers(receiver):
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM heard WHERE receiver = %s ORDER BY id", [receiver])
            return [number for (number,) in cursor.fetchall()]

    return numbers


@pytest.fixture(autouse=True)
def only_these_receivers(monkeypatch):
    monkeypatch.setattr(facts, "_receivers", {name: facts.receivers()[name] for name in (SEXTON, RINGER)})


def ring(*numbers, mood="well"):
    with transaction.atomic():
        for number in numbers:
            facts.publish(hearers.BellRang(number=number, mood=mood), now=NOON)


def jobs():
    return ProcrastinateJob.objects.filter(task_name=relay.DELIVER, status="todo").values_list("lock", flat=True)


def test_every_receiver_hears_every_fact_once_in_order(heard):
    ring(*range(5))
    assert deliver_all() == 10
    assert deliver_all() == 0
    assert heard("sexton") == heard("ringer") == list(range(5))


def test_relay_makes_one_job_per_batch_and_not_per_fact(heard, monkeypatch):
    monkeypatch.setattr(relay, "BATCH", 4)
    ring(*range(10))
    relay.relay_once(now=NOON, settled=False)
    assert [len(batch.entries) for batch in Batch.objects.filter(receiver=SEXTON)] == [4, 4, 2]
    assert sorted(jobs()) == [RINGER] * 3 + [SEXTON] * 3


def test_relay_lets_batches_grow_while_one_is_open(heard, monkeypatch):
    monkeypatch.setattr(relay, "BATCH", 4)
    ring(1)
    relay.relay_once(now=NOON, settled=False)
    ring(2, 3)
    relay.relay_once(now=NOON, settled=False)
    assert Batch.objects.filter(receiver=SEXTON).count() == 1
    ring(4, 5)
    relay.relay_once(now=NOON, settled=False)
    assert Batch.objects.filter(receiver=SEXTON).count() == 2
    deliver_all()
    assert heard("sexton") == [1, 2, 3, 4, 5]


@pytest.mark.slow
def test_relay_keeps_the_backlog_in_the_journal(heard, monkeypatch):
    monkeypatch.setattr(relay, "BATCH", 1)
    for number in range(relay.MOST_OPEN + 3):
        ring(number)
        relay.relay_once(now=NOON, settled=False)
    assert Batch.objects.filter(receiver=SEXTON).count() == relay.MOST_OPEN
    deliver_all()
    assert heard("sexton") == list(range(relay.MOST_OPEN + 3))


@pytest.mark.parametrize(("start", "expected"), [("now", [2]), ("beginning", [1, 2])])
@pytest.mark.django_db(transaction=True)
def test_new_receiver_starts_where_it_asked_to(start, expected):
    numbers = []

    def late(delivered):
        numbers.extend(told.fact.number for told in delivered)

    ring(1)
    facts.receives(hearers.BellRang, name="kernel.tests.late", start=start)(late)
    del facts._receivers[SEXTON], facts._receivers[RINGER]
    deliver_all()
    ring(2)
    deliver_all()
    assert numbers == expected


def test_poisoned_fact_is_set_aside_and_does_not_hold_the_others(heard, caplog):
    ring(1)
    ring(2, mood="poison")
    ring(3)
    with caplog.at_level(logging.CRITICAL):
        deliver_all()
    assert heard("sexton") == [1, 3]
    assert heard("ringer") == [1, 2, 3]
    aside = SetAside.objects.get()
    assert (aside.receiver, aside.entry.payload["number"]) == (SEXTON, 2)
    assert "Bell 2 is cracked" in aside.error
    assert "13812345678" not in aside.error


def test_set_aside_fact_can_be_told_again(heard, caplog, monkeypatch):
    ring(2, mood="poison")
    with caplog.at_level(logging.CRITICAL):
        deliver_all()
    JournalEntry.objects.update(payload={"number": 2, "mood": "well"})
    for _ in range(2):
        retry_set_aside(set_aside=SetAside.objects.get(), now=NOON)
    assert heard("sexton") == [2]
    assert SetAside.objects.get().resolved_at == NOON


def test_set_aside_facts_are_listed_and_told_again_by_command(heard, caplog, capsys):
    ring(1, 2, mood="poison")
    with caplog.at_level(logging.CRITICAL):
        deliver_all()
    call_command("setaside")
    assert capsys.readouterr().out.count(f"{SEXTON} kernel.tests.BellRang: ValueError: Bell") == 2
    JournalEntry.objects.filter(payload__number=1).update(payload={"number": 1})
    call_command("setaside", retry=True, receiver=SEXTON)
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("done")
    assert second.endswith("ValueError: Bell 2 is cracked, call …")
    assert heard("sexton") == [1]


def test_transient_database_error_is_tried_again_while_patient(heard, monkeypatch, caplog):
    def weak(delivered):
        raise OperationalError("deadlock detected")

    monkeypatch.setitem(facts._receivers, SEXTON, facts.Receiver(SEXTON, (hearers.BellRang,), weak, "beginning"))
    ring(1)
    relay.relay_once(now=NOON, settled=False)
    with pytest.raises(OperationalError):
        deliver_next(receiver=SEXTON, patient=True, now=NOON)
    assert Batch.objects.get(receiver=SEXTON).done_at is None
    with caplog.at_level(logging.CRITICAL):
        assert deliver_next(receiver=SEXTON, patient=False, now=NOON) == 1
    assert SetAside.objects.get().receiver == SEXTON


def test_unreadable_fact_is_set_aside(heard, caplog):
    ring(1, 2)
    JournalEntry.objects.filter(payload__number=1).update(payload={"mood": "no number"})
    with caplog.at_level(logging.CRITICAL):
        deliver_all()
    assert heard("sexton") == [2]
    assert "number" in SetAside.objects.get(receiver=SEXTON).error


def test_recover_defers_anew_where_a_batch_has_no_job(heard):
    ring(1)
    relay.relay_once(now=NOON, settled=False)
    assert recover.recover_jobs(stalled_after=10, now=NOON) == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert recover.recover_jobs(stalled_after=10, now=NOON) == 2
    assert sorted(jobs()) == [RINGER, SEXTON]


def test_jobs_that_ended_long_ago_are_forgotten(heard):
    ring(1)
    relay.relay_once(now=NOON, settled=False)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE lock = %s", [SEXTON])
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '8 days'")
    async_to_sync(tasks.forget_jobs.func)(SimpleNamespace(app=app), timestamp=0)
    assert list(ProcrastinateJob.objects.values_list("lock", flat=True)) == [RINGER]


def test_done_batches_are_forgotten_after_a_week(heard):
    ring(1)
    deliver_all()
    ring(2)
    relay.relay_once(now=NOON, settled=False)
    Batch.objects.filter(done_at__isnull=False).update(done_at=NOON)
    assert recover.forget_done_batches(now=NOON + timedelta(days=6)) == 0
    assert recover.forget_done_batches(now=NOON + timedelta(days=8)) == 2
    assert Batch.objects.count() == 2


def test_restored_journal_is_settled_and_nothing_is_lost_or_told_twice(heard):
    ring(1)
    deliver_all()
    ring(2)
    with connection.cursor() as cursor:  # as another server, far ahead of this one, had numbered them
        cursor.execute("UPDATE kernel_journalentry SET transaction = (900000000000 + id)::text::xid8")
    heard_first = JournalEntry.objects.earliest("id").id
    Cursor.objects.update(transaction=900000000000 + heard_first, entry=heard_first)
    assert journal.is_from_another_server()
    assert relay.settle_restored_journal(now=NOON)
    assert not relay.settle_restored_journal(now=NOON)
    ring(3)
    deliver_all()
    assert heard("sexton") == [1, 2, 3]
