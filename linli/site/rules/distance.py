"""How far two things lie apart, well enough for "120 m away"."""

from math import cos, hypot, radians
from typing import Protocol

METRES_PER_DEGREE = 111_320
STEP = 10


class Placed(Protocol):
    """What has a place in WGS-84 degrees, or none."""

    lng: float | None
    lat: float | None


def metres_between(one: Placed, other: Placed) -> int | None:
    """Return the metres between two places near each other, to the next ten; None when a place is missing."""
    if one.lng is None or one.lat is None or other.lng is None or other.lat is None:
        return None
    east = (other.lng - one.lng) * cos(radians(one.lat))
    metres = hypot(east, other.lat - one.lat) * METRES_PER_DEGREE
    return round(metres / STEP) * STEP
