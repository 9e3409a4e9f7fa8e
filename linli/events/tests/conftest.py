"""The town, with the classifier that knows three words, and what several tests share."""

import pytest
import time_machine
from django.core.cache import cache

from linli.events.tests.open311 import key_of
from tests.town import MONDAY, build_town


@pytest.fixture
def town(three_words, db):
    return build_town()


@pytest.fixture
def api_key(town):
    """Return the key of an app that may report."""
    return key_of(town, "dispatcher")


@pytest.fixture
def monday():
    """Let the clock begin on the Monday on which the town reports, and nobody have used anything yet."""
    with time_machine.travel(MONDAY, tick=True):
        cache.clear()
        yield
