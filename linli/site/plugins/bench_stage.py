"""What a bench stands on: a database and a data folder of its own on the node's server, and real processes on them."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg
from django.core.management.base import CommandError
from psycopg import sql
from psycopg.conninfo import make_conninfo

from linli.site.runtime import folders, postgres, statics

WAITING = """
SELECT (SELECT count(*) FROM events_event e WHERE NOT EXISTS (SELECT FROM events_terms t WHERE t.event_id = e.id))
     + (SELECT count(*) FROM kernel_batch WHERE done_at IS NULL)
"""
Report = Callable[[str], None]
HOST = "127.0.0.1"
SECONDS_TO_ANSWER = 60.0
SECONDS_TO_STOP = 25.0
SECONDS_TO_RECEIVE = 120.0
STATIC = "static"
EMPTY = "template0"  # what a stage begins with, before it is migrated
LEFT_OUT = {
    "LINLI_PUBLIC_URL", "LINLI_ALLOWED_HOSTS", "LINLI_SECOND_FACTOR", "LINLI_DEBUG", "LINLI_LOG_LEVEL", "LINLI_KEY_RING"
}  # fmt: skip


@dataclass(frozen=True)
class Node:
    """Processes that serve a stage: where they answer, and the process that started the others."""

    port: int
    pid: int

    @property
    def address(self) -> tuple[str, int]:
        """Where to connect."""
        return HOST, self.port


@dataclass(frozen=True)
class Stage:
    """A database with the demo county, and the folder with its keys."""

    database: str
    url: str
    folder: Path

    @classmethod
    def of(cls, database: str) -> "Stage":
        """Return the stage of this name on the node's server, made or not."""
        url = make_conninfo(postgres.provide(), dbname=database)
        return cls(database, url, folders.own_folder("bench") / database)

    def linli(self, *arguments: str) -> str:
        """Run a `linli` command here and return what it prints. Raises CommandError with its last words."""
        done = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "-m", "linli", *arguments],
            env=self.environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            message = f"linli {' '.join(arguments)} failed: {done.stderr.strip()[-600:]}"
            raise CommandError(message)
        return done.stdout

    def ask(self, *arguments: str) -> Any:
        """Run `linli bench_ground` here and return the JSON object it prints last."""
        return json.loads(self.linli("bench_ground", *arguments).strip().rsplit("\n", 1)[-1])

    def query(self, query: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of one query."""
        with self.connect() as connection:
            return connection.execute(query.encode(), values).fetchall()

    def connect(self) -> "psycopg.Connection[Any]":
        """Connect to the database, past Django."""
        return psycopg.connect(self.url, autocommit=True)

    def log_lines(self, name: str) -> Iterator[dict[str, Any]]:
        """Yield the lines of a log that are JSON objects."""
        for line in (self.folder / f"{name}.log").read_text().splitlines():
            with contextlib.suppress(ValueError):
                found = json.loads(line)
                if isinstance(found, dict):
                    yield found

    @contextlib.contextmanager
    def serve(self, *command: str) -> Iterator[Node]:
        """Run `linli up` (everything) or `linli web` here until the block is left; the output goes to a file."""
        port = _free_port()
        with (self.folder / f"{command[0]}.log").open("w") as log:
            process = subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, "-m", "linli.site.runtime.child", sys.executable, "-m", "linli", *command],
                env=self.environment(LINLI_PORT=str(port)), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
            try:
                self._wait(process, port, command[0])
                yield Node(port, process.pid)
            finally:
                _stop(process)

    def wait_for_receivers(self) -> float:
        """Wait until every fact is delivered, at most two minutes, and return the seconds it took."""
        began = time.monotonic()
        while self.query(WAITING)[0][0] and time.monotonic() < began + SECONDS_TO_RECEIVE:
            time.sleep(0.5)
        return time.monotonic() - began

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a process that works on this stage, with the settings of a node left alone."""
        kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        own = {"LINLI_DATABASE_URL": self.url, "LINLI_DATA": str(self.folder), "LINLI_HOST": HOST, "LINLI_DEMO": "0"}
        return {**kept, **own, **more}

    def _wait(self, process: "subprocess.Popen[bytes]", port: int, name: str) -> None:
        limit = time.monotonic() + SECONDS_TO_ANSWER
        while time.monotonic() < limit and process.poll() is None:
            if _answers(port):
                return
            time.sleep(0.1)
        words = (self.folder / f"{name}.log").read_text()[-600:]
        message = f"linli {name} did not answer: {words}"
        raise CommandError(message)


@contextlib.contextmanager
def stage(database: str, *, report: Report, fresh: bool = True, keep: bool = False) -> Iterator[Stage]:
    """Make a database for the time of the block, or without `fresh` use the one that was kept.

    Dropped afterwards, with its folder, unless it is to be kept.
    """
    here = Stage.of(database)
    with _ended_by_signals():
        try:
            if fresh or not exists(database):
                report(f"making the database {database}")
                drop(here)
                _make(here)
            statics.collect_when_stale()
            yield here
        finally:
            if not keep:
                drop(here)


def exists(database: str) -> bool:
    """Whether the server has this database."""
    with _server() as connection:
        return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone())


def copy(here: Stage, database: str) -> Stage:
    """Copy a stage, database and keys; nothing may be connected to it."""
    there = Stage.of(database)
    drop(there)
    with _server() as connection:
        names = sql.Identifier(database), sql.Identifier(here.database)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
    shutil.copytree(here.folder, there.folder, symlinks=True)
    return there


def drop(here: Stage) -> None:
    """Drop the database, ending what is connected to it, and the folder."""
    with _server() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(here.database)))
    shutil.rmtree(here.folder, ignore_errors=True)


def _make(here: Stage) -> None:
    try:
        with _server() as connection:
            names = sql.Identifier(here.database), sql.Identifier(EMPTY)
            connection.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE {}").format(*names))
    except psycopg.errors.InsufficientPrivilege as error:
        message = "A bench makes a database of its own; let the server's owner grant CREATEDB to this user."
        raise CommandError(message) from error
    here.folder.mkdir(parents=True)
    _lend_static_files(here.folder)
    here.linli("migrate", "--verbosity", "0")


def _server() -> "psycopg.Connection[Any]":
    """Connect to the node's own database, from where others are made and dropped."""
    return psycopg.connect(os.environ[postgres.ADDRESS], autocommit=True)


def _lend_static_files(folder: Path) -> None:
    """Let the stage serve the node's collected static files."""
    (folder / STATIC).symlink_to(folders.own_folder(STATIC))


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM end the bench as Ctrl-C does, so that it tidies up."""
    old = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, old)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask to stop; kill the whole session where that takes too long."""
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
