"""Carries kept log lines off the machine 日志外送, to a syslog server over TCP or TLS, from where it stopped before."""

import contextlib
import json
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext_noop as _

from linli.site.rules.syslog import message_of
from linli.site.runtime import logfiles
from linli.site.runtime.trouble import Trouble

PORTS = {"tcp": 514, "tls": 6514}
SECONDS, PAUSE, BLOCK = 10.0, 2.0, 500


@dataclass(frozen=True)
class Place:
    """How far the lines were carried: the day, how many bytes of its file, and when something was last carried."""

    day: str = ""
    offset: int = 0
    at: str = ""


def remote() -> SplitResult | None:
    """Return where logs go (`LINLI_LOG_REMOTE`), such as tls://logs.example.org:6514. Raises Trouble."""
    given = os.environ.get("LINLI_LOG_REMOTE", "")
    parts = urlsplit(given)
    if not given:
        return None
    with contextlib.suppress(ValueError):
        if parts.scheme in PORTS and parts.hostname and (parts.port is None or parts.port):
            return parts
    raise Trouble(_("LINLI_LOG_REMOTE is {given}; it is written as tls://host:6514 or tcp://host:514."), given=given)


def place() -> Place:
    """Return how far lines were carried."""
    try:
        return Place(**json.loads(_path().read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return Place()


class Shipper:
    """Carries what is kept and was not carried yet; waits and tries again where the server can't be reached."""

    def __init__(self, target: SplitResult) -> None:
        """Remember where to."""
        self._target = target
        self._stop = threading.Event()

    def run(self) -> None:
        """Carry until asked to stop."""
        while not self._stop.is_set():
            with contextlib.suppress(OSError):
                self.carry()
            self._stop.wait(PAUSE)

    def stop(self) -> None:
        """Ask `run` to end."""
        self._stop.set()

    def carry(self) -> int:
        """Carry all that waits over one connection; return how many lines those were. Raises OSError."""
        carried = 0
        waiting = _waiting(place())
        first = next(waiting, None)
        if first is None:
            return 0
        with self._connected() as plug:
            block: tuple[list[str], Place] | None = first
            while block is not None:
                lines, reached = block
                plug.sendall(b"".join(message_of(line, host=socket.gethostname()) for line in lines))
                _note(reached)
                carried += len(lines)
                block = next(waiting, None)
        return carried

    @contextlib.contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        host, port = str(self._target.hostname), self._target.port or PORTS[self._target.scheme]
        with socket.create_connection((host, port), timeout=SECONDS) as plug:
            if self._target.scheme == "tcp":
                yield plug
                return
            with ssl.create_default_context().wrap_socket(plug, server_hostname=host) as sealed:
                yield sealed


def _waiting(since: Place) -> Iterator[tuple[list[str], Place]]:
    """Yield whole lines behind a place, at most 500 together, with the place behind them."""
    begin = date.fromisoformat(since.day) if since.day else date.min
    for day, path in logfiles.files().items():
        if day < begin:
            continue
        offset = since.offset if day == begin else 0
        with path.open("rb") as file:
            file.seek(offset)
            lines: list[str] = []
            for line in file:
                if not line.endswith(b"\n"):
                    break
                lines.append(line.decode("utf-8", "replace"))
                offset += len(line)
                if len(lines) == BLOCK:
                    yield lines, _at(day, offset)
                    lines = []
            if lines:
                yield lines, _at(day, offset)


def _at(day: date, offset: int) -> Place:
    return Place(day.isoformat(), offset, datetime.now(UTC).isoformat(timespec="seconds"))


def _note(reached: Place) -> None:
    beside = _path().with_suffix(".new")
    beside.write_text(json.dumps(asdict(reached)), "utf-8")
    beside.replace(_path())


def _path() -> Path:
    return logfiles.folder() / "carried.json"
