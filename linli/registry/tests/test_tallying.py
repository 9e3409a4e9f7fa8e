"""Numbers by area: counted where people live, by what the post reads, the same as the list behind them."""

import pytest

from linli.registry import api as registry
from linli.registry.tests.factories import NOW, ledger, make_house, make_wu, relate, say, viewer
from tests.snapshot import kept

SEE, REVEAL, SENSITIVE = "registry.see", "registry.reveal", "registry.sensitive"
OLD, YOUNG = ("birth_date", "years_from", "60"), ("birth_date", "years_below", "18")
PEOPLE = registry.Figure("person")


@pytest.fixture
def people(ground):
    return _people(ground)


@kept
def _people(ground):
    """Return old Wu, who lives in one community and is registered in another, a neighbour, and a child."""
    here, there = make_house(ground.grids["xuefu1"]), make_house(ground.grids["lanting1"], key="F2")
    wu = make_wu(ground.grids["xuefu1"], low_income="是", ethnic="11")
    relate("lives_in", wu, here)
    relate("registered_at", wu, there)
    old = say("police", "person", "P2", name="钱老汉", sex="1", birth_date="1950-01-01", ethnic="01",
              area_code=ground.grids["xuefu1"].code)  # fmt: skip
    child = say("police", "person", "P3", name="孙小雨", sex="2", birth_date="2015-05-01",
                area_code=ground.grids["lanting1"].code)  # fmt: skip
    say("police", "organisation", "O1", name="早餐店", staff="4", area_code=ground.grids["xuefu1"].code)
    say("police", "organisation", "O2", name="面馆", staff="3", area_code=ground.grids["xuefu1"].code)
    return wu, old, child


def clerk(ground, *more):
    return viewer(ground.town.county.id, SEE, REVEAL, *more)


def numbers(ground, *figures, by=None, level="community"):
    areas = [ground.town.community.id, ground.town.other_community.id]
    found = registry.tally(figures=figures, level=level, areas=areas, by=by or clerk(ground), purpose="verify", now=NOW)
    return [[found.numbers.get((place, area)) for area in areas] for place in range(len(figures))], found


def test_people_are_counted_once_where_they_live(ground, people):
    assert numbers(ground, PEOPLE, registry.Figure("person", (OLD,)), registry.Figure("person", (YOUNG,)))[0] == [
        [2, 1], [2, 0], [0, 1],
    ]  # fmt: skip
    both = registry.Figure("person", (OLD, ("sex", "is", "2")))
    others = registry.Figure("person", (("ethnic", "is_not", "01"),))
    assert numbers(ground, both, others)[0] == [[1, 0], [1, 0]]


def test_organisations_are_counted_and_added_up(ground, people):
    assert numbers(ground, registry.Figure("organisation"), registry.Figure("organisation", total="staff"))[0] == [
        [2, 0], [7, 0],
    ]  # fmt: skip


def test_what_the_post_does_not_read_is_not_counted_either(ground, people):
    poor = registry.Figure("person", (("low_income", "is", "yes"),))
    found, tally = numbers(ground, poor, PEOPLE)
    assert found == [[None, None], [2, 1]]
    assert "最低生活保障对象" in tally.closed[0]
    assert numbers(ground, poor, by=clerk(ground, SENSITIVE))[0] == [[1, 0]]


def test_a_number_is_as_long_as_the_list_behind_it(ground, people):
    for where in ((), (OLD,), (YOUNG,), (("ethnic", "is_not", "01"),), (("ethnic", "contains", "1"),)):
        (found,), _tally = numbers(ground, registry.Figure("person", where))
        for division, number in zip((ground.town.community, ground.town.other_community), found, strict=True):
            wish = registry.Wish("person", division_id=division.id, where=where, at_home=True)
            behind = registry.choose_rows(wish=wish, by=clerk(ground), purpose="verify", now=NOW)
            assert len(behind) == number, where
    everybody = registry.Wish("person", division_id=ground.town.other_community.id)
    assert len(registry.choose_rows(wish=everybody, by=clerk(ground), purpose="verify", now=NOW)) == 2


def test_counting_names_nobody_and_is_recorded(ground, people):
    numbers(ground, registry.Figure("person", (OLD,)))
    (entry,) = ledger(action="count")
    assert entry.subjects == []
    assert entry.elements == ["person.birth_date"]


def test_a_clerk_counts_in_sight_only(ground, people):
    here = viewer(ground.town.community.id, SEE, REVEAL)
    assert numbers(ground, PEOPLE, by=here)[0] == [[2, 0]]


def test_one_query_for_any_number_of_columns(ground, people, django_assert_num_queries):
    actor = clerk(ground)
    numbers(ground, PEOPLE, by=actor)
    with django_assert_num_queries(4):
        numbers(ground, PEOPLE, by=actor)
    with django_assert_num_queries(4):
        older = [registry.Figure("person", (("birth_date", "years_from", str(years)),)) for years in range(60, 90)]
        numbers(ground, PEOPLE, *older, by=actor)
