"""The quick walls run in one process: each file is read and parsed once. The slow ones go where there is room."""

from pathlib import Path

import pytest


@pytest.hookimpl(tryfirst=True)  # before the tests are dealt out by group
def pytest_collection_modifyitems(items):
    """Keep the walls together."""
    for item in items:
        if Path(__file__).parent in item.path.parents and not item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.xdist_group("walls"))
