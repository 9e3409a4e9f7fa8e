"""How far two things lie apart, well enough for "120 m away"."""

from typing import Protocol

from linli.events import api as events

STEP = 10


class Placed(Protocol):
    """What has a place in WGS-84 degrees, or none."""

    lng: float | None
    lat: float | None


def metres_between(one: Placed, other: Placed) -> int | None:
    """Return the metres between two places near each other, to the next ten; None when a place is missing."""
    if one.lng is None or one.lat is None or other.lng is None or other.lat is None:
        return None
    return round(events.metres_between(one.lng, one.lat, other.lng, other.lat) / STEP) * STEP
