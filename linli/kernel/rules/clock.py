"""The one place where the clock is read; actions and rules get the time passed in."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present moment, aware. For views, commands and tasks only."""
    return timezone.now()
