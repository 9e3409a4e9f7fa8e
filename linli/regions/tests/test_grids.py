"""Drawing, changing and retiring grids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.regions import api as regions
from linli.regions.models import GridVersion
from linli.regions.rules.geometry import BadBoundaryError, read_boundary, square_metres, write_boundary
from linli.regions.tests import factories as f

pytestmark = pytest.mark.django_db
WHO = {"by": f.BY, "now": f.NOW}


@pytest.fixture
def county():
    return f.make_county()


def ring(*points):
    return {"type": "Polygon", "coordinates": [[list(point) for point in points]]}


def test_a_grid_gets_the_code_of_its_community_and_the_next_serial(county):
    first, second = f.make_grid(county["elm"]), f.make_grid(county["elm"], "第二网格")
    assert (first.code, second.code) == ("990101001001001", "990101001001002")


def test_the_code_of_a_retired_grid_is_never_given_again(county):
    regions.retire_grid(grid=f.make_grid(county["elm"]), **WHO)
    assert f.make_grid(county["elm"]).code == "990101001001002"


def test_overlaps_are_reported_with_their_size(county):
    f.make_grid(county["elm"], "甲", f.square(100, 30, 0.01))
    drawn = regions.draw_grid(community=county["oak"], name="乙", boundary=f.square(100.005, 30, 0.01), **WHO)
    assert [overlap.key for overlap in drawn.overlaps] == ["990101001001001"]
    assert drawn.overlaps[0].square_metres == pytest.approx(536_000, rel=0.01)


def test_neighbours_that_share_a_border_do_not_overlap(county):
    f.make_grid(county["elm"], "甲", f.square(100, 30))
    assert regions.draw_grid(community=county["elm"], name="乙", boundary=f.square(101, 30), **WHO).overlaps == []


def test_every_state_of_a_grid_is_kept(county):
    grid = f.make_grid(county["elm"], "甲", f.square(100, 30))
    regions.change_grid(grid=grid, name="乙", **WHO)
    regions.retire_grid(grid=grid, **WHO)
    kept = GridVersion.objects.filter(grid=grid).order_by("id").values_list("kind", "name", "changed_by")
    assert list(kept) == [("drawn", "甲", f.BY), ("changed", "乙", f.BY), ("retired", "乙", f.BY)]
    assert [len(f.told(name)) for name in ("GridDrawn", "GridChanged", "GridRetired")] == [1, 1, 1]


def test_a_retired_grid_is_not_changed(county):
    grid = f.make_grid(county["elm"])
    regions.retire_grid(grid=grid, **WHO)
    with pytest.raises(regions.RegionRefusedError):
        regions.change_grid(grid=grid, name="丙", **WHO)


def test_only_communities_have_grids(county):
    with pytest.raises(regions.RegionRefusedError):
        f.make_grid(county["south"])


@pytest.mark.parametrize(
    ("boundary", "reason"),
    [
        ("not a boundary", "type"),
        ({"type": "Point", "coordinates": [1, 2]}, "type"),
        ({"type": "Polygon"}, "coordinates"),
        ({"type": "Polygon", "coordinates": [[["a", "b"]]]}, "coordinates"),
        (ring((0, 0), (1, 1)), "coordinates"),
        ({"type": "Polygon", "coordinates": []}, "empty"),
        (ring((200, 0), (201, 0), (201, 1), (200, 0)), "range"),
        (ring((0, 0), (float("nan"), 0), (1, 1), (0, 0)), "range"),
        (ring((0, 0), (1, 1), (1, 0), (0, 1), (0, 0)), "invalid"),
        (ring((0, 0), (1, 1), (2, 2), (0, 0)), "invalid"),
    ],
)
def test_a_bad_boundary_is_refused_with_its_reason(county, boundary, reason):
    with pytest.raises(BadBoundaryError) as caught:
        read_boundary(boundary)
    assert caught.value.reason == reason
    with pytest.raises(regions.RegionRefusedError) as refused:
        f.make_grid(county["elm"], boundary=boundary)
    assert str(refused.value).startswith("The boundary")


@given(st.floats(-170, 170), st.floats(-80, 80), st.floats(0.001, 1))
def test_a_boundary_survives_reading_and_writing(west, south, size):
    square = f.square(west, south, size)
    again = read_boundary(write_boundary(read_boundary(square)))
    assert again.equals(read_boundary(square))
    assert square_metres(again) > 0
