"""The ground of the tests: a county with its base, keys in memory."""

import pytest
from django.core.cache import cache

from linli.exchange.tests.places import make_place
from linli.kernel import api as kernel
from linli.registry.tests.factories import make_ground
from tests.snapshot import kept


@pytest.fixture(autouse=True)
def _keys_of_its_own(keys_in_memory):
    """Every test has keys of its own."""


@pytest.fixture
def ground(db):
    return _exchange_ground()


@kept
def _exchange_ground():
    kernel.load_shipped_codes()
    return make_ground()


@pytest.fixture
def place(db):
    cache.clear()
    return _exchange_place()


@kept
def _exchange_place():
    kernel.load_shipped_codes()
    return make_place()
