"""Becomes another program that lets all others go first when the processors are busy.

Called as `python -m linli.site.runtime.behind PROGRAM ARGUMENT…`.

`nice` alone counts only among processes of one session where Linux groups processes by session (`sched_autogroup`), and
each program of a node has its own; so the group is asked to stand behind as well.
"""

import contextlib
import os
import sys
from pathlib import Path

STEPS_BACK = 5
GROUP = Path("/proc/self/autogroup")  # sched(7); not there where Linux does not group


def main() -> None:
    """Step back, then run the program in this process's place."""
    os.nice(STEPS_BACK)
    with contextlib.suppress(OSError):
        GROUP.write_text(str(STEPS_BACK), "ascii")
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606  no shell is wanted


if __name__ == "__main__":
    main()
