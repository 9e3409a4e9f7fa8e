"""Messages in the tests of regions are read in the language of the source; keys are in memory."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english(keys_in_memory):
    with translation.override("en"):
        yield
