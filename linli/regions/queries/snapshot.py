"""An index in memory that is made again when the revision of its data has moved."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from linli.kernel import api as kernel

T = TypeVar("T")


class Snapshot(Generic[T]):
    """Holds what `load` made, for as long as none of the named revisions moves. Threads share it; nobody changes it."""

    def __init__(self, load: Callable[[], T], *, names: tuple[str, ...]) -> None:
        """Remember how to make it; nothing is read yet."""
        self._load = load
        self._names = names
        self._lock = Lock()
        self._held: tuple[tuple[int, ...], T] | None = None

    def get(self) -> T:
        """Return the index, made anew if its data has changed."""
        now = tuple(map(kernel.revision, self._names))
        held = self._held
        if held is None or held[0] != now:
            held = self._reload(now)
        return held[1]

    def _reload(self, now: tuple[int, ...]) -> tuple[tuple[int, ...], T]:
        with self._lock:
            held = self._held
            if held is None or held[0] != now:
                held = self._held = (now, self._load())
            return held
