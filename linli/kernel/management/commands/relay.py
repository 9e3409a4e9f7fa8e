"""`linli relay`: hands committed facts over to their receivers, and beats the pulses. One works, a second waits."""

import logging
import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, connection

from linli.kernel import slots
from linli.kernel.actions.recover import recover_jobs
from linli.kernel.actions.relay import relay_once
from linli.kernel.queries.journal import WINDOW, is_from_another_server
from linli.kernel.queries.sealed import check_ring
from linli.kernel.rules.clock import now
from linli.kernel.rules.keyring import BrokenRingError

TICK = 0.1
REST = 0.5  # after handing facts over, so that those of a busy time go in fewer, larger batches
RECOVERY = 2.0
RETRY = 1.0
ADVISORY_LOCK = 0x6C696E6C69  # "linli"
LOST = (OperationalError, InterfaceError)

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run until SIGTERM; wait and start again when the database is lost, refuse to start with another key ring."""

    help = "Hand committed facts over to their receivers (one process; a second one waits to take over)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say after how many silent seconds a worker is taken for dead."""
        meaning = "silence after which a worker is taken for dead (default: 10)"
        parser.add_argument("--stalled-after", type=float, default=10.0, metavar="SECONDS", help=meaning)

    def handle(self, *, stalled_after: float, **_options: Any) -> None:
        """Relay until told to stop."""
        stop = _Stop()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop.ask)
        while not stop.is_asked:
            try:
                check_ring()
                if _take_lock():
                    _serve(stop, stalled_after)
            except BrokenRingError as broken:
                raise CommandError(str(broken)) from None
            except LOST as error:
                log.warning("The relay lost the database and tries again.", exc_info=error)
                connection.close()
            stop.rest(RETRY)
        connection.close()


class _Stop:
    """Whether a signal asked to stop. No threading.Event: a signal while its lock is held would wait for ever."""

    is_asked = False

    def ask(self, *_signal: object) -> None:
        """Stop after this turn."""
        self.is_asked = True

    def rest(self, seconds: float) -> None:
        """Let time go by, less where a stop is asked for meanwhile."""
        until = time.monotonic() + seconds
        while not self.is_asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, TICK))


def _take_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        (taken,) = cursor.fetchone()
    return bool(taken)


def _serve(stop: _Stop, stalled_after: float) -> None:
    log.info("The relay is at work.")
    if is_from_another_server():
        raise CommandError("The fact journal was restored from another server; run `linli migrate` to settle it.")
    recover_at = relay_at = time.monotonic()
    moved = 0
    while not stop.is_asked:
        started = time.monotonic()
        if started >= relay_at:
            moved = relay_once(now=now())
            relay_at = started + (REST if 0 < moved < WINDOW else 0.0)
        _beat_pulses()
        if started >= recover_at:
            recover_at = started + RECOVERY
            if count := recover_jobs(stalled_after=stalled_after, now=now()):
                log.warning("Deferred %d jobs again.", count, extra={"count": count})
        if moved < WINDOW:
            stop.rest(TICK - (time.monotonic() - started))


def _beat_pulses() -> None:
    for pulse in slots.pulses.all():
        try:
            pulse.beat(now=now())
        except LOST:
            raise
        except Exception:  # one pulse must not stop the others
            log.exception("The pulse %s failed.", pulse.code)
