"""Looking for garbage less often: what a process loads at its start stays, and looking through it took a third of it.

Python looks after 700 new objects; an import of a package alone makes thousands.
"""

import gc

YOUNG, MIDDLE, OLD = 50_000, 20, 50


def look_seldom() -> None:
    """Let many objects be made before the next look: at the first line of a process."""
    gc.set_threshold(YOUNG, MIDDLE, OLD)


def keep_what_is_loaded() -> None:
    """Leave what there is now out of every later look: when a process that lives long has loaded all it needs."""
    gc.collect()
    gc.freeze()
