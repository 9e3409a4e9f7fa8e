"""The ground of the tests, keys in memory, and code tables."""

import pytest

from linli.kernel import api as kernel
from linli.registry.tests.factories import make_ground
from tests.snapshot import kept


@pytest.fixture(autouse=True)
def _keys_of_its_own(keys_in_memory):
    """Every test has keys of its own."""


@pytest.fixture
def ground(db):
    return _ground()


@kept
def _ground():
    kernel.load_shipped_codes()
    return make_ground()
