"""A pytest plug-in for every test of the house: files are thrown away, and properties try the same examples each time.

A change is judged by what it did, so a landing never depends on luck; `make explore` looks for new examples.
"""

import atexit
import functools
import gc
import os
import shutil

import hypothesis
import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation

from linli.site.runtime import garbage

DISK = shutil._ntuple_diskusage(100 * 2**30, 10 * 2**30, 90 * 2**30)
BROWSER, WALLS = "tests/browser/", "tests/house/"

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ

garbage.look_seldom()
if IS_WORKER:
    atexit.register(os._exit, 0)  # to take all modules and objects apart takes a second, for nothing
# How fast the machine is says nothing of a change.
BUSY = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("steady", derandomize=True, **BUSY)
hypothesis.settings.register_profile("quick", derandomize=True, max_examples=25, **BUSY)
if not os.environ.get("EXPLORE"):
    hypothesis.settings.load_profile("steady")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what opens pages or calls interfaces as more than a unit; keep together what shares a ground.

    The quick tests of a file stay in one process: what they build for all of them is built once. What takes long goes
    first, the browser before all, then the walls: no process is left with it when the others have done.
    """
    for item in items:
        if "client" in getattr(item, "fixturenames", ()):
            item.add_marker("page")
        if _shares(item) or not (_is_slow(item) or item.get_closest_marker("xdist_group")):
            item.add_marker(pytest.mark.xdist_group("/".join(item.path.with_suffix("").parts[-3:])))
    long = {item.path for item in items if _is_slow(item) and _shares(item)}
    items.sort(key=lambda item: _turn(item, long))


def _turn(item, long):
    """Return what a test is ordered by."""
    quick = item.path not in long and not _is_slow(item)
    return not item.nodeid.startswith(BROWSER), quick, not item.nodeid.startswith(WALLS)


def _is_slow(item):
    return item.get_closest_marker("slow") is not None


def _shares(item):
    """Tell whether a fixture is made once for the module: in two processes it would be made twice."""
    named = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    return any(found.scope == "module" for definitions in named.values() for found in definitions)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report):
    """Name a test as one asks for it, without the group by which it was handed out: where it is reported."""
    name, _, group = report.nodeid.rpartition("@")
    if name and not IS_WORKER and not {"]", ":"} & set(group):
        report.nodeid = name


def pytest_collection_finish():
    """Let what was imported and collected stay out of every look for garbage: it was an eighth of the time."""
    _freeze()


def pytest_unconfigure():
    """Look for what was left open once; pytest looks five times more."""
    _freeze()


def _freeze():
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def files_are_thrown_away(tmp_path_factory):
    """Keep uploads of the tests out of the node's data, and passwords cheap: a real one takes a third of a second."""
    cheap = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), PASSWORD_HASHERS=cheap):
        yield


@pytest.fixture
def keys_in_memory(monkeypatch):
    """Let keys be kept nowhere, wherever the test puts the node's data.

    The ring's name and what is held of it are put back together: no test goes on with keys that another added. Each
    begins with the same ring, so that what tests/snapshot.py keeps of a town can be read: it is built once.
    """
    from linli.kernel.rules import keyring, sealing

    monkeypatch.setenv("LINLI_KEY_RING", "memory")
    monkeypatch.setattr(keyring, "_memory", [_first_ring()])
    monkeypatch.setattr(sealing, "_held", [])


@functools.cache
def _first_ring():
    """Return the ring of this process with which every test begins that has its keys in memory."""
    from linli.kernel.rules import keyring

    return keyring._fresh()


@pytest.fixture
def three_words(monkeypatch):
    """Let reports be recognised by three words, whatever the shipped classifier thinks of them."""
    from linli.events import slots
    from linli.events.tests.factories import ThreeWords

    monkeypatch.setitem(slots.classifiers._plugins, ThreeWords.code, ThreeWords())


@pytest.fixture(autouse=True)
def speaks_the_language_of_the_house():
    """Let no test go on in the language that a request of another asked for: the process keeps it."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def the_disk_has_room(monkeypatch):
    """Let the watch over the node raise no alarm because the disk of this machine is nearly full."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: DISK)


@pytest.fixture(autouse=True)
def counting_is_steady(request, monkeypatch):
    """Let no second go by where queries are counted: the look for a newer revision would be counted as well."""
    counts = {"django_assert_num_queries", "django_assert_max_num_queries"} & set(request.fixturenames)
    if counts or hasattr(request.module, "CaptureQueriesContext"):
        from linli.kernel.queries import revisions

        monkeypatch.setattr(revisions, "FRESH_SECONDS", 60)
