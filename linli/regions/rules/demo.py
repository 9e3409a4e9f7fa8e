"""The demo county 青禾县, generated: areas that tile without gaps, and names in people's mouths.

The same seed always gives the same county. All of it is fictional; the codes start with 99, which no province has.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon

from linli.regions.rules import codes
from linli.regions.rules import demo_names as words
from linli.regions.rules.geometry import write_boundary
from linli.regions.rules.names import numeral

COLUMNS, ROWS = 20, 15
WEST, SOUTH, EAST, NORTH = 112.0, 27.9, 112.3, 28.1
_CROWDING = 0.4  # cells in the middle of the county are smaller, as in a town
_VERTEX_JITTER = 0.2  # of a cell
_EDGE_BEND = 0.06
_TOWN_STREETS = 3
_FIRST_VILLAGE = 200
_DIGITS = 6

Point = tuple[float, float]
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DemoDivision:
    """A division with its boundary as GeoJSON (None above the county)."""

    code: str
    name: str
    boundary: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class DemoGrid:
    """A grid of a community."""

    code: str
    community_code: str
    name: str
    boundary: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DemoAlias:
    """An estate, road or landmark of a community, at a point inside it."""

    name: str
    kind: str
    community_code: str
    lng: float
    lat: float


@dataclass(frozen=True, slots=True)
class DemoCounty:
    """A whole county, from the root down."""

    divisions: tuple[DemoDivision, ...]
    grids: tuple[DemoGrid, ...]
    aliases: tuple[DemoAlias, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """A rectangle of lattice cells."""

    column: int
    row: int
    width: int
    height: int

    def cells(self) -> list[Cell]:
        return [
            (column, row)
            for row in range(self.row + self.height - 1, self.row - 1, -1)
            for column in range(self.column, self.column + self.width)
        ]

    def from_middle(self) -> float:
        return math.hypot(self.column + self.width / 2 - COLUMNS / 2, self.row + self.height / 2 - ROWS / 2)


@dataclass(frozen=True, slots=True)
class _Community:
    code: str
    name: str
    street: str
    in_town: bool
    cells: list[Cell]


def demo_county(seed: int = 1) -> DemoCounty:
    """Return the county of the seed: 6 streets and towns, 30 communities and villages, 300 grids, about 150 aliases."""
    rng = Random(seed)  # noqa: S311  a demo is to be repeatable, not secret
    lattice = _lattice(rng)
    communities = _communities(rng)
    shapes = {cell: lattice(cell) for community in communities for cell in community.cells}
    return DemoCounty(
        divisions=tuple(_divisions(communities, shapes)),
        grids=tuple(_grids(communities, shapes)),
        aliases=tuple(_aliases(rng, communities, shapes)),
    )


def _communities(rng: Random) -> list[_Community]:
    blocks = sorted(_split(rng, _Block(0, 0, COLUMNS, ROWS), len(words.STREETS)), key=_Block.from_middle)
    found = []
    for number, ((serial, street, names), block) in enumerate(zip(words.STREETS, blocks, strict=True)):
        code = words.COUNTY[0][:6] + serial
        for place, (name, part) in enumerate(zip(names, _split(rng, block, len(names)), strict=True), start=1):
            own = place + (_FIRST_VILLAGE if name.endswith("村") else 0)
            found.append(_Community(f"{code}{own:03d}", name, street, number < _TOWN_STREETS, part.cells()))
    return found


def _split(rng: Random, block: _Block, parts: int) -> list[_Block]:
    """Cut the block into so many rectangles of about the same size, across its longer side first."""
    if parts == 1:
        return [block]
    first = parts // 2
    length = max(block.width, block.height)
    cut = min(max(round(length * first / parts + rng.uniform(-0.7, 0.7)), 1), length - 1)
    if block.width >= block.height:
        one = _Block(block.column, block.row, cut, block.height)
        two = _Block(block.column + cut, block.row, block.width - cut, block.height)
    else:
        one = _Block(block.column, block.row, block.width, cut)
        two = _Block(block.column, block.row + cut, block.width, block.height - cut)
    return [*_split(rng, one, first), *_split(rng, two, parts - first)]


def _lattice(rng: Random) -> Callable[[Cell], Polygon]:
    """Return what gives each cell its polygon. Cells share corners and bends exactly."""
    corners = {(i, j): _spot(i + _jitter(rng), j + _jitter(rng)) for i in range(COLUMNS + 1) for j in range(ROWS + 1)}
    bends: dict[tuple[Cell, Cell], list[Point]] = {}

    def edge(one: Cell, two: Cell) -> list[Point]:
        key = (min(one, two), max(one, two))
        if key not in bends:
            bends[key] = _bent(rng, corners[key[0]], corners[key[1]])
        return bends[key] if one < two else bends[key][::-1]

    def polygon(cell: Cell) -> Polygon:
        i, j = cell
        ring = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1), (i, j)]
        steps = pairwise(ring)
        return Polygon([point for one, two in steps for point in (corners[one], *edge(one, two))])

    return polygon


def _jitter(rng: Random) -> float:
    return rng.uniform(-_VERTEX_JITTER, _VERTEX_JITTER)


def _bent(rng: Random, one: Point, two: Point) -> list[Point]:
    across = (one[1] - two[1], two[0] - one[0])
    found = []
    for along in (1 / 3, 2 / 3):
        bend = rng.uniform(-_EDGE_BEND, _EDGE_BEND)
        x = one[0] + (two[0] - one[0]) * along + across[0] * bend
        y = one[1] + (two[1] - one[1]) * along + across[1] * bend
        found.append((round(x, _DIGITS), round(y, _DIGITS)))
    return found


def _spot(column: float, row: float) -> Point:
    lng = WEST + (EAST - WEST) * _crowded(column / COLUMNS)
    lat = SOUTH + (NORTH - SOUTH) * _crowded(row / ROWS)
    return round(lng, _DIGITS), round(lat, _DIGITS)


def _crowded(share: float) -> float:
    return share + _CROWDING * math.sin(2 * math.pi * share) / (2 * math.pi)


def _divisions(communities: list[_Community], shapes: dict[Cell, Polygon]) -> Iterator[DemoDivision]:
    yield DemoDivision(*words.PROVINCE, None)
    yield DemoDivision(*words.CITY, None)
    yield DemoDivision(*words.COUNTY, _outline(list(shapes.values())))
    for serial, name, _names in words.STREETS:
        code = codes.pad(words.COUNTY[0][:6] + serial)
        cells = [shapes[cell] for community in communities if community.street == name for cell in community.cells]
        yield DemoDivision(code, name, _outline(cells))
    for community in communities:
        yield DemoDivision(community.code, community.name, _outline([shapes[cell] for cell in community.cells]))


def _outline(cells: list[Polygon]) -> dict[str, Any]:
    outline = shapely.coverage_union_all(cells)
    if not isinstance(outline, Polygon | MultiPolygon):  # pragma: no cover  cells are polygons
        raise TypeError(outline.geom_type)
    return write_boundary(outline)


def _grids(communities: list[_Community], shapes: dict[Cell, Polygon]) -> Iterator[DemoGrid]:
    for community in communities:
        for serial, cell in enumerate(community.cells, start=1):
            name = f"{community.name}第{numeral(serial)}网格"
            boundary = write_boundary(shapes[cell])
            yield DemoGrid(codes.grid_code(community.code, serial), community.code, name, boundary)


def _aliases(rng: Random, communities: list[_Community], shapes: dict[Cell, Polygon]) -> Iterator[DemoAlias]:
    estates = _names(rng, words.ESTATE_STEMS, words.ESTATE_KINDS)
    hamlets = _names(rng, words.HAMLET_STEMS, words.HAMLET_KINDS)
    roads = _names(rng, words.ROAD_STEMS, words.TOWN_ROADS)
    for community in communities:
        stem = community.name.removesuffix("社区").removesuffix("村")
        homes = estates if community.in_town or community.name.endswith("社区") else hamlets
        endings = words.TOWN_LANDMARKS if homes is estates else words.VILLAGE_LANDMARKS
        named = [(next(homes), "estate"), (next(homes), "estate"), (next(roads), "road")]
        named += [(stem + ending, "landmark") for ending in sorted(rng.sample(endings, 2))]
        if community.code.endswith(("01", "02")):
            named.append((community.street.removesuffix("街道").rstrip("镇乡") + "大道", "road"))
        for name, kind in named:
            lng, lat = _inside(rng, shapes[rng.choice(community.cells)])
            yield DemoAlias(name, kind, community.code, lng, lat)


def _names(rng: Random, stems: tuple[str, ...], endings: tuple[str, ...]) -> Iterator[str]:
    """Yield made-up names, none twice: each stem once, then again with the next ending."""
    order = rng.sample(stems, len(stems))
    for turn in range(len(endings)):
        for number, stem in enumerate(order):
            yield stem + endings[(number + turn) % len(endings)]


def _inside(rng: Random, cell: Polygon) -> Point:
    middle = cell.representative_point()
    safe = (round(middle.x, _DIGITS), round(middle.y, _DIGITS))
    west, south, east, north = cell.bounds
    lng = round(middle.x + (east - west) * rng.uniform(-0.15, 0.15), _DIGITS)
    lat = round(middle.y + (north - south) * rng.uniform(-0.15, 0.15), _DIGITS)
    return (lng, lat) if cell.contains(shapely.Point(lng, lat)) else safe
