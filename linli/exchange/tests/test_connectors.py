"""Connectors against real systems: PostgreSQL, MariaDB, REST, SFTP, a folder; and one that hangs."""

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
import sqlalchemy
from django.db import connection

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange import tasks
from linli.exchange.actions.collect import drop_run
from linli.exchange.actions.lateness import due_datasets
from linli.exchange.actions.reading import ask_connector, read_connector
from linli.exchange.plugins.drop import DropFolder
from linli.exchange.plugins.rest import Rest
from linli.exchange.plugins.sftp import Sftp
from linli.exchange.plugins.sql import Sql
from linli.exchange.rules.refusals import SettingsRefusedError, SourceUnreachableError
from linli.exchange.slots import Ask
from linli.exchange.tests.factories import HEADER, NOW, ROWS, county_of, figures, make_dataset, table
from linli.kernel import api as kernel
from linli.registry.tests.factories import Entity

MYSQLD = shutil.which("mariadbd") or shutil.which("mysqld") or "/usr/sbin/mariadbd"
TABLE = """
CREATE TABLE citizens (编号 integer PRIMARY KEY, 姓名 varchar(40), 身份证号 varchar(18), 联系电话 varchar(20),
 民族 varchar(20), 出生日期 date, update_time timestamp)
"""
PEOPLE = [
    [*row[:4], row[4], "1940-03-12" if row[0] == "1" else "1995-08-15", f"2026-11-0{row[0]} 08:00:00"] for row in ROWS
]


def fill(url, rows=PEOPLE, *, make=True):
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.pool.NullPool)
    insert = sqlalchemy.text(f"INSERT INTO citizens VALUES ({', '.join(f':v{n}' for n in range(7))})")
    with engine.begin() as wire:
        if make:
            wire.execute(sqlalchemy.text(TABLE))
        for row in rows:
            wire.execute(insert, {f"v{n}": value for n, value in enumerate(row)})


@pytest.fixture(autouse=True)
def _own_network(settings, monkeypatch):
    """Let the node call this machine; the reading process takes it from the environment."""
    settings.LINLI_OUTGOING_ALLOW = ["127.0.0.0/8", connection.settings_dict["HOST"]]
    monkeypatch.setenv("LINLI_OUTGOING_ALLOW", ",".join(settings.LINLI_OUTGOING_ALLOW))


@pytest.mark.parametrize("url", [
    "mysql://reader@127.0.0.1:1/mz", "postgresql://reader@127.0.0.1:1/mz", "postgresql://reader@/mz?host=127.0.0.1",
    "postgresql://reader@192.0.2.1/mz?hostaddr=127.0.0.1&host=127.0.0.1",
])  # fmt: skip
def test_databases_of_private_networks_are_refused_unless_they_are_named(settings, url):
    settings.LINLI_OUTGOING_ALLOW = []
    with pytest.raises(SourceUnreachableError, match=r"内部网络|private network"):
        Sql().check({"url": url})


@pytest.mark.parametrize("url", [
    "postgresql://postgres@/linli?host={own}", "postgresql://postgres@/linli",
    "postgresql://postgres@/linli?service=own",
    "mysql+pymysql://root@/mz?unix_socket=/run/mysqld/mysqld.sock", "sqlite:////etc/passwd", "sqlite://",
    "postgresql://x_demo@/linli?host=/elsewhere", "postgresql://reader@/mz?host={own},127.0.0.1",
])  # fmt: skip
def test_sockets_and_files_of_this_machine_are_refused_unless_they_are_named(settings, url):
    """The node's own server lets users of this machine in without a password: an owner's account among them."""
    settings.LINLI_OUTGOING_ALLOW = ["127.0.0.0/8"]
    with pytest.raises(SourceUnreachableError, match=r"套接字|socket of this machine"):
        Sql().check({"url": url.format(own=connection.settings_dict["HOST"])})


def test_sftp_hosts_of_private_networks_are_refused_unless_they_are_named(settings):
    settings.LINLI_OUTGOING_ALLOW = []
    with pytest.raises(SourceUnreachableError, match=r"内部网络|private network"):
        Sftp().check({"host": "localhost", "port": "1", "user": "reader"})


@contextmanager
def postgres():
    """Make another database on the server of the tests."""
    told = connection.get_connection_params()
    server = {name: told[name] for name in ("user", "password", "host", "port") if told.get(name)}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as wire:
        wire.execute("DROP DATABASE IF EXISTS linli_test_department WITH (FORCE)")
        wire.execute("CREATE DATABASE linli_test_department")
        try:
            yield sqlalchemy.URL.create(
                "postgresql+psycopg", username=server.get("user"), password=server.get("password"),
                database="linli_test_department",
                query={name: str(server[name]) for name in ("host", "port") if name in server},
            ).render_as_string(hide_password=False)  # fmt: skip
        finally:
            wire.execute("DROP DATABASE linli_test_department WITH (FORCE)")


@contextmanager
def mariadb(folder):
    """Start a MariaDB server of its own; skip where none is installed."""
    if not Path(MYSQLD).exists():
        pytest.skip("no MariaDB server is installed (Debian: mariadb-server)")
    data, plug = folder / "data", folder / "s"
    own = ["--no-defaults", f"--datadir={data}", *(["--user=root"] if os.geteuid() == 0 else [])]
    subprocess.run(
        ["mariadb-install-db", *own, "--auth-root-authentication-method=normal"], check=True, capture_output=True
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [MYSQLD, *own, f"--socket={plug}", f"--port={port}", "--bind-address=127.0.0.1", "--skip-log-bin"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        admin = f"mysql+pymysql://root@localhost/mysql?unix_socket={plug}"
        wait_for(plug)  # a driver that comes too early leaves its plug open
        with sqlalchemy.create_engine(admin, poolclass=sqlalchemy.pool.NullPool).begin() as wire:
            wire.execute(sqlalchemy.text("CREATE DATABASE mz CHARACTER SET utf8mb4"))
            wire.execute(sqlalchemy.text("CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'geheim-8'"))
            wire.execute(sqlalchemy.text("GRANT ALL ON mz.* TO reader@'127.0.0.1'"))
        yield f"mysql+pymysql://reader:geheim-8@127.0.0.1:{port}/mz"
    finally:
        process.terminate()
        process.wait(20)


def wait_for(plug):
    """Wait until a server listens on its Unix socket, thirty seconds at most."""
    until = time.monotonic() + 30
    while True:
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                return probe.connect(str(plug))
            except OSError:
                if time.monotonic() > until:
                    raise
        time.sleep(0.1)


def connect(ground, connector, values, **more):
    exchange.save_connection(
        code="c1", name="业务库", connector=connector, values=values, division_id=county_of(ground), by=accounts.SYSTEM,
        now=NOW,
    )  # fmt: skip
    return make_dataset(ground, connection="c1", header=[*HEADER, "update_time"], **more)


def read(connector, settings, **ask):
    return list(connector.read(settings, Ask(**ask)))


def rows_of(chunks):
    return [list(row) for chunk in chunks for row in chunk.rows]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_a_department_database_is_read_and_then_only_what_is_new(ground, tmp_path, kind):
    with postgres() if kind == "postgresql" else mariadb(tmp_path) as url:
        fill(url)
        dataset = connect(
            ground, "sql", {"url": url, "password": ""}, resource="citizens", cursor_column="update_time", overlap=60
        )
        run = exchange.collect(dataset=dataset, by=accounts.SYSTEM, now=NOW)
        assert figures(run) == {"rows": 2, "new": 2, "changed": 0, "confirmed": 0, "rejected": 0, "partly": 0}
        fill(url, [["3", "李青", "", "13800003333", "汉族", "1980-01-01", "2026-11-03 08:00:00"]], make=False)
        dataset.refresh_from_db()
        assert dataset.cursor == "t:2026-11-02T08:00:00"
        again = exchange.collect(dataset=dataset, by=accounts.SYSTEM, now=NOW)
        assert figures(again) | {"rows": 0} == {
            "rows": 0, "new": 1, "changed": 0, "confirmed": 1, "rejected": 0, "partly": 0,
        }  # fmt: skip
        assert Entity.objects.count() == 3
        assert "citizens" in Sql().check({"url": url})
        with pytest.raises(SourceUnreachableError):
            read(Sql(), {"url": url}, resource="no_such_table")


def test_an_address_that_is_none_and_a_missing_driver_are_named():
    with pytest.raises(SettingsRefusedError):
        Sql().check({"url": "民政局的库"})
    with pytest.raises(SourceUnreachableError, match="oracledb"):
        Sql().check({"url": "oracle://reader@10.0.0.1/mz"})


class _Interface(BaseHTTPRequestHandler):
    """Three people on pages of two, behind a token; `/slow` never answers."""

    people = tuple({"姓名": name, "n": n, "低保": n == 1} for n, name in enumerate(("吴桂芳", "王小虎", "李青"), 1))

    def do_GET(self):
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/slow":
            time.sleep(30)
        if self.headers["Authorization"] != "Bearer good":
            self.answer({}, 401)
        elif parts.path == "/broken":
            self.answer("no rows", 200)
        elif "since" in asked:
            self.answer({"data": {"list": [one for one in self.people if one["n"] > int(asked["since"])]}})
        else:
            first = (int(asked.get("page", 1)) - 1) * 2
            self.answer({"data": {"list": self.people[first : first + 2]}})

    def do_POST(self):
        self.answer({"access_token": "good"})

    def answer(self, told, status=200):
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


@pytest.fixture
def interface():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Interface)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.slow
def test_a_rest_interface_is_read_page_by_page_with_a_token(interface):
    fixed = {"url": interface, "rows": "data.list", "paging": "page", "page_name": "page", "size": "2",
             "token_kind": "bearer", "token": "good"}  # fmt: skip
    assert rows_of(read(Rest(), fixed)) == [["吴桂芳", "1", "是"], ["王小虎", "2", "否"], ["李青", "3", "否"]]
    fetched = {
        **fixed,
        "token_kind": "client",
        "token_url": f"{interface}/token",
        "token": "secret",
        "token_name": "me",
    }
    assert len(rows_of(read(Rest(), fetched))) == 3
    since = {**fixed, "paging": "none", "since_name": "since"}
    assert [row[0] for row in rows_of(read(Rest(), since, cursor_column="n", cursor="2"))] == ["李青"]
    with pytest.raises(SourceUnreachableError, match="401"):
        read(Rest(), {**fixed, "token": "bad"})
    with pytest.raises(SourceUnreachableError):
        read(Rest(), fixed, resource="/broken")


@pytest.mark.slow
def test_a_source_that_hangs_is_cut_off_and_blocks_nobody(interface):
    settings = {"url": interface, "rows": "data.list", "token_kind": "bearer", "token": "good"}
    began = time.monotonic()
    with pytest.raises(SourceUnreachableError, match="3"):
        list(read_connector("rest", settings, Ask(resource="/slow"), silence=3))
    assert time.monotonic() - began < 25, "the whole would take thirty seconds"
    assert "200" in ask_connector("rest", settings, seconds=20)


@pytest.mark.slow
def test_an_sftp_server_is_known_by_its_key_and_read_file_by_file(tmp_path):
    from linli.exchange.tests.sftp_server import serve

    (tmp_path / "一.csv").write_bytes(table(encoding="gb18030"))
    os.utime(tmp_path / "一.csv", (1, 1))
    (tmp_path / "二.csv").write_bytes(table(ROWS[:1]))
    with serve(tmp_path, password="geheim-8") as (port, mark):
        settings = {"host": "127.0.0.1", "port": str(port), "user": "reader", "password": "geheim-8", "folder": "."}
        with pytest.raises(SettingsRefusedError, match="SHA256:"):
            Sftp().check(settings)
        settings["fingerprint"] = mark
        assert "2" in Sftp().check(settings)
        (first,) = read(Sftp(), settings)
        assert (first.name, rows_of([first])) == ("一.csv", ROWS)
        (second,) = read(Sftp(), settings, cursor=first.cursor)
        assert (second.name, read(Sftp(), settings, cursor=second.cursor)) == ("二.csv", [])
        with pytest.raises(SourceUnreachableError):
            read(Sftp(), {**settings, "password": "wrong"})
        with pytest.raises(SettingsRefusedError):
            read(Sftp(), {**settings, "fingerprint": "SHA256:other"})


def test_a_folder_is_read_file_by_file_and_nothing_outside_it(settings, tmp_path):
    settings.LINLI_DROP_FOLDER = str(tmp_path)
    folder = tmp_path / "minzheng"
    folder.mkdir()
    for place, name in enumerate(("a.csv", "b.csv")):
        (folder / name).write_bytes(table(ROWS[place : place + 1]))
        os.utime(folder / name, (place + 1, place + 1))
    (folder / "being-written.csv").write_bytes(table())
    here = {"folder": "minzheng"}
    (first,) = read(DropFolder(), here)
    (second,) = read(DropFolder(), here, cursor=first.cursor)
    assert (rows_of([first]), rows_of([second])) == (ROWS[:1], ROWS[1:])
    assert read(DropFolder(), here, cursor=second.cursor) == []
    with pytest.raises(SettingsRefusedError):
        DropFolder().check({"folder": "../.."})


BAD = b"PK" + b"\0" * 400


def put(folder, name, content, *, at):
    (folder / name).write_bytes(content)
    os.utime(folder / name, (at, at))


@pytest.mark.slow
def test_a_file_that_cannot_be_read_is_named_and_holds_nobody(ground, settings, tmp_path, monkeypatch):
    settings.LINLI_DROP_FOLDER = str(tmp_path)
    monkeypatch.setenv("LINLI_DROP_FOLDER", str(tmp_path))
    put(tmp_path, "一.csv", table(ROWS[:1]), at=1)
    put(tmp_path, "二.xlsx", BAD, at=2)
    put(tmp_path, "三.csv", table(ROWS[1:]), at=3)
    dataset = connect(ground, "drop", {"folder": "."})
    tasks.collect(dataset=dataset.pk)
    assert list(dataset.runs.order_by("number").values_list("name", "state", "done")) == [
        ("一.csv", "done", 1), ("二.xlsx", "failed", 0), ("三.csv", "done", 1),
    ]  # fmt: skip
    assert [run.notes for run in dataset.runs.filter(state="failed")] == [["这个文件无法作为表格打开。"]]
    tasks.collect(dataset=dataset.pk)
    assert (dataset.runs.count(), Entity.objects.count()) == (3, 2)


@pytest.mark.slow
def test_columns_that_changed_overnight_stop_one_run_until_somebody_looks(ground, settings, tmp_path, monkeypatch):
    settings.LINLI_DROP_FOLDER = str(tmp_path)
    monkeypatch.setenv("LINLI_DROP_FOLDER", str(tmp_path))
    put(tmp_path, "一.csv", table(ROWS[:1], header=[*HEADER[:3], "手机", *HEADER[4:]]), at=1)
    put(tmp_path, "二.csv", table(ROWS[1:]), at=2)
    dataset = connect(ground, "drop", {"folder": "."}, every_minutes=1)
    for turn in range(2):
        assert [one.pk for one in due_datasets(now=NOW)] == ([] if turn else ["minzheng"])
        tasks.collect(dataset=dataset.pk)
    (run,) = dataset.runs.all()
    assert (run.state, run.name) == ("stopped", "一.csv")
    drop_run(run=run, by=accounts.SYSTEM, now=NOW)
    assert len(due_datasets(now=kernel.now() + timedelta(minutes=2))) == 1
    tasks.collect(dataset=dataset.pk)
    assert list(dataset.runs.order_by("number").values_list("state", "name")) == [
        ("dropped", "一.csv"), ("done", "二.csv"),
    ]  # fmt: skip


@pytest.mark.slow
def test_a_source_that_nobody_has_mapped_is_asked_once_and_waits_for_its_columns(
    ground, settings, tmp_path, monkeypatch
):
    settings.LINLI_DROP_FOLDER = str(tmp_path)
    monkeypatch.setenv("LINLI_DROP_FOLDER", str(tmp_path))
    put(tmp_path, "一.csv", table(), at=1)
    dataset = connect(ground, "drop", {"folder": "."}, names={})
    for _turn in range(2):
        tasks.collect(dataset=dataset.pk)
    (run,) = dataset.runs.all()
    assert (run.state, run.rows, run.header, Entity.objects.count()) == ("stopped", 2, HEADER, 0)
    make_dataset(ground, connection="c1")
    assert exchange.take_run(run=run, by=accounts.SYSTEM, now=NOW).new == 2


@pytest.mark.slow
def test_a_source_that_nobody_has_mapped_and_cannot_be_reached_says_so(ground, settings, tmp_path):
    settings.LINLI_DROP_FOLDER = str(tmp_path)
    dataset = connect(ground, "drop", {"folder": "nobody"}, names={})
    run = exchange.collect(dataset=dataset, by=accounts.SYSTEM, now=NOW)
    assert (run.state, ["nobody" in note for note in run.notes]) == ("failed", [True])


@pytest.mark.slow
def test_a_broken_file_on_an_sftp_server_is_passed_over(tmp_path):
    from linli.exchange.tests.sftp_server import serve

    put(tmp_path, "一.xlsx", BAD, at=1)
    put(tmp_path, "二.csv", table(ROWS), at=2)
    with serve(tmp_path, password="geheim-8") as (port, mark):
        settings = {"host": "127.0.0.1", "port": str(port), "user": "reader", "password": "geheim-8", "folder": ".",
                    "fingerprint": mark}  # fmt: skip
        (broken,) = read(Sftp(), settings)
        assert (broken.name, broken.rows, bool(broken.problem)) == ("一.xlsx", [], True)
        (second,) = read(Sftp(), settings, cursor=broken.cursor)
        assert (second.name, second.problem) == ("二.csv", "")
