"""What the tests of trust share: keys in memory, and a ledger that can be tampered with."""

import contextlib

import pytest
from django.db import connection

from linli.trust import slots
from tests.database import ONLY_ADDED_TO


@pytest.fixture(autouse=True)
def _keys_of_its_own(keys_in_memory):
    """Every test has keys of its own."""


@pytest.fixture
def tamper():
    """Run SQL as somebody who owns the database: the triggers are put to sleep for it."""

    @contextlib.contextmanager
    def asleep():
        with connection.cursor() as cursor:
            for table in ONLY_ADDED_TO:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER trust_no_change")
            cursor.execute("ALTER TABLE trust_tile DISABLE TRIGGER trust_no_delete")
            yield cursor
            cursor.execute("ALTER TABLE trust_tile ENABLE ALWAYS TRIGGER trust_no_delete")
            for table in ONLY_ADDED_TO:
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER trust_no_change")

    def run(sql, values=()):
        with asleep() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount

    return run


@pytest.fixture
def row_filters():
    """Register row filters that are gone after the test."""
    before = dict(slots.row_filters._plugins)
    yield slots.row_filters.register
    slots.row_filters._plugins.clear()
    slots.row_filters._plugins.update(before)
