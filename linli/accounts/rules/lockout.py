"""When sign-in is refused for a while because a name was tried wrongly too often."""

from collections.abc import Iterable
from datetime import datetime, timedelta

FAILURES = 5
WINDOW = timedelta(minutes=15)


def locked_until(failures: Iterable[datetime], *, now: datetime) -> datetime | None:
    """Return when the lock ends, from the times of the wrong attempts since the last success; None when open.

    Five wrong attempts within fifteen minutes close the name for the fifteen minutes after the fifth.
    """
    times = sorted(failures)
    ends = [
        fifth + WINDOW
        for first, fifth in zip(times, times[FAILURES - 1 :], strict=False)
        if fifth - first <= WINDOW and fifth <= now < fifth + WINDOW
    ]
    return max(ends, default=None)
