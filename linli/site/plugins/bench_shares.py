"""Where the time of a piece of work goes: a thread looks at its stack some hundred times a second."""

import sys
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import FrameType

PAUSE = 0.002


class Shares:
    """Counts, while its block runs, in which part the thread that entered it is; by pieces of paths of files.

    The innermost frame that belongs to a part counts; of several parts the one named first.
    """

    def __init__(self, parts: Mapping[str, Sequence[str]]) -> None:
        """Take the parts: a name and pieces of the paths of its files."""
        self.parts = parts
        self._spent: defaultdict[str, float] = defaultdict(float)

    def __enter__(self) -> None:
        """Begin to look."""
        self._over, self._last = threading.Event(), time.perf_counter()
        self._watched = threading.get_ident()
        self._thread = threading.Thread(target=self._look, daemon=True)
        if self.parts:
            self._thread.start()

    def __exit__(self, *_raised: object) -> None:
        """Look no more."""
        self._over.set()
        if self.parts:
            self._thread.join()

    def seconds(self) -> dict[str, float]:
        """Return about how many seconds each part took, the longest first."""
        return {name: round(seconds, 2) for name, seconds in sorted(self._spent.items(), key=lambda one: -one[1])}

    def _look(self) -> None:
        """Look again and again; a look counts as long as it let wait, for work in Python lets looks come less often."""
        while not self._over.wait(PAUSE):
            now = time.perf_counter()
            part = self._part(sys._current_frames().get(self._watched))  # noqa: SLF001  there is no other way
            self._spent[part] += now - self._last
            self._last = now

    def _part(self, frame: FrameType | None) -> str:
        while frame is not None:
            path = frame.f_code.co_filename
            for name, pieces in self.parts.items():
                if any(piece in path for piece in pieces):
                    return name
            frame = frame.f_back
        return "rest"
