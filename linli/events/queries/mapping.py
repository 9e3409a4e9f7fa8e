"""The map: open events in a box as points, or as counts per grid where there are too many."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from linli.accounts import api as accounts
from linli.events.queries.inbox import DUE, InboxFilter, narrowed, narrowed_parts
from linli.events.queries.sight import events_seen_by
from linli.kernel import api as kernel

MOST_POINTS = 800
FIELDS = ("id", "number", "title", "state", "handle_due", "lng", "lat", "grade")
Box = tuple[float, float, float, float]


def map_points(*, actor: accounts.Actor, wanted: InboxFilter, box: Box | None, now: datetime) -> dict[str, Any]:
    """Return the events of a list that have a point, as GeoJSON (WGS-84), at most 800; `more` says there are others.

    `box` is (west, south, east, north) in degrees.
    """
    placed = Q(lng__isnull=False)
    if box:
        west, south, east, north = box
        placed &= Q(lng__range=(west, east), lat__range=(south, north))
    parts = [part.filter(placed) for part in narrowed_parts(actor=actor, wanted=wanted, now=now)]
    first = kernel.first_among(parts, order=DUE, limit=MOST_POINTS + 1)
    rows = events_seen_by(actor).filter(pk__in=first).order_by(*DUE)
    found = list(rows.values(*FIELDS)[: MOST_POINTS + 1])
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
