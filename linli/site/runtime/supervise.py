"""Keeps the processes of a node alive: starts them, names their output, restarts what fell, stops them together."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds before a restart, doubled at each fall
STEADY = 60.0  # seconds of life after which a process counts as sound again
GRACE = 15.0  # seconds between asking to stop and killing
BEAT = 0.2


@dataclass
class Program:
    """One supervised process and what is known of its falls."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[str] | None" = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = 0.0


Keep = Callable[[str, str], None]  # program, line


class Supervisor:
    """Runs programs until it is asked to stop (SIGTERM, SIGINT or `stop()`)."""

    def __init__(self, programs: Sequence[Program], keep: "Keep | None" = None) -> None:
        """Remember what to run, and who keeps what the programs say; nothing starts yet."""
        self.programs = programs
        self._keep = keep
        self._stopping = False  # no threading.Event: a signal that comes while its lock is held would wait for ever

    def run(self) -> None:
        """Start everything and watch until a stop is asked for; return when every program has ended."""
        old = {number: signal.signal(number, self._on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self._stopping:
                self._look(time.monotonic())
                time.sleep(BEAT)
        finally:
            self._end()
            for number, handler in old.items():
                signal.signal(number, handler)

    def stop(self) -> None:
        """Ask `run` to end everything."""
        self._stopping = True

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stop()

    def _look(self, now: float) -> None:
        for program in self.programs:
            if program.process is None:
                if now >= program.due:
                    _start(program, now, self._keep)
            elif program.process.poll() is not None:
                _plan_restart(program, now, self._keep)

    def _end(self) -> None:
        running = [program.process for program in self.programs if program.process and program.process.poll() is None]
        for process in running:
            process.terminate()
        limit = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                _kill_group(process)


def say(name: str, line: str) -> None:
    """Print one line of one program; whole lines only, so that programs do not cut into one another."""
    sys.stdout.write(f"{name:<7}| {line}\n")
    sys.stdout.flush()


def _start(program: Program, now: float, keep: Keep | None) -> None:
    """Start in a session of its own, so that Ctrl-C reaches the supervisor only."""
    program.process = subprocess.Popen(  # noqa: S603  our own programs
        [sys.executable, "-m", "linli.site.runtime.child", *program.command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        env={**os.environ, **program.environment},
    )
    program.started = now
    threading.Thread(target=_relay_lines, args=(program.name, program.process, keep), daemon=True).start()


def _relay_lines(name: str, process: "subprocess.Popen[str]", keep: Keep | None) -> None:
    if process.stdout is None:
        return
    with process.stdout as lines:
        for line in lines:
            _tell(name, line.rstrip(), keep)


def _tell(name: str, line: str, keep: Keep | None) -> None:
    """Print the line, and have it kept."""
    say(name, line)
    if keep is not None:
        keep(name, line)


def _plan_restart(program: Program, now: float, keep: Keep | None) -> None:
    """Restart after a pause that doubles with each quick fall."""
    process, program.process = program.process, None
    if process:
        _kill_group(process)
    if now - program.started > STEADY:
        program.pause = FIRST_PAUSE
    program.due = now + program.pause
    ended = process.returncode if process else None
    _tell(program.name, f"ended with {ended}; starting again in {program.pause:.0f} s", keep)
    program.pause = min(program.pause * 2, LONGEST_PAUSE)


def _kill_group(process: "subprocess.Popen[str]") -> None:
    """End what a fallen program left behind; a child of its own may still hold the port."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
