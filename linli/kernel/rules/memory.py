"""What was worked out once and is asked again and again, such as how the cells of a column read."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


@contextmanager
def undisturbed() -> Iterator[None]:
    """Look for no garbage in the block: rows are freed as they go, and looking through millions takes a seventh."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
