"""The ground of the base, with keys in memory."""

import pytest

from linli.kernel import api as kernel
from linli.registry.tests.factories import make_ground
from tests.snapshot import kept


@pytest.fixture(autouse=True)
def _keys_in_memory(monkeypatch):
    monkeypatch.setenv("LINLI_KEY_RING", "memory")
    kernel.forget_keys()
    yield
    kernel.forget_keys()


@pytest.fixture
def ground(db):
    return _ground()


@kept
def _ground():
    kernel.load_shipped_codes()
    return make_ground()
