"""The town, a clock that stands where the story puts it, keys in memory, and a folder of its own for what is sent."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from linli.kernel import api as kernel
from tests.town import MONDAY, build_town


class Clock:
    """The clock on the wall: stories put it forward by hand."""

    def __init__(self):
        self.traveller = None
        self.to(MONDAY)

    def to(self, moment):
        self.stop()
        self.traveller = time_machine.travel(moment)
        self.traveller.start()

    def later(self, **more):
        self.to(kernel.now() + timedelta(**more))

    def stop(self):
        if self.traveller:
            self.traveller.stop()
        self.traveller = None


@pytest.fixture
def clock():
    clock = Clock()
    yield clock
    clock.stop()


@pytest.fixture(autouse=True)
def _own_folder_and_keys(settings, tmp_path, keys_in_memory):
    settings.DATA = tmp_path


@pytest.fixture
def town(db, clock, three_words):
    cache.clear()
    return build_town()
