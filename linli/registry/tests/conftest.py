"""The ground of the tests, keys in memory, and code tables."""

import pytest

from linli.kernel import api as kernel
from linli.registry.tests.factories import make_ground


@pytest.fixture(autouse=True)
def _keys_in_memory(monkeypatch):
    monkeypatch.setenv("LINLI_KEY_RING", "memory")
    kernel.forget_keys()
    yield
    kernel.forget_keys()


@pytest.fixture
def ground(db):
    kernel.load_shipped_codes()
    return make_ground()
