"""Boundaries as GeoJSON (RFC 7946): read, checked, compared. Longitude first, WGS-84 degrees."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon, STRtree
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from linli.regions.rules.coordinates import is_position

Boundary: TypeAlias = Polygon | MultiPolygon
_METRES_PER_DEGREE = 111_320.0
_HAIRLINE = 1.0  # square metres: less than this is drawing noise, not an overlap


class BadBoundaryError(ValueError):
    """A boundary is not a valid GeoJSON Polygon or MultiPolygon. `reason` is one of the codes in REASONS."""

    REASONS = ("type", "coordinates", "range", "invalid", "empty")

    def __init__(self, reason: str, detail: str = "") -> None:
        """Keep the reason and a detail for the log."""
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another area that a boundary runs into, and how far, in square metres."""

    key: str
    square_metres: float


def read_boundary(geojson: object) -> Boundary:
    """Return the boundary as a shape, or raise BadBoundaryError with the reason."""
    if not isinstance(geojson, Mapping) or geojson.get("type") not in {"Polygon", "MultiPolygon"}:
        raise BadBoundaryError("type", "Polygon or MultiPolygon")
    if not all(map(math.isfinite, _numbers(geojson.get("coordinates")))):
        raise BadBoundaryError("range", "not a finite number")
    try:
        found = shapely.force_2d(shape(dict(geojson)))
    except (ValueError, TypeError, LookupError, AttributeError, shapely.errors.ShapelyError) as error:
        raise BadBoundaryError("coordinates", str(error)) from error
    if not isinstance(found, Polygon | MultiPolygon):
        raise BadBoundaryError("type", found.geom_type)
    _check(found)
    return found


def write_boundary(boundary: Boundary) -> dict[str, Any]:
    """Return the boundary as plain GeoJSON (lists, not tuples)."""
    found = mapping(boundary)
    return {"type": found["type"], "coordinates": _lists(found["coordinates"])}


def overlaps(boundary: Boundary, others: Iterable[tuple[str, Boundary]]) -> list[Overlap]:
    """Return which of the others the boundary overlaps by more than 1 m2, the largest first."""
    pairs = list(others)
    if not pairs:
        return []
    near = STRtree([shape for _, shape in pairs]).query(boundary, predicate="intersects")
    found = [Overlap(pairs[i][0], square_metres(boundary.intersection(pairs[i][1]))) for i in near.tolist()]
    return sorted((o for o in found if o.square_metres > _HAIRLINE), key=lambda o: (-o.square_metres, o.key))


def square_metres(area: BaseGeometry) -> float:
    """Return the area on the ground, by the plane at its latitude; good to 1 % for anything as small as a county."""
    if area.is_empty:
        return 0.0
    latitude = float(area.centroid.y)
    return float(area.area * _METRES_PER_DEGREE**2 * np.cos(np.radians(latitude)))


def _check(found: Boundary) -> None:
    if found.is_empty:
        raise BadBoundaryError("empty")
    points = shapely.get_coordinates(found)
    if not all(is_position(lng, lat) for lng, lat in points.tolist()):
        raise BadBoundaryError("range", "longitude -180..180, latitude -90..90")
    if not found.is_valid:
        raise BadBoundaryError("invalid", shapely.is_valid_reason(found))
    if found.area <= 0:
        raise BadBoundaryError("empty")


def _numbers(value: object) -> Iterator[float]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, int | float):
        yield value


def _lists(value: Any) -> Any:
    return [_lists(item) for item in value] if isinstance(value, list | tuple) else value
