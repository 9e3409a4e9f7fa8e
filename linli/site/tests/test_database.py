"""The question before each request, whether its connection is alive, costs no round trip and tells the truth."""

import time
from collections.abc import Iterator

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql import base

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other() -> Iterator[BaseDatabaseWrapper]:
    """A second connection to the same database."""
    wrapper = connections.create_connection("default")
    wrapper.ensure_connection()
    yield wrapper
    wrapper.close()


def test_a_live_connection_is_not_asked(other: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", _refuse)
    assert other.is_usable()


def test_a_connection_that_the_server_ended_is_not_used_again(other: BaseDatabaseWrapper):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [other.connection.info.backend_pid])
    deadline = time.monotonic() + 60
    while other.is_usable() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not other.is_usable()


def test_a_notice_that_waits_is_no_reason_to_connect_again(other: BaseDatabaseWrapper):
    with other.cursor() as cursor:
        cursor.execute("LISTEN linli_test")
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY linli_test")
    time.sleep(0.1)
    assert other.is_usable()


def _refuse(*_: object) -> None:
    raise AssertionError("A silent socket needs no question.")
