"""Which revision of a named set is the present one: tells in-memory indexes when to reload."""

import threading
import time
from dataclasses import dataclass

from django.db import connection

FRESH_SECONDS = 1.0

_lock = threading.Lock()
_numbers: dict[str, int] = {}
_read_at = float("-inf")


@dataclass(frozen=True)
class Bumped:
    """Rides in the transaction that bumped: knows the number while it runs, empties the cache when it commits."""

    name: str
    number: int

    def __call__(self) -> None:
        """Run at the commit."""
        forget()


def revision(name: str) -> int:
    """Return the present revision of the named set, at most one second old; 0 when it was never bumped.

    The transaction that bumped sees its own number at once, and nobody else sees it before the commit.
    """
    bumped = [entry[1] for entry in connection.run_on_commit if isinstance(entry[1], Bumped)]
    for own in reversed(bumped):
        if own.name == name:
            return own.number
    if bumped:  # what this transaction reads is not committed: others must not find it in the cache
        return _read().get(name, 0)
    return _cached().get(name, 0)


def forget() -> None:
    """Empty the cache of this process."""
    global _read_at  # noqa: PLW0603  the cache is one per process
    with _lock:
        _read_at = float("-inf")


def _cached() -> dict[str, int]:
    global _numbers, _read_at  # noqa: PLW0603  the cache is one per process
    with _lock:
        asked_at = time.monotonic()
        if asked_at - _read_at > FRESH_SECONDS:
            _numbers = _read()
            _read_at = asked_at
        return _numbers


def _read() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, number FROM kernel_revision")
        return dict(cursor.fetchall())
