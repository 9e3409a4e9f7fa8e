"""The map: open events in a box as points, or as counts per grid where there are too many."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from linli.accounts import api as accounts
from linli.events.queries.inbox import InboxFilter, narrowed

MOST_POINTS = 800
Box = tuple[float, float, float, float]


def map_points(*, actor: accounts.Actor, wanted: InboxFilter, box: Box | None, now: datetime) -> dict[str, Any]:
    """Return the events of a list that have a point, as GeoJSON (WGS-84), at most 800; `more` says there are others.

    `box` is (west, south, east, north) in degrees.
    """
    rows = narrowed(actor=actor, wanted=wanted, now=now).exclude(lng=None)
    if box:
        west, south, east, north = box
        rows = rows.filter(Q(lng__range=(west, east), lat__range=(south, north)))
    fields = ("id", "number", "title", "state", "handle_due", "lng", "lat", "grade")
    found = list(rows.order_by("handle_due", "id").values(*fields)[: MOST_POINTS + 1])
    features = [_feature(row, now) for row in found[:MOST_POINTS]]
    return {"type": "FeatureCollection", "features": features, "more": len(found) > MOST_POINTS}


def counts_by_grid(*, actor: accounts.Actor, wanted: InboxFilter, now: datetime) -> dict[int, int]:
    """Return how many events of a list lie in each grid."""
    rows = narrowed(actor=actor, wanted=wanted, now=now).filter(grid__isnull=False).order_by()
    return dict(rows.values_list("grid_id").annotate(n=Count("id")).values_list("grid_id", "n"))


def _feature(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    pressing = "overdue" if row["handle_due"] < now else "open"
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [row["lng"], row["lat"]]},
        "properties": {
            "id": str(row["id"]), "number": row["number"], "title": row["title"], "grade": row["grade"],
            "clock": pressing,
        },
    }  # fmt: skip
