"""The map: open events in a box as points, or as counts per grid where there are too many."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q

from linli.accounts import api as accounts
from linli.events.queries.inbox import DUE, InboxFilter, narrowed, narrowed_parts
from linli.kernel import api as kernel

MOST_POINTS = 800
FIELDS = ("number", "title", "lng", "lat", "next_due", "id")
Box = tuple[float, float, float, float]


class MapPoint(NamedTuple):
    """An event on the map: degrees (WGS-84), and when it or a stage of it is due."""

    number: str
    title: str
    lng: float
    lat: float
    next_due: datetime


def map_points(
    *, actor: accounts.Actor, wanted: InboxFilter, box: Box | None, now: datetime
) -> tuple[list[MapPoint], bool]:
    """Return the events of a list that have a point, at most 800 by what is due first, and whether there are others.

    `box` is (west, south, east, north) in degrees.
    """
    placed = Q(lng__isnull=False)
    if box:
        west, south, east, north = box
        placed &= Q(lng__range=(west, east), lat__range=(south, north))
    parts = narrowed_parts(actor=actor, wanted=wanted, now=now)
    rows = [part.filter(placed).values_list(*FIELDS) for part in parts]
    found = list(kernel.first_among(rows, order=DUE, limit=MOST_POINTS + 1))
    return [MapPoint(*row[:-1]) for row in found[:MOST_POINTS]], len(found) > MOST_POINTS


def counts_by_grid(*, actor: accounts.Actor, wanted: InboxFilter, now: datetime) -> dict[int, int]:
    """Return how many events of a list lie in each grid."""
    rows = narrowed(actor=actor, wanted=wanted, now=now).filter(grid__isnull=False).order_by()
    return dict(rows.values_list("grid_id").annotate(n=Count("id")).values_list("grid_id", "n"))
