"""`linli bench locate`: how long it takes to find the grid of a point among 300."""

import time
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy

from linli.kernel import slots
from linli.regions.queries.places import Place, PlaceIndex, locate
from linli.regions.rules.demo import EAST, NORTH, SOUTH, WEST, demo_county
from linli.regions.rules.geometry import read_boundary

_POINTS = 20_000
_WARM_UP = 1_000
_MICRO = 1e6


class LocateBench(slots.Bench):
    """Looks up random points, a tenth of them corners on shared borders, in the grids of the demo county."""

    code = "locate"
    label = gettext_lazy("The grid of a point")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, float]:  # noqa: ARG002  the slot's signature
        """Measure the index of the demo county, then the door with this node's own grids."""
        grids = demo_county().grids
        index = PlaceIndex((read_boundary(grid.boundary), Place(division_id=0)) for grid in grids)
        points = _points([corner for grid in grids for corner in grid.boundary["coordinates"][0]])
        report(f"{len(index)} grids, {len(points)} points")
        each, door = _timed(index.locate, points), _timed(locate, points)
        return {
            "p50_us": _percentile(each, 50),
            "p95_us": _percentile(each, 95),
            "checks_per_second": round(len(each) / sum(each)),
            "door_p50_us": _percentile(door, 50),
            "door_p95_us": _percentile(door, 95),
            "grids": len(index),
        }


def _timed(find: Callable[[float, float], object], points: list[tuple[float, float]]) -> list[float]:
    clock = time.perf_counter
    for point in points[:_WARM_UP]:
        find(*point)
    spent = []
    for point in points:
        before = clock()
        find(*point)
        spent.append(clock() - before)
    return sorted(spent)


def _percentile(spent: list[float], share: int) -> float:
    return round(spent[len(spent) * share // 100] * _MICRO, 2)


def _points(corners: list[list[float]]) -> list[tuple[float, float]]:
    rng = Random(7)  # noqa: S311  a measurement is to be repeatable, not secret
    inside = [(rng.uniform(WEST, EAST), rng.uniform(SOUTH, NORTH)) for _ in range(_POINTS * 9 // 10)]
    borders = [(lng, lat) for lng, lat in rng.choices(corners, k=_POINTS - len(inside))]
    points = inside + borders
    rng.shuffle(points)
    return points
