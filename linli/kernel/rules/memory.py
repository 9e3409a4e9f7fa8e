"""What was worked out once and is asked again and again, such as how the cells of a column read."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


TURN = 0.0002  # seconds


@contextmanager
def undisturbed() -> Iterator[None]:
    """Look for no garbage in the block: rows are freed as they go, and looking through millions takes a seventh.

    Threads take turns quickly: one that waits for the database goes on as soon as its rows are there, not 5 ms later.
    """
    was_on, turn = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(min(TURN, turn))
    try:
        yield
    finally:
        if was_on:
            gc.enable()
        if turn > TURN:
            sys.setswitchinterval(turn)


class Remembered(dict[Asked, Answer]):
    """The answers of a function: `known[asked]` works out what is not known, and remembers the first so many."""

    def __init__(self, answer: Callable[[Asked], Answer], *, most: int) -> None:
        """Know nothing yet."""
        super().__init__()
        self.answer, self.most = answer, most

    def __missing__(self, asked: Asked) -> Answer:
        """Work it out."""
        found = self.answer(asked)
        if len(self) < self.most:
            self[asked] = found
        return found
