"""Story: the key ring is lost, or another one lies there. Nothing of a node starts, and one sentence says why."""

import os
import subprocess
import sys

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from linli.site.runtime import postgres
from tests.database import like_the_migrated

pytestmark = pytest.mark.slow
LINLI = [sys.executable, "-m", "linli"]
PROCESSES = ("up", "web", "worker", "relay")
SECONDS = 180  # on a busy machine


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A database of its own whose keys lie in a folder: (environment, folder of the ring)."""
    home, name = os.environ[postgres.ADDRESS], f"linli_keys_{os.getpid()}"
    folder = tmp_path_factory.mktemp("keys")
    with psycopg.connect(home, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} {like_the_migrated()}")
        try:
            url = make_conninfo(**{**conninfo_to_dict(home), "dbname": name})
            environment = {
                **os.environ, postgres.ADDRESS: url, "LINLI_DATA": str(folder), "LINLI_DEMO": "0",
                "LINLI_LOG_LEVEL": "ERROR", "LINLI_PORT": "8" + str(os.getpid() % 1000).zfill(3),
            }  # fmt: skip
            environment.pop("LINLI_KEY_RING", None)
            if not like_the_migrated():
                run("migrate", environment)
            run("keys", environment, "rotate")
            yield environment, folder / "keys" / "ring.json"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def another(place, tmp_path_factory):
    """The key ring of another node."""
    environment, _ring = place
    path = tmp_path_factory.mktemp("another") / "ring.json"
    made = subprocess.run(
        [sys.executable, "-c", MAKE], env={**environment, "LINLI_KEY_RING": str(path)}, check=False,
        capture_output=True, text=True, timeout=SECONDS,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return path


def run(command, environment, *more):
    done = start(command, environment, *more)
    assert done.returncode == 0, done.stderr[-2000:]


def start(command, environment, *more):
    return subprocess.run(
        [*LINLI, command, *more], env=environment, check=False, capture_output=True, text=True, timeout=SECONDS
    )


def refused(command, environment, word):
    done = start(command, environment)
    assert done.returncode == 1, (command, done.stderr[-500:])
    said = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(said) == 1, done.stderr[-2000:]
    assert word in said[0]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", PROCESSES)
def test_nothing_starts_without_the_ring(place, command):
    environment, ring = place
    aside = ring.rename(ring.with_suffix(".aside"))
    try:
        refused(command, environment, "missing")
        assert not ring.exists(), "no new ring is made over what an old one sealed"
    finally:
        aside.rename(ring)


@pytest.mark.parametrize("command", PROCESSES)
def test_nothing_starts_with_another_ring(place, command, another):
    environment, _ring = place
    refused(command, {**environment, "LINLI_KEY_RING": str(another)}, "Restore the right one")


@pytest.mark.parametrize("command", PROCESSES)
def test_nothing_starts_with_a_damaged_ring(place, command, tmp_path):
    environment, ring = place
    broken = tmp_path / "ring.json"
    broken.write_text(ring.read_text()[:40])
    refused(command, {**environment, "LINLI_KEY_RING": str(broken)}, "ring")


MAKE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "linli.site.settings"
from linli.kernel.rules import keyring
keyring.load()
"""
