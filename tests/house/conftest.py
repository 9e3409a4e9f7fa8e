"""The quick walls run in one process: each file is read and parsed once. The slow ones go where there is room."""

import pytest

HERE = "tests/house/"


@pytest.hookimpl(tryfirst=True)  # before the tests are dealt out by group
def pytest_collection_modifyitems(items):
    """Keep the walls together."""
    for item in items:
        if item.nodeid.startswith(HERE) and not item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.xdist_group("walls"))
