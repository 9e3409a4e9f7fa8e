"""How long what stays possible: opening a closed event again."""

from datetime import datetime, timedelta


def reopen_until(closed_at: datetime, days: int) -> datetime:
    """Return the last moment at which the reporter may open an event again that was closed at `closed_at`."""
    return closed_at + timedelta(days=days)
