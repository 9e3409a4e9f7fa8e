"""Processes are kept alive, and end together, however the node ends."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from linli.site.runtime import folders, supervise

WAIT = 60  # seconds, on a busy machine


def until(condition):
    limit = time.monotonic() + WAIT
    while time.monotonic() < limit:
        if condition():
            return True
        time.sleep(0.02)
    return False


def shell(name, script):
    return supervise.Program(name, ["/bin/sh", "-c", script])


@pytest.fixture
def running(monkeypatch):
    """Run a supervisor in a thread; signals are for the main thread, so they stay as they are."""
    monkeypatch.setattr(supervise.signal, "signal", lambda *_: signal.SIG_DFL)
    monkeypatch.setattr(supervise, "FIRST_PAUSE", 0.05)
    started = []

    def start(*programs):
        for program in programs:
            program.pause = 0.05
        supervisor = supervise.Supervisor(programs)
        thread = threading.Thread(target=supervisor.run)
        thread.start()
        started.append((supervisor, thread))
        return supervisor

    yield start
    for supervisor, thread in started:
        supervisor.stop()
        thread.join(WAIT)
        assert not thread.is_alive()


@pytest.mark.slow
def test_what_falls_is_started_again_with_growing_pauses(running, tmp_path):
    falling = shell("fall", f"echo x >> {tmp_path}/falls; exit 3")
    running(falling)
    assert until(lambda: (tmp_path / "falls").exists() and len((tmp_path / "falls").read_text()) >= 6)
    assert falling.pause >= 0.2


def test_output_carries_the_name_of_its_program(running, monkeypatch):
    seen = io.StringIO()  # what a thread writes while pytest's own capture is read would be lost
    monkeypatch.setattr(sys, "stdout", seen)
    running(shell("talk", "echo 你好; sleep 60"))
    assert until(lambda: "talk   | 你好" in seen.getvalue())


def test_stop_ends_every_program_and_what_it_started(running, tmp_path):
    program = shell("parent", f"sleep 60 & echo $! > {tmp_path}/child; wait")
    supervisor = running(program)
    assert until(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text().strip())
    process = program.process
    supervisor.stop()
    assert until(lambda: process.poll() is not None)


def test_programs_end_when_the_supervisor_is_killed(tmp_path):
    script = (
        "from linli.site.runtime import supervise as s\n"
        f"s.Supervisor([s.Program('x', ['/bin/sh', '-c', 'echo $$ > {tmp_path}/pid; exec sleep 60'])]).run()"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=folders.ROOT, stdout=subprocess.DEVNULL)
    try:
        assert until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip())
    finally:
        parent.kill()
        parent.wait()
    child = int((tmp_path / "pid").read_text())
    assert until(lambda: not is_alive(child))


def is_alive(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{number}/stat").read_text().split()[2]
    return state != "Z"  # one that ended and is not yet collected counts as gone


def test_what_programs_say_is_kept(monkeypatch):
    monkeypatch.setattr(supervise.signal, "signal", lambda *_: signal.SIG_DFL)
    kept = []
    supervisor = supervise.Supervisor([shell("say", "echo hello; exec sleep 60")], keep=lambda *told: kept.append(told))
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    try:
        assert until(lambda: ("say", "hello") in kept)
    finally:
        supervisor.stop()
        thread.join(WAIT)
