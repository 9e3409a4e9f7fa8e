"""Numbers that people read aloud: a prefix, the day and a serial without gaps."""

from datetime import date

from django.db import connection


def next_number(*, prefix: str, day: date) -> str:
    """Return the next number of the day, such as `南苑-20261122-0007`.

    The row of (prefix, day) stays locked until the caller's transaction ends: take the number late.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_next_serial(%s, %s)", [prefix, day])
        (serial,) = cursor.fetchone()
    return f"{prefix}-{day:%Y%m%d}-{serial:04d}"
