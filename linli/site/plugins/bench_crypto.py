"""`linli bench crypto`: ids sealed, tokened and stored with their index; then a rotation of keys while readers look."""

import json
import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy

from linli.kernel import slots
from linli.site.plugins.bench_stage import Stage, stage

DATABASE = "linli_bench_crypto"
WORKERS, READERS = 2, 2
STOP_SECONDS = 30


class CryptoBench(slots.Bench):
    """Identity numbers into a column of sealed text, with the keyed token that finds them and its index."""

    code = "crypto"
    label = gettext_lazy("Encryption of fields and the rotation of keys")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many ids."""
        parser.add_argument("--rows", type=int, default=1_000_000, help="how many ids (default: 1000000)")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Write, then rotate under readers, then take the old key off the ring."""
        rows = options["rows"]
        with stage(DATABASE, report=report) as here:
            told = here.ask("crypto", "ready")
            report(f"sealing {rows} ids in {WORKERS} processes")
            seconds = _write(here, rows, told)
            report("rotating the keys while readers look")
            return {"seconds": seconds, "rows": rows, **_rotate(here)}


def _write(here: Stage, rows: int, told: Mapping[str, Any]) -> float:
    """Return the seconds from the first id to the last index; the processes have started before."""
    edges = [rows * n // WORKERS for n in range(WORKERS + 1)]
    spans = [(str(first), str(last - first)) for first, last in pairwise(edges)]
    writers = [_started(here, "write", *span, told["person"]) for span in spans]
    indexer = _started(here, "index")
    for process in (*writers, indexer):
        _line(process)
    began = time.monotonic()
    for process in writers:
        _say(process, "go")
    for process in writers:
        _line(process)
    _say(indexer, json.dumps(told["taken"]))
    _line(indexer)
    seconds = time.monotonic() - began
    for process in (*writers, indexer):
        process.wait(STOP_SECONDS)
    return seconds


def _rotate(here: Stage) -> dict[str, Any]:
    readers = [_started(here, "read", str(n)) for n in range(READERS)]
    for reader in readers:
        _line(reader)
    began = time.monotonic()
    here.linli("keys", "rotate")
    seconds = time.monotonic() - began
    here.linli("keys", "retire")
    answers = []
    for reader in readers:
        _say(reader, "stop")
        answers.append(json.loads(_line(reader)))
        reader.wait(STOP_SECONDS)
    good, failed = (sum(one[name] for one in answers) for name in ("good", "bad"))
    left = here.ask("crypto", "left")["left"]
    return {"failed_reads": failed, "reads": good + failed, "rotation_seconds": seconds, "left_on_old_keys": left}


def _started(here: Stage, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "linli", "bench_ground", "crypto", *arguments]
    return subprocess.Popen(  # noqa: S603  our own program
        command, env={**os.environ, **here.environment()}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _say(process: "subprocess.Popen[str]", word: str) -> None:
    if process.stdin is None or process.poll() is not None:
        raise CommandError("A process of the bench ended before its time.")
    process.stdin.write(f"{word}\n")
    process.stdin.flush()


def _line(process: "subprocess.Popen[str]") -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise CommandError("A process of the bench ended before its time.")
    return line.strip()
