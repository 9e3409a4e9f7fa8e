"""Real relay and worker processes are killed while many write; nothing may be lost, skipped or done twice."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from itertools import count

import pytest
from django.db import connection, transaction

from linli.kernel import facts
from linli.kernel.models import Batch
from linli.kernel.tests import hearers

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
START = (
    "import sys, django; django.setup(); import linli.kernel.tests.hearers;"
    "from django.core.management import execute_from_command_line as run; run(['linli', *sys.argv[1:]])"
)
WRITERS = 4
PATIENCE = 120  # seconds, on a busy machine


class Processes:
    """Starts commands of Linli against the test database, and kills them."""

    def __init__(self, mark):
        database = connection.settings_dict
        url = f"postgresql:///{database['NAME']}?host={database['HOST']}&user={database['USER']}"
        if database["PORT"]:
            url += f"&port={database['PORT']}&password={database['PASSWORD']}"
        changes = {
            "LINLI_DATABASE_URL": url,
            "BELL_MARK": str(mark),
            "DJANGO_SETTINGS_MODULE": "linli.site.settings",
        }
        self.environment = os.environ | changes
        self.running = []

    def start(self, *words):
        process = subprocess.Popen([sys.executable, "-c", START, *words], env=self.environment)
        self.running.append(process)
        return process

    def relay(self):
        return self.start("relay", "--stalled-after", "1.5")

    def worker(self):
        return self.start("worker", "--heartbeat", "0.3")

    def kill(self):
        for process in self.running:
            process.kill()
            process.wait()


@pytest.fixture
def processes(transactional_db, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE heard (id serial, receiver text, number int, fact_id uuid)")
    processes = Processes(tmp_path / "died")
    yield processes
    processes.kill()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE heard")


def write(seed, told, stop):
    """Tell facts in many transactions: some stay open long, some are undone, so ids commit out of order."""
    chance = random.Random(seed)
    try:
        for turn in count():
            if stop.is_set():
                break
            numbers = [seed * 1_000_000 + turn * 1000 + n for n in range(chance.randint(1, 9))]
            undone = chance.random() < 0.1
            with transaction.atomic():
                for number in numbers:
                    mood = "deadly" if seed == 0 and turn == 5 else "well"
                    facts.publish(hearers.BellRang(number=number, mood=mood), now=NOON)
                time.sleep(chance.choice([0.02, 0.05, 0.6]))
                transaction.set_rollback(undone)
            told += [] if undone else numbers
    finally:
        connection.close()


def heard(receiver):
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM heard WHERE receiver = %s ORDER BY id", [receiver])
        return [number for (number,) in cursor.fetchall()]


def in_journal_order():
    with connection.cursor() as cursor:
        cursor.execute("SELECT (payload->>'number')::int FROM kernel_journalentry ORDER BY transaction, id")
        return [number for (number,) in cursor.fetchall()]


def wait_until(done, seconds):
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.1)


def await_more(seconds):
    before = len(heard("sexton"))
    wait_until(lambda: len(heard("sexton")) > before, seconds)


@pytest.fixture
def told(processes):
    """Return a list that grows with what was told and committed, by many writers at once, and how to stop them."""
    told, stop = [], threading.Event()
    writers = [threading.Thread(target=write, args=(seed, told, stop)) for seed in range(WRITERS)]
    for writer in writers:
        writer.start()

    def finish():
        stop.set()
        for writer in writers:
            writer.join()
        return sorted(told)

    yield finish
    finish()


@pytest.mark.slow
def test_nothing_is_lost_or_done_twice_when_processes_are_killed(processes, told):
    relay, spare, worker = processes.relay(), processes.relay(), processes.worker()
    # the deadly fact makes the worker kill itself after its work, before the commit
    wait_until(lambda: worker.poll() is not None, PATIENCE)
    assert worker.returncode == -signal.SIGKILL
    worker = processes.worker()
    relay.kill()  # the spare takes over
    await_more(PATIENCE)
    worker.kill()
    spare.kill()
    relay, worker = processes.relay(), processes.worker()
    await_more(PATIENCE)
    time.sleep(2)  # a while of many small batches
    expected = told()
    wait_until(lambda: min(len(heard("sexton")), len(heard("ringer"))) >= len(expected), PATIENCE)
    for process in (relay, worker):
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert heard("sexton") == heard("ringer") == in_journal_order()
    assert sorted(heard("sexton")) == expected
    assert not Batch.objects.filter(done_at=None).exists()
