"""The fictional demo county."""

from collections import Counter
from timeit import timeit

import pytest
import shapely

from linli.kernel import slots
from linli.regions import api as regions
from linli.regions.models import Division, Grid, PlaceAlias
from linli.regions.rules.demo import demo_county
from linli.regions.rules.geometry import read_boundary
from linli.regions.tests import factories as f


@pytest.mark.slow
def test_the_same_seed_gives_the_same_county():
    assert demo_county(3) == demo_county(3)
    assert demo_county(3) != demo_county(4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 7, 2026])
def test_grids_tile_the_county_without_gap_or_overlap(seed):
    county = demo_county(seed)
    cells = [read_boundary(grid.boundary) for grid in county.grids]
    whole = shapely.union_all(cells)
    assert len(cells) == 300
    assert (whole.geom_type, len(whole.interiors)) == ("Polygon", 0)
    assert whole.area == pytest.approx(sum(cell.area for cell in cells), rel=1e-12)
    assert shapely.coverage_is_valid(cells)
    assert read_boundary(county.divisions[2].boundary).equals(whole)


def test_it_has_the_promised_size_and_fictional_codes():
    county = demo_county()
    levels = Counter(len(division.code.rstrip("0")) > 9 for division in county.divisions)
    assert levels[True] == 30
    assert all(division.code.startswith("99") for division in county.divisions)
    assert len({grid.code for grid in county.grids}) == 300
    assert min(Counter(grid.community_code for grid in county.grids).values()) >= 3
    assert 140 <= len(county.aliases) <= 170


def test_every_alias_lies_in_its_community():
    county = demo_county()
    outlines = {d.code: read_boundary(d.boundary) for d in county.divisions if d.boundary}
    assert all(outlines[a.community_code].contains(shapely.Point(a.lng, a.lat)) for a in county.aliases)


@pytest.mark.slow
@pytest.mark.django_db
def test_planting_twice_changes_nothing():
    first = regions.plant_demo_county(seed=1, now=f.NOW)
    assert (first.divisions, first.grids) == (39, 300)
    second = regions.plant_demo_county(seed=1, now=f.NOW)
    assert (second.county_id, second.divisions, second.grids, second.aliases) == (first.county_id, 0, 0, 0)
    assert (Division.objects.count(), Grid.objects.count()) == (39, 300)
    assert regions.division(first.county_id).name == "青禾县"


@pytest.mark.slow
@pytest.mark.django_db
def test_every_alias_of_the_planted_county_is_found_by_its_name_and_its_position():
    regions.plant_demo_county(now=f.NOW)
    for alias in PlaceAlias.objects.all():
        community = regions.division(alias.division_id)
        assert regions.place_from_text(f"{community.name}{alias.name}有问题").division_id == alias.division_id
        assert regions.locate(alias.lng, alias.lat).community_id == alias.division_id


@pytest.mark.slow
@pytest.mark.django_db
def test_a_long_text_is_searched_quickly_in_the_planted_county():
    regions.plant_demo_county(now=f.NOW)
    text = "晚上经过小区门口的路灯一直不亮,老人出行很不方便,希望尽快派人修理。" * 14 + "南苑街道学府社区第三网格"
    assert regions.place_from_text(text).level == "grid"
    assert min(timeit(lambda: regions.place_from_text(text), number=50) for _ in range(5)) / 50 < 400e-6


@pytest.mark.slow
@pytest.mark.django_db
def test_the_bench_of_locating_keeps_its_promise():
    figures = slots.benches.get("locate").run(options={}, report=lambda _line: None)
    assert figures["grids"] == 300
    assert figures["p50_us"] < 50
