"""Grids as GeoJSON for maps."""

from typing import Any

from linli.regions.models import Grid
from linli.regions.queries import tree as trees


def grids_geojson(division_id: int) -> dict[str, Any]:
    """Return a FeatureCollection of the grids in use in a division, at any level, by code.

    Each feature has the grid's id; properties: code, name, community_id, community, street. WGS-84.
    """
    below = trees.descendants(division_id)
    rows = Grid.objects.filter(retired_at=None, community_id__in=below).exclude(boundary=None).order_by("code")
    return {"type": "FeatureCollection", "features": [_feature(grid) for grid in rows]}


def divisions_geojson(division_id: int) -> dict[str, Any]:
    """Return a FeatureCollection of the current divisions right below that have a boundary, by code."""
    from_tree = {info.id: info for info in trees.children(division_id)}
    rows = trees.boundaries(list(from_tree))
    features = [
        {
            "type": "Feature",
            "id": info.id,
            "geometry": rows[info.id],
            "properties": {"code": info.code, "name": info.name, "level": info.level},
        }
        for info in from_tree.values()
        if info.id in rows
    ]
    return {"type": "FeatureCollection", "features": features}


def _feature(grid: Grid) -> dict[str, Any]:
    community = trees.division(grid.community_id)
    street = trees.division(community.parent_id) if community.parent_id else None
    return {
        "type": "Feature",
        "id": grid.pk,
        "geometry": grid.boundary,
        "properties": {
            "code": grid.code,
            "name": grid.name,
            "community_id": community.id,
            "community": community.name,
            "street": street.name if street else "",
        },
    }
