"""What stops a node is said in one sentence, before anything was changed."""

import os
import socket
import subprocess
import sys
import uuid
from typing import NamedTuple

import psycopg
import pytest
from django.conf import settings
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from linli.site import command
from linli.site.runtime import cluster, folders, node, postgres, web
from linli.site.runtime.trouble import Trouble


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def address():
    return os.environ[postgres.ADDRESS]


@pytest.fixture
def admin(address):
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    monkeypatch.setenv("LINLI_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def linli(*arguments, **environment):
    """Run the command as an operator does."""
    return subprocess.run(
        [sys.executable, "-m", "linli", *arguments],
        cwd=folders.ROOT,
        env={**os.environ, "LANG": "en_US.UTF-8", "LC_ALL": "", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def with_changes(address, **changes):
    return make_conninfo("", **{**conninfo_to_dict(address), **changes})


@pytest.mark.parametrize(
    ("language", "expected"), [("zh_CN.UTF-8", ["停止"]), ("en_GB.UTF-8", ["stop"]), ("C", ["stop", "停止"])]
)
def test_trouble_is_said_in_the_language_of_the_terminal(monkeypatch, language, expected):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", language)
    lines = str(node._already_running("7")).splitlines()
    assert [word in line for word, line in zip(expected, lines, strict=True)] == [True] * len(expected)
    assert all("{" not in line for line in lines)


def test_port_taken_is_refused(taken_port):
    with pytest.raises(Trouble, match="LINLI_PORT"):
        web.require_free("127.0.0.1", taken_port)


def test_foreign_address_is_refused():
    with pytest.raises(Trouble, match="LINLI_HOST"):
        web.require_free("203.0.113.7", 8000)  # an address for documentation: never of this machine


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "８０"])
def test_port_that_is_no_port_is_refused(monkeypatch, port):
    monkeypatch.setenv("LINLI_PORT", port)
    with pytest.raises(Trouble, match="65535"):
        web.place()


def test_full_disk_is_refused_before_a_cluster_is_made(own_data, monkeypatch):
    monkeypatch.setattr(cluster.shutil, "disk_usage", lambda _path: Usage(1000, 990, 10))
    with pytest.raises(Trouble, match="0 MiB free, 300 MiB needed"):
        cluster.start()
    assert not (own_data / "postgres").exists()


def test_full_disk_is_told_from_what_initdb_says(own_data):
    told = cluster._failure("initdb", "initdb: error: could not write: No space left on device")
    assert "is full" in told.sentence


def test_folder_that_cannot_be_written_is_refused(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("LINLI_DATA", str(tmp_path / "file" / "data"))
    with pytest.raises(Trouble, match="LINLI_DATA"):
        folders.own_folder()


def test_folder_with_other_files_is_not_taken_for_a_cluster(own_data):
    (own_data / "postgres").mkdir()
    (own_data / "postgres" / "photo.jpg").touch()
    with pytest.raises(Trouble, match="holds files"):
        cluster.start()
    assert (own_data / "postgres" / "photo.jpg").exists()


@pytest.mark.parametrize(("words", "made"), [("evaluate addresses", 1), ("sheet inspect", 1), ("check", 0)])
def test_what_a_newcomer_tries_first_makes_the_tables_of_a_new_node(address, admin, monkeypatch, words, made):
    name, called = f"linli_{uuid.uuid4().hex[:8]}", []
    admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        monkeypatch.setenv(postgres.ADDRESS, with_changes(address, dbname=name))
        monkeypatch.setattr(command.subprocess, "run", lambda told, **_: called.append(told[3:4]))
        monkeypatch.setattr(command, "execute_from_command_line", called.append)
        command.main(["linli", *words.split()])
    finally:
        admin.execute(f"DROP DATABASE {name}")
    assert called == [["migrate"]] * made + [["linli", *words.split()]]


@pytest.mark.parametrize(("bound", "version"), [("OLDEST", 99), ("NEWEST", 1)])
def test_database_of_another_version_is_refused(address, monkeypatch, bound, version):
    monkeypatch.setattr(postgres, bound, version)
    with pytest.raises(Trouble, match="needs PostgreSQL"):
        postgres.inspect(address)


def test_database_in_another_encoding_is_refused(address, admin):
    name = f"linli_latin_{uuid.uuid4().hex[:8]}"
    admin.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
    try:
        with pytest.raises(Trouble, match="LATIN1"):
            postgres.inspect(with_changes(address, dbname=name))
    finally:
        admin.execute(f"DROP DATABASE {name}")


def test_database_without_the_right_to_make_tables_is_refused(address, admin):
    name = f"linli_reader_{uuid.uuid4().hex[:8]}"
    admin.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'reader'")
    try:
        with pytest.raises(Trouble, match="GRANT CREATE, USAGE ON SCHEMA public"):
            postgres.inspect(with_changes(address, user=name, password="reader"))
    finally:
        admin.execute(f"DROP ROLE {name}")


@pytest.mark.parametrize("changes", [{"dbname": "nowhere"}, {"host": "127.0.0.1", "port": 1}])
def test_database_that_is_not_there_is_told_with_the_reason(address, changes):
    with pytest.raises(Trouble, match="cannot be used"):
        postgres.inspect(with_changes(address, **changes))


def test_address_that_is_no_address_is_refused():
    with pytest.raises(Trouble, match="cannot be used"):
        postgres.inspect("this is not an address")


def test_second_instance_on_the_same_folder_is_refused(own_data):
    with node.only_instance(), pytest.raises(Trouble, match=f"process {os.getpid()}"), node.only_instance():
        pytest.fail("two instances at once")
    with node.only_instance():
        pass


@pytest.mark.slow
def test_command_ends_with_one_sentence_and_no_traceback(tmp_path, taken_port):
    done = linli("up", LINLI_PORT=str(taken_port), LINLI_DATA=str(tmp_path))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert f"port {taken_port}" in done.stderr
    assert not (tmp_path / "postgres").exists()


@pytest.mark.slow
def test_unknown_command_and_missing_file_end_without_a_traceback():
    for arguments in (["nonsense"], ["restore", "/nowhere.tar"]):
        done = linli(*arguments)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_overview_names_the_commands_without_a_database(tmp_path):
    done = linli("--help", LINLI_DATA=str(tmp_path))
    assert done.returncode == 0
    for name in ("up", "demo", "import", "learn", "evaluate", "bench", "backup", "restore", "check"):
        assert f"  {name} " in done.stdout
    assert not any(tmp_path.iterdir())


def test_secret_is_made_once_and_readable_by_the_owner_alone(own_data, monkeypatch):
    from linli.site.runtime import keys

    monkeypatch.delenv("LINLI_SECRET_KEY", raising=False)
    first = keys.secret_key()
    assert (len(first) >= 50, keys.secret_key()) == (True, first)
    assert (own_data / "keys" / "secret").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("LINLI_SECRET_KEY", "given by the operator")
    assert keys.secret_key() == "given by the operator"


def test_settings_pass_what_django_has_no_name_for_to_the_driver():
    from linli.site.settings import _database

    told = _database("postgresql://amy:pw@db:5433/linli?sslmode=verify-full")
    assert (told["HOST"], told["PORT"], told["NAME"]) == ("db", "5433", "linli")
    assert told["OPTIONS"]["sslmode"] == "verify-full"
    assert settings.DATABASES["default"]["ENGINE"] == "linli.site.runtime.database"
