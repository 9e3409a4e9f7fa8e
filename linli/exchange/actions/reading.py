"""Asking a department's system in a process of its own, which is ended when it falls silent: it blocks nobody."""

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.exchange.rules.refusals import SourceUnreachableError
from linli.exchange.slots import Ask, Chunk

SILENCE = 60.0  # seconds without a word
LONGEST = 4 * 3600.0
CHILD = ("-m", "django", "read_source")


def ask_connector(connector: str, values: Mapping[str, str], *, seconds: float = 30) -> str:
    """Let a connector try its way in; return its sentence. Raises SourceUnreachableError."""
    with _child({"connector": connector, "settings": dict(values)}, silence=seconds) as told:
        for one in told:
            if "said" in one:
                return str(one["said"])
    raise SourceUnreachableError


def read_connector(connector: str, values: Mapping[str, str], ask: Ask, *, silence: float = SILENCE) -> Iterator[Chunk]:
    """Yield what a connector reads; after `silence` seconds without a word it is ended.

    Raises SourceUnreachableError, after what had come was yielded.
    """
    job = {"connector": connector, "settings": dict(values), "ask": vars(ask) | {"known": list(ask.known)}}
    with _child(job, silence=silence) as told:
        for one in told:
            if "chunk" in one:
                yield Chunk(**one["chunk"])


@contextmanager
def _child(job: Mapping[str, Any], *, silence: float) -> Iterator[Iterator[dict[str, Any]]]:
    """Start the process, hand it the job (never on its command line), and yield what it tells."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "linli.site.settings", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(  # noqa: S603  our own command
        [sys.executable, *CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environment,
    )  # fmt: skip
    try:
        if process.stdin is None or process.stdout is None:
            raise SourceUnreachableError
        process.stdin.write(json.dumps({**job, "language": get_language()}).encode())
        process.stdin.close()
        yield _told(process, silence)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _told(process: "subprocess.Popen[bytes]", silence: float) -> Iterator[dict[str, Any]]:
    for line in _lines(process.stdout, silence):
        one: dict[str, Any] = json.loads(line)
        if "refused" in one:
            raise SourceUnreachableError(one["refused"])
        if "end" in one:
            return
        yield one
    raise SourceUnreachableError(_("The reading ended before it was complete."))


def _lines(stream: Any, silence: float) -> Iterator[bytes]:
    """Yield whole lines as they come. Raises SourceUnreachableError when none comes in time."""
    held, until = b"", time.monotonic() + LONGEST
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        heard = time.monotonic()
        while True:
            now = time.monotonic()
            if now - heard > silence or now > until:
                words = _("The other side fell silent for %(seconds)d seconds and was cut off.")
                raise SourceUnreachableError(words % {"seconds": silence})
            if not selector.select(timeout=min(1.0, silence)):
                continue
            part = os.read(stream.fileno(), 1 << 20)
            if not part:
                return
            *whole, held = (held + part).split(b"\n")
            if whole:
                heard = time.monotonic()
            yield from whole
