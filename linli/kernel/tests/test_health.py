"""Health: who is asked, what stops the node, and what raises an alarm."""

import logging
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from linli.kernel import facts
from linli.kernel.actions.deliver import deliver_next
from linli.kernel.actions.relay import relay_once
from linli.kernel.queries import health as queries
from linli.kernel.tests import hearers
from linli.kernel.tests.test_delivery import NOON, SEXTON, heard, only_these_receivers, ring  # noqa: F401  fixtures

LATER = NOON + timedelta(minutes=5)


def test_alive_asks_nobody(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"alive": True})


@pytest.mark.django_db
def test_ready_when_all_is_well(client):
    response = client.get("/readyz")
    answer = response.json()
    assert (response.status_code, answer["ready"], answer["alarms"]) == (200, True, [])
    assert response["Cache-Control"].startswith("max-age=0")


@pytest.mark.django_db
def test_not_ready_without_a_migration(client):
    MigrationRecorder.Migration.objects.filter(app="kernel").exclude(name="0001_initial").delete()
    response = client.get("/readyz")
    assert (response.status_code, response.json()["alarms"]) == (503, ["migrations"])


@pytest.mark.django_db
def test_not_ready_without_the_database(client, monkeypatch):
    def lost():
        raise DatabaseError

    monkeypatch.setattr(queries, "_missing_migrations", lost)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["alarms"]) == (503, ["database"])


@pytest.mark.slow
def test_health_tells_where_facts_wait(heard, monkeypatch, caplog):  # noqa: F811  the fixture
    relay_once(now=NOON, settled=False)
    ring(1)
    waiting = queries.health(now=LATER)
    assert (waiting.relay_lag_seconds, waiting.oldest_undelivered_seconds) == (300, 300)
    assert waiting.alarms == ["relay", "delivery"]
    relay_once(now=NOON, settled=False)
    relayed = queries.health(now=LATER)
    assert (relayed.relay_lag_seconds, relayed.oldest_undelivered_seconds, relayed.open_batches) == (0, 300, 2)
    assert relayed.alarms == ["delivery"]
    with caplog.at_level(logging.CRITICAL):
        monkeypatch.setitem(
            facts._receivers, SEXTON, facts.Receiver(SEXTON, (hearers.BellRang,), print_bad, "beginning")
        )
        for name in facts.receivers():
            deliver_next(receiver=name, now=NOON)
    done = queries.health(now=LATER)
    assert (done.oldest_undelivered_seconds, done.set_aside, done.alarms, done.ready) == (0, 1, ["set_aside"], True)


def print_bad(delivered):
    raise ValueError("bad")


@pytest.mark.django_db
def test_health_of_a_relay_that_never_ran(only_these_receivers):  # noqa: F811  the fixture
    ring(1)
    assert queries.health(now=LATER).alarms == ["relay", "delivery"]
    assert connection.connection
