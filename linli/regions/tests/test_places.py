"""Which grid a point lies in, and when the index is made again."""

import math
from datetime import timedelta
from timeit import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.regions import api as regions
from linli.regions.queries.places import Place, PlaceIndex
from linli.regions.rules.geometry import read_boundary
from linli.regions.tests import factories as f

pytestmark = pytest.mark.django_db
LATTICE = PlaceIndex((read_boundary(f.square(x, y)), Place(division_id=10 * x + y)) for x in range(4) for y in range(4))


@pytest.fixture
def county():
    made = f.make_county()
    return made | {"grids": f.make_grids(made)}


def test_a_point_inside_a_grid_knows_everything_above(county):
    place = regions.locate(101.5, 30.5)
    assert place.grid_id == county["grids"][1].pk
    assert (place.community_id, place.street_id) == (county["elm"].pk, county["south"].pk)
    assert (place.county_id, place.county_name) == (county["county"].pk, "青禾县")
    assert place.division_id == place.community_id
    assert place.name == "南苑街道榆树社区第二网格"


def test_a_point_on_a_shared_border_belongs_to_the_smallest_code(county):
    first, second, third, fourth = county["grids"]
    assert regions.locate(101.0, 30.5).grid_id == first.pk
    assert regions.locate(102.0, 30.5).grid_id == second.pk
    assert regions.locate(100.5, 31.0).grid_id == first.pk
    assert regions.locate(101.0, 31.0).grid_id == first.pk
    assert regions.locate(103.0, 31.0).grid_id == third.pk
    assert regions.locate(100.0, 32.0).grid_id == fourth.pk


@pytest.mark.parametrize(
    "point", [(99.0, 30.5), (200, 0), (math.nan, 30.5), (101.5, math.nan), (math.inf, 30), (-math.inf, 30)]
)
def test_a_point_outside_or_senseless_has_no_place(county, point):
    assert regions.locate(*point) is None


@pytest.mark.usefixtures("db")
def test_without_any_boundary_there_is_no_place():
    assert regions.locate(101.5, 30.5) is None


def test_a_division_answers_where_no_grid_is_drawn(county):
    regions.draw_division(division=county["north"], boundary=f.square(100, 31, 3), by=f.BY, now=f.NOW)
    assert regions.locate(100.5, 31.5).grid_id == county["grids"][3].pk
    beyond = regions.locate(102.5, 33.5)
    assert (beyond.street_id, beyond.community_id, beyond.grid_id) == (county["north"].pk, None, None)
    assert beyond.division_id == county["north"].pk


@pytest.mark.slow
def test_the_index_follows_a_changed_grid(county):
    grid = county["grids"][2]
    assert regions.locate(105.5, 30.5) is None
    regions.change_grid(grid=grid, boundary=f.square(105, 30), by=f.BY, now=f.NOW)
    assert regions.locate(105.5, 30.5).grid_id == grid.pk
    assert regions.locate(102.5, 30.5) is None
    regions.retire_grid(grid=grid, by=f.BY, now=f.NOW + timedelta(days=1))
    assert regions.locate(105.5, 30.5) is None


def test_the_place_of_a_grid_needs_no_boundary(county):
    grid = f.make_grid(county["oak"], "橡林社区第二网格")
    assert regions.place_of_grid(grid.pk).community_id == county["oak"].pk
    assert regions.place_of_grid(0) is None


@pytest.mark.slow
@given(st.floats(0, 4), st.floats(0, 4))
def test_every_point_of_a_tiling_has_the_first_cell_that_holds_it(x, y):
    holding = [10 * i + j for i in range(4) for j in range(4) if i <= x <= i + 1 and j <= y <= j + 1]
    assert LATTICE.locate(x, y).division_id == min(holding)


@pytest.mark.slow
@given(st.integers(0, 4), st.integers(0, 4), st.floats(0, 1))
def test_border_points_have_the_first_cell_that_holds_them(x, y, along):
    step = min(y + along, 4.0)
    holding = [10 * i + j for i in range(4) for j in range(4) if i <= x <= i + 1 and j <= step <= j + 1]
    assert LATTICE.locate(float(x), step).division_id == min(holding)


@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(allow_nan=True, allow_infinity=True))
def test_any_pair_of_numbers_has_an_answer(lng, lat):
    place = LATTICE.locate(lng, lat)
    assert (place is not None) == (0 <= lng <= 4 and 0 <= lat <= 4)


def test_a_warm_look_is_fast():
    assert min(timeit(lambda: LATTICE.locate(1.5, 2.0), number=100) for _ in range(30)) / 100 < 50e-6


def test_grids_become_a_map(county):
    features = regions.grids_geojson(county["south"].pk)["features"]
    assert [feature["id"] for feature in features] == [grid.pk for grid in county["grids"][:3]]
    assert features[0]["properties"]["community"] == "榆树社区"
    assert features[0]["geometry"] == f.square(100, 30)
