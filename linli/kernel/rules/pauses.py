"""How long to wait before what could not be sent is tried again: soon at first, then ever more rarely, for two days."""

from datetime import timedelta

PAUSES = (
    *(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 30)),
    *(timedelta(hours=hours) for hours in (1, 2, 4, 8, 12, 24)),
)
LONGEST_PAUSE = PAUSES[-1]


def pause_after(attempts: int) -> timedelta | None:
    """Return the pause after so many attempts (from 1) that went wrong; None when it is enough."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
