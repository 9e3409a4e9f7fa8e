"""The embedded PostgreSQL is made, tuned, started again and stopped, wherever its folder lies."""

import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from linli.site.runtime import cluster, postgres

pytestmark = pytest.mark.slow


@pytest.fixture
def far_away(monkeypatch):
    """A data folder whose path is too long for a Unix socket, reachable by the user PostgreSQL runs as."""
    top = Path(tempfile.mkdtemp(prefix="linli-"))
    folder = top / ("a long way down " * 4) / ("and further " * 5)
    monkeypatch.setenv("LINLI_DATA", str(folder))
    monkeypatch.delenv(postgres.ADDRESS, raising=False)
    yield folder
    if cluster.answers("postgres"):
        cluster.stop()
    shutil.rmtree(top)
    shutil.rmtree(cluster._socket_folder(), ignore_errors=True)


def provide_anew():
    """As a process does that was given no address."""
    os.environ.pop(postgres.ADDRESS, None)
    postgres.provide()


def ask(question):
    with psycopg.connect(cluster.address()) as connection:
        return connection.execute(question).fetchone()[0]


def test_cluster_starts_keeps_its_data_and_stops(far_away):
    provide_anew()
    assert len(str(cluster._socket_folder())) < cluster.LONGEST_SOCKET_FOLDER
    assert (ask("SHOW fsync"), ask("SHOW server_encoding"), ask("SHOW listen_addresses")) == ("on", "UTF8", "")
    assert ask("SELECT datcollate FROM pg_database WHERE datname = current_database()") == "C.UTF-8"
    assert (far_away / "postgres").stat().st_mode & 0o077 == 0
    with psycopg.connect(cluster.address()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT '邻里' AS name")
        assert cluster.others_connected()
    cluster.stop()
    assert not cluster.answers()

    (far_away / "postgres" / "postmaster.pid").write_text("1\n")  # left by a crash; the number is another program's now
    provide_anew()
    assert ask("SELECT name FROM kept") == "邻里"
    assert not cluster.others_connected()


def test_operators_own_settings_win(far_away):
    provide_anew()
    cluster.stop()
    (far_away / "postgres" / "local.conf").write_text("work_mem = '33MB'\n")
    (far_away / "postgres" / "local.conf").chmod(0o644)
    provide_anew()
    assert ask("SHOW work_mem") == "33MB"
