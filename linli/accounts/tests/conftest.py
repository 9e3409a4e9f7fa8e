"""What every test of accounts has at hand."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from linli.accounts.tests import factories


@pytest.fixture(autouse=True)
def _own_folder_and_keys(settings, tmp_path, keys_in_memory):
    settings.DATA = tmp_path


@pytest.fixture
def now():
    """Noon in China on a Monday."""
    return datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def town(db):
    cache.clear()
    return factories.make_town()


@pytest.fixture
def time_machine_at(now):
    """Let the clock stand at noon, or wherever the test puts it."""
    import time_machine

    travellers = []

    def go(moment):
        traveller = time_machine.travel(moment, tick=False)
        traveller.start()
        travellers.append(traveller)

    go(now)
    yield go
    for traveller in reversed(travellers):
        traveller.stop()
