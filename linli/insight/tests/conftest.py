"""A small town whose measures are in force."""

import pytest

from linli.insight import api as insight
from tests.town import MONDAY, build_town


@pytest.fixture
def town(db, three_words):
    built = build_town()
    insight.plant_sample_measures(now=MONDAY)
    return built
