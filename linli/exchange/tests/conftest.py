"""The place of the tests, keys in memory, and code tables."""

import pytest
from django.core.cache import cache

from linli.exchange.tests.factories import make_place
from linli.kernel import api as kernel
from tests.snapshot import kept


@pytest.fixture(autouse=True)
def _keys_in_memory(monkeypatch):
    monkeypatch.setenv("LINLI_KEY_RING", "memory")
    kernel.forget_keys()
    yield
    kernel.forget_keys()


@pytest.fixture
def place(db):
    cache.clear()
    return _place()


@kept
def _place():
    kernel.load_shipped_codes()
    return make_place()
