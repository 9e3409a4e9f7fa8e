"""Revisions tell in-memory indexes when to reload."""

import threading

import pytest
from django.db import connection, transaction

from linli.kernel import api as kernel
from linli.kernel.queries import revisions


@pytest.fixture(autouse=True)
def empty_cache():
    revisions.forget()
    yield
    revisions.forget()


def elsewhere(work):
    """Run in another thread, with a connection of its own."""
    result = []

    def run():
        try:
            result.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return result[0]


@pytest.mark.django_db(transaction=True)
def test_revision_changes_at_once_in_the_process_that_bumps():
    before = kernel.revision("divisions")
    kernel.bump("divisions")
    first = kernel.revision("divisions")
    kernel.bump("divisions")
    assert before < first < kernel.revision("divisions")


@pytest.mark.django_db(transaction=True)
def test_revision_asked_again_within_a_second_costs_no_query(django_assert_num_queries):
    kernel.revision("divisions")
    with django_assert_num_queries(0):
        kernel.revision("divisions")
        kernel.revision("units")


@pytest.mark.django_db(transaction=True)
def test_revision_of_another_process_is_seen_after_a_second(monkeypatch):
    kernel.revision("divisions")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO kernel_revision VALUES ('divisions', 77)")
    assert kernel.revision("divisions") == 0
    monkeypatch.setattr(revisions, "FRESH_SECONDS", 0)
    assert kernel.revision("divisions") == 77


@pytest.mark.django_db(transaction=True)
def test_revision_not_committed_is_seen_by_its_own_transaction_only():
    kernel.bump("divisions")
    committed = kernel.revision("divisions")
    with transaction.atomic():
        kernel.bump("divisions")
        own = kernel.revision("divisions")
        kernel.revision("units")
        assert own > committed
        assert elsewhere(lambda: kernel.revision("divisions")) == committed
    assert elsewhere(lambda: kernel.revision("divisions")) == own


@pytest.mark.django_db(transaction=True)
def test_revision_of_an_undone_transaction_never_comes_again():
    with transaction.atomic():
        kernel.bump("divisions")
        undone = kernel.revision("divisions")
        transaction.set_rollback(True)
    assert kernel.revision("divisions") == 0
    kernel.bump("divisions")
    assert kernel.revision("divisions") > undone


@pytest.mark.django_db(transaction=True)
def test_revision_of_another_name_is_read_once_after_a_bump_and_stays_with_its_transaction(django_assert_num_queries):
    with transaction.atomic():
        kernel.bump("divisions")
        kernel.revision("units")
        with django_assert_num_queries(0):
            kernel.revision("units")
            kernel.revision("codes")
    with django_assert_num_queries(1):
        assert kernel.revision("units") == 0


@pytest.mark.django_db(transaction=True)
def test_revision_that_a_savepoint_took_back_is_not_kept():
    kernel.bump("divisions")
    committed = kernel.revision("divisions")
    with transaction.atomic():
        kernel.bump("units")
        with transaction.atomic():
            kernel.bump("divisions")
            kernel.bump("codes")
            kernel.revision("lists")
            transaction.set_rollback(True)
        assert kernel.revision("divisions") == committed


@pytest.mark.django_db(transaction=True)
def test_revision_that_was_forgotten_is_read_again_in_the_transaction_that_bumped():
    with transaction.atomic():
        kernel.bump("divisions")
        assert kernel.revision("units") == 0
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO kernel_revision (name, number) VALUES ('units', 7)")
        revisions.forget()
        assert kernel.revision("units") == 7
