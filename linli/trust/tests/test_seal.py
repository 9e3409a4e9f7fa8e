"""Sealing skips no entry and takes none twice, whoever writes at the same time."""

import contextlib
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from linli.trust import api as trust
from linli.trust.models import Era, LedgerEntry, Seal
from linli.trust.plugins import SealLedger
from linli.trust.rules.merkle import root_of
from linli.trust.rules.tree import leaf_hash
from linli.trust.tests.factories import NOW, a_use, record_uses

pytestmark = pytest.mark.django_db(transaction=True)


def test_seal_takes_what_waits_and_follows_the_one_before():
    record_uses(3)
    first = trust.seal_once(now=NOW)
    assert trust.seal_once(now=NOW) is None
    record_uses(2)
    second = trust.seal_once(now=NOW + timedelta(seconds=1))
    assert (first.number, first.count, bytes(first.previous)) == (1, 3, bytes(32))
    assert (second.number, second.count, bytes(second.previous)) == (2, 2, bytes(first.hash))
    assert trust.verify_ledger().ok


def test_seal_root_is_over_the_leaves_in_order():
    record_uses(5)
    seal = trust.seal_once(now=NOW)
    leaves = LedgerEntry.objects.order_by("transaction", "id")
    assert bytes(seal.root) == root_of([leaf_hash(1, leaf.transaction, bytes(leaf.digest)) for leaf in leaves])


@pytest.mark.slow
def test_seal_holds_at_most_a_thousand_and_as_many_follow_as_are_needed():
    record_uses(2003)
    assert trust.seal_waiting(now=NOW) == 2003
    assert [seal.count for seal in Seal.objects.order_by("number")] == [1000, 1000, 3]
    assert trust.seal_waiting(now=NOW) == 0
    assert trust.verify_ledger().ok


def test_seal_waits_for_a_transaction_that_still_runs():
    done, go = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            trust.record(**a_use(object_id="slow"))
            done.set()
            go.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    done.wait(10)
    record_uses(2)
    assert trust.seal_once(now=NOW) is None
    go.set()
    thread.join()
    assert trust.seal_once(now=NOW).count == 3


@pytest.mark.slow
def test_seal_by_many_writers_and_sealers_skips_none_and_takes_none_twice():
    stop = threading.Event()
    with run_together([write_some] * 4 + [write_slowly]) as writers, run_together([lambda: seal_until(stop)] * 2):
        for thread in writers:
            thread.join()
        stop.set()
    while trust.seal_once(now=NOW):
        pass
    check = trust.verify_ledger()
    assert check.ok, str(check)
    assert check.seals > 1
    assert (check.sealed, check.unsealed) == (LedgerEntry.objects.count(), 0)
    assert sum(Seal.objects.values_list("count", flat=True)) == 4 * 54 * 2 + 2


def test_seal_begins_a_new_era_on_another_server(back_to_the_first_era):
    record_uses(2)
    trust.seal_once(now=NOW)
    record_uses(1)
    Era.objects.update(server="the one that was backed up")
    seal = trust.seal_once(now=NOW)
    assert (seal.count, Era.objects.count()) == (1, 2)
    record_uses(4)
    assert set(LedgerEntry.objects.values_list("era", flat=True)) == {1, 2}
    assert trust.seal_once(now=NOW).count == 4
    assert trust.verify_ledger().ok


def test_seal_in_a_new_era_takes_entries_whose_transactions_count_anew(back_to_the_first_era, tamper):
    record_uses(2)
    tamper("UPDATE trust_ledgerentry SET transaction = transaction + 1000000000")
    Era.objects.create(number=1, server="another", began_at=NOW)
    assert trust.seal_once(now=NOW).count == 2
    record_uses(3)
    assert trust.seal_once(now=NOW).count == 3
    assert trust.verify_ledger().ok


def test_seal_pulse_seals():
    record_uses(1)
    SealLedger().beat(now=NOW)
    assert Seal.objects.count() == 1


@pytest.fixture
def back_to_the_first_era():
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trust_ledgerentry ALTER COLUMN era SET DEFAULT 1")


@contextlib.contextmanager
def run_together(works):
    errors = []

    def run(work):
        try:
            work()
        except Exception as error:  # noqa: BLE001  raised again below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    yield threads
    for thread in threads:
        thread.join()
    assert not errors


def write_some():
    for number in range(60):
        with transaction.atomic():
            trust.record(**a_use())
            if number % 7 == 0:
                time.sleep(0.01)
            if number % 11 == 0:
                transaction.set_rollback(True)
            else:
                trust.record(**a_use())


def write_slowly():
    for _ in range(2):
        with transaction.atomic():
            trust.record(**a_use(object_id="long"))
            time.sleep(0.1)
        time.sleep(0.1)


def seal_until(stop):
    while not stop.is_set():
        trust.seal_once(now=NOW)
