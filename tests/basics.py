"""A pytest plug-in for every test of the house: files go into a folder that is thrown away."""

import pytest
from django.test import override_settings


@pytest.fixture(autouse=True, scope="session")
def files_are_thrown_away(tmp_path_factory):
    """Keep uploads of the tests out of the node's data."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture
def three_words(monkeypatch):
    """Let reports be recognised by three words, whatever the shipped classifier thinks of them."""
    from linli.events import slots
    from linli.events.tests.factories import ThreeWords

    monkeypatch.setitem(slots.classifiers._plugins, ThreeWords.code, ThreeWords())
