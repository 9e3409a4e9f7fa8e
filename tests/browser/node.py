"""A whole node for the browser: its own database and folder, the demo county, web server, worker and relay.

LINLI_BROWSER_NODE=http://127.0.0.1:8000,/path/to/its/data uses a demo node that runs already; tests leave events in it.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from linli.site.runtime import postgres
from tests.database import STATIC, like_the_migrated

READY_SECONDS = 180
EVENTS, PEOPLE = "100", "1000"
RUNNING = "LINLI_BROWSER_NODE"


@dataclass(frozen=True)
class Node:
    """Where a node answers, and the password of its demo accounts."""

    address: str
    password: str


@contextmanager
def node() -> Iterator[Node]:
    """Yield a node that answers; everything of it is gone afterwards."""
    if running := os.environ.get(RUNNING):
        address, folder = running.split(",", 1)
        yield Node(address, _password(Path(folder)))
        return
    with tempfile.TemporaryDirectory(prefix="linli-browser-") as folder, _database() as url:
        port = _free_port()
        environment = {
            **os.environ,
            postgres.ADDRESS: url,
            "LINLI_DATA": folder,
            "LINLI_PORT": str(port),
            "LINLI_STATIC": "hashed",
            "LINLI_LOG_LEVEL": "ERROR",
        }
        environment.pop("LINLI_KEY_RING", None)
        linli = [sys.executable, "-m", "linli"]
        _lend_static_files(Path(folder))
        demo = [*linli, "demo", "--events", EVENTS, "--people", PEOPLE]
        subprocess.run(demo, env=environment, check=True, capture_output=True)
        with _served([*linli, "up"], environment, Path(folder) / "said.log"):
            address = f"http://127.0.0.1:{port}"
            _wait(address, Path(folder) / "said.log")
            yield Node(address, _password(Path(folder)))


@contextmanager
def _database() -> Iterator[str]:
    home = os.environ[postgres.ADDRESS]
    name = f"linli_browser_{os.getpid()}"
    with psycopg.connect(home, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} {like_the_migrated()}")
        try:
            yield make_conninfo(**{**conninfo_to_dict(home), "dbname": name})
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _lend_static_files(folder: Path) -> None:
    """Let the node serve what is collected already; it collects anew what is older than its source."""
    collected = Path(os.environ[STATIC])
    collected.mkdir(parents=True, exist_ok=True)
    (folder / "static").symlink_to(collected)


@contextmanager
def _served(command: list[str], environment: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("wb") as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def _wait(address: str, log: Path) -> None:
    limit = time.monotonic() + READY_SECONDS
    while time.monotonic() < limit:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the node does not answer: {log.read_text()[-2000:]}")


def _password(folder: Path) -> str:
    return json.loads((folder / "demo-accounts.json").read_text("utf-8"))["password"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
