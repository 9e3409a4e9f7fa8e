"""Work done beside: by a second thread, while the first waits for the database or for code that is not Python."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from queue import SimpleQueue
from typing import TypeVar

Answer = TypeVar("Answer")
Piece = TypeVar("Piece")


def beside(work: Callable[[], Answer]) -> "Future[Answer]":
    """Begin a piece of work that asks no database, in the language of whoever begins it; its `result()` waits for it.

    Python runs one thread at a time: it is worth it where the other one waits.
    """
    thread = ThreadPoolExecutor(max_workers=1)
    begun = thread.submit(copy_context().run, work)
    thread.shutdown(wait=False)  # it ends with its only piece of work
    return begun


def ahead(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield what is made beside: the next pieces while the last is worked on by code that is not Python, as a packer.

    All of them may be waiting at once. Raises what the making raises.
    """
    made: SimpleQueue[tuple[Piece] | None] = SimpleQueue()

    def make() -> None:
        try:
            for one in pieces:
                made.put((one,))
        finally:
            made.put(None)

    making = beside(make)
    while (one := made.get()) is not None:
        yield one[0]
    making.result()


__all__ = ["ahead", "beside"]
