"""The fictional base of the demo county."""

import time

import pytest

from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.registry.models import Entity, Relation, SourceRecord
from linli.registry.rules.demo import DemoPlace, demo_base
from linli.registry.tests.factories import NOW, TODAY, viewer


def plant(people=300):
    kernel.load_shipped_codes()
    county = regions.plant_demo_county(seed=1, now=NOW)
    return county, registry.plant_demo_base(county_id=county.county_id, seed=1, people=people, now=NOW)


def test_the_same_seed_gives_the_same_people():
    place = DemoPlace("990101001001", "南苑社区", ("990101001001001",), ("翠竹花园",))
    one, two = (demo_base([place], seed=5, people=80, today=TODAY) for _ in range(2))
    assert one.said == two.said
    assert one.ties == two.ties
    assert one.people >= 80


@pytest.mark.slow
def test_the_base_is_planted_quickly_and_only_once(db):
    began = time.monotonic()
    county, planted = plant()
    assert planted.people >= 300
    assert time.monotonic() - began < 20
    assert not [row.problems for row in SourceRecord.objects.all() if row.problems]
    assert Entity.objects.filter(kind="person").count() == planted.people
    assert Entity.objects.filter(kind="person", community=None).count() == 0
    assert {"person", "household", "house", "organisation"} <= set(Entity.objects.values_list("kind", flat=True))
    assert Relation.objects.filter(bond="lives_in").count() == planted.people
    again = registry.plant_demo_base(county_id=county.county_id, seed=1, people=300, now=NOW)
    assert again.people == 0


@pytest.mark.slow
def test_everybody_is_found_from_the_county(db):
    county, planted = plant(120)
    officer = viewer(county.county_id, "registry.see")
    assert registry.count_of(viewer=officer, wanted=registry.Wanted()) == planted.people


@pytest.mark.slow
def test_a_crowd_is_made_of_copies_that_hang_together(db):
    plant(120)
    grids = [
        registry.CrowdGrid(place.grid_id, place.community_id, place.street_id, place.county_id)
        for grid in regions.Grid.objects.order_by("id") if (place := regions.place_of_grid(grid.id))
    ]  # fmt: skip
    before = Entity.objects.count(), Relation.objects.count(), SourceRecord.objects.count()
    assert registry.crowd_registry(people=400, grids=grids) >= 400
    after = Entity.objects.count(), Relation.objects.count(), SourceRecord.objects.count()
    times = after[0] // before[0]
    assert times > 1
    assert after == tuple(times * count for count in before)
    officer = viewer(grids[0].community_id, "registry.see", "registry.reveal")
    page = registry.look_through(wanted=registry.Wanted(words="1栋"), by=officer, now=NOW)
    assert page.items
    card = registry.open_card(entity_id=page.items[0].id, by=officer, purpose="visit", now=NOW)
    assert card.bonds
    assert card.bonds[0].other is not None
