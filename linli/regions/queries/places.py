"""Which grid a point lies in, from an index of all boundaries in memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import shapely
from shapely import Point, STRtree

from linli.regions.models import Division, Grid
from linli.regions.queries import tree as trees
from linli.regions.queries.snapshot import Snapshot
from linli.regions.rules.coordinates import is_position
from linli.regions.rules.geometry import read_boundary

DIVISION_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a point lies: as far down as boundaries are drawn; what is not known is None or an empty name.

    `county_id` is the county, or the city where there are no counties. `division_id` is the smallest division known.
    """

    division_id: int
    grid_id: int | None = None
    community_id: int | None = None
    street_id: int | None = None
    county_id: int | None = None
    grid_code: str = ""
    grid_name: str = ""
    community_name: str = ""
    street_name: str = ""
    county_name: str = ""

    @property
    def name(self) -> str:
        """Return street, community and grid in one line."""
        return f"{self.street_name}{self.community_name}{self.grid_name.removeprefix(self.community_name)}"


class PlaceIndex:
    """Boundaries with their places, the one that wins a shared border first."""

    def __init__(self, areas: Iterable[tuple[shapely.Geometry, Place]]) -> None:
        """Index the areas; their order decides: where several hold a point, the first answers."""
        pairs = list(areas)
        self._places = [place for _, place in pairs]
        self._tree = STRtree([area for area, _ in pairs])

    def __len__(self) -> int:
        """Return the number of areas."""
        return len(self._places)

    def locate(self, lng: float, lat: float) -> Place | None:
        """Return the place of the point, or None."""
        if not is_position(lng, lat):
            return None
        found = self._tree.query(Point(lng, lat), predicate="intersects")
        return self._places[min(found.tolist())] if found.size else None


def load_index() -> PlaceIndex:
    """Read all boundaries: grids by code first, then communities, streets and counties without a grid there."""
    tree = trees.tree()
    grids = Grid.objects.filter(retired_at=None).exclude(boundary=None).order_by("code")
    areas = [
        (read_boundary(boundary), _place(tree, community_id, grid_id=pk, grid_code=code, grid_name=name))
        for pk, community_id, code, name, boundary in grids.values_list(
            "id", "community_id", "code", "name", "boundary"
        ).iterator()
    ]
    divisions = Division.objects.filter(valid_to=None).exclude(boundary=None).order_by("-level", "code")
    areas += [
        (read_boundary(boundary), _place(tree, pk))
        for pk, boundary in divisions.values_list("id", "boundary").iterator()
    ]
    return PlaceIndex(areas)


def locate(lng: float, lat: float) -> Place | None:
    """Return the place of a WGS-84 point in degrees.

    On a border that grids share, the grid with the smallest code answers. Where no grid is drawn, the community, street
    or county whose boundary holds the point answers, with the smaller parts None. Outside everything, and for NaN,
    infinity or values out of range: None.
    """
    return _index.get().locate(lng, lat)


def place_of_grid(grid_id: int) -> Place | None:
    """Return the place of a grid in use, drawn or not, or None."""
    row = Grid.objects.filter(pk=grid_id, retired_at=None).values_list("community_id", "code", "name").first()
    if row is None:
        return None
    return _place(trees.tree(), row[0], grid_id=grid_id, grid_code=row[1], grid_name=row[2])


def places_of_codes(codes: Iterable[str]) -> dict[str, Place]:
    """Return the places of codes: current divisions (12 digits) and grids in use (15 or 17); unknown ones are left out.

    One query, and none where no code is that of a grid.
    """
    tree, wanted = trees.tree(), set(codes)
    found = {code: _place(tree, tree.by_code[code].id) for code in wanted if code in tree.by_code}
    if grids := [code for code in wanted if len(code) > DIVISION_DIGITS]:
        rows = Grid.objects.filter(retired_at=None, code__in=grids).values_list("id", "community_id", "code", "name")
        found |= {row[2]: _place(tree, row[1], grid_id=row[0], grid_code=row[2], grid_name=row[3]) for row in rows}
    return found


_index = Snapshot(load_index, names=("grids", "divisions"))
_PARTS = {
    Division.Level.CITY: "county",
    Division.Level.COUNTY: "county",
    Division.Level.STREET: "street",
    Division.Level.COMMUNITY: "community",
}


def _place(tree: trees.Tree, division_id: int, **grid: Any) -> Place:
    parts: dict[str, Any] = {}
    for info in (*tree.ancestors(division_id), tree.division(division_id)):
        if part := _PARTS.get(Division.Level(info.level)):
            parts |= {f"{part}_id": info.id, f"{part}_name": info.name}
    return Place(division_id=division_id, **parts, **grid)
