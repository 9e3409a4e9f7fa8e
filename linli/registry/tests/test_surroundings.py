"""What the base knows around a look: family, neighbours, who stands side by side."""

from datetime import UTC, datetime

import pytest

from linli.accounts import api as accounts
from linli.accounts.tests.factories import make_person
from linli.registry.plugins.surroundings import BaseSurroundings
from linli.registry.tests.factories import make_house, relate, say
from linli.trust import slots as trust

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def street(ground):
    """An officer with a daughter at home, a neighbour one door on, and somebody in another house."""
    grid = ground.grids["xuefu1"]
    building = say("police", "building", "B1", name="3栋", area_code=grid.code)
    homes = [make_house(grid, f"翠竹花园3栋2单元{door}室", key=f"F{door}") for door in (501, 502, 601)]
    people = {
        name: say("police", "person", f"P{name}", name=name, phone=phone)
        for name, phone in (("李青", "13800001234"), ("李小满", ""), ("吴桂芳", ""), ("王远", ""))
    }
    for home in homes[:2]:
        relate("part_of", home, building)
    for name, home in zip(people, (homes[0], homes[0], homes[1], homes[2]), strict=True):
        relate("lives_in", people[name], home)
    return people


@pytest.mark.slow
def test_ties_are_family_at_home_and_neighbours_in_the_building(street, django_assert_num_queries):
    officer = make_person("qing", "李青")
    sights = [trust.Sight(officer.pk, 1, ("t",), "person", str(entity)) for entity in street.values()]
    assert {one.tie for one in BaseSurroundings().around(sights).values()} == {""}
    accounts.note_own_phone(person=officer, phone="138 0000 1234", by=accounts.SYSTEM, now=NOW)
    with django_assert_num_queries(7):
        found = BaseSurroundings().around(sights)
    assert [found[sight].tie for sight in sights] == ["family", "family", "neighbour", ""], "oneself counts as family"
    assert found[sights[0]].alike & found[sights[2]].alike
    assert not found[sights[2]].alike & found[sights[3]].alike
    assert found[sights[0]].divisions


def test_an_object_that_is_nobody_is_left_out(ground):
    sight = trust.Sight(make_person("qing").pk, 1, ("t",), "person", "not-an-id")
    assert BaseSurroundings().around([sight]) == {}
