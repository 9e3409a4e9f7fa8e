"""The town, with the classifier that knows three words."""

import pytest

from tests.town import build_town


@pytest.fixture
def town(three_words, db):
    return build_town()
