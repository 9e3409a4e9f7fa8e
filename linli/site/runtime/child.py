"""Becomes another program that is told to stop when the process that started it is gone, however it went.

Called as `python -m linli.site.runtime.child PROGRAM ARGUMENT…`.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # <sys/prctl.h>, Linux


def main() -> None:
    """Ask the kernel for SIGTERM on the parent's death, then run the program in this process's place."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606  no shell is wanted


if __name__ == "__main__":
    main()
