"""Which revision of a named set is the present one: tells in-memory indexes when to reload."""

import threading
import time
from dataclasses import dataclass, field

from django.db import connection

FRESH_SECONDS = 1.0

_lock = threading.Lock()


@dataclass
class Read:
    """Numbers by name as they were read at a moment of the monotonic clock."""

    numbers: dict[str, int] = field(default_factory=dict)
    at: float = float("-inf")

    def fresh(self) -> dict[str, int]:
        """Return the numbers, read again when a second has passed."""
        asked_at = time.monotonic()
        if asked_at - self.at > FRESH_SECONDS:
            self.numbers = _read()
            self.at = asked_at
        return self.numbers


@dataclass(frozen=True)
class Bumped:
    """Rides in the transaction that bumped: knows the number while it runs, empties the cache when it commits.

    What this transaction read since is kept here and goes with it: others must not find what is not committed.
    """

    name: str
    number: int
    others: Read = field(default_factory=Read, compare=False, repr=False)

    def __call__(self) -> None:
        """Run at the commit."""
        forget()


_shared = Read()


def revision(name: str) -> int:
    """Return the present revision of the named set, at most one second old; 0 when it was never bumped.

    The transaction that bumped sees its own number at once, and nobody else sees it before the commit.
    """
    bumped = _bumped()
    for own in reversed(bumped):
        if own.name == name:
            return own.number
    if bumped:
        return bumped[-1].others.fresh().get(name, 0)
    with _lock:
        return _shared.fresh().get(name, 0)


def forget() -> None:
    """Empty the cache of this process, and what the transaction at hand has read."""
    with _lock:
        _shared.at = float("-inf")
    for own in _bumped():
        own.others.at = float("-inf")


def _bumped() -> list[Bumped]:
    """Return what the transaction at hand has bumped, in order."""
    return [entry[1] for entry in connection.run_on_commit if isinstance(entry[1], Bumped)]


def _read() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, number FROM kernel_revision")
        return dict(cursor.fetchall())
