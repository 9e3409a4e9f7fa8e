"""Work done beside: by a second thread, while the first waits for the database or for code that is not Python."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

Answer = TypeVar("Answer")


def beside(work: Callable[[], Answer]) -> "Future[Answer]":
    """Begin a piece of work that asks no database, in the language of whoever begins it; its `result()` waits for it.

    Python runs one thread at a time: it is worth it where the other one waits.
    """
    thread = ThreadPoolExecutor(max_workers=1)
    begun = thread.submit(copy_context().run, work)
    thread.shutdown(wait=False)  # it ends with its only piece of work
    return begun


__all__ = ["beside"]
