"""Reading many records for a form: whom a filter means, what is read, from where, what is closed, who is recorded."""

import pytest

from linli.registry import api as registry
from linli.registry.models import Entity
from linli.registry.queries import filling
from linli.registry.tests.factories import NOW, ledger, make_house, make_wu, relate, say, viewer
from linli.trust import api as trust
from tests.snapshot import kept

SEE, REVEAL, SENSITIVE = "registry.see", "registry.reveal", "registry.sensitive"
OLD = ("birth_date", "years_from", "80")


@pytest.fixture
def people(ground):
    return _people(ground)


@kept
def _people(ground):
    """Return old Wu at home with her household, and a young neighbour of another community."""
    house = make_house(ground.grids["xuefu1"])
    wu = make_wu(ground.grids["xuefu1"], low_income="是", kinship="02")
    relate("lives_in", wu, house)
    home = say("police", "household", "H1", head_name="吴桂芳", number="990101001", size="1",
               area_code=ground.grids["xuefu1"].code)  # fmt: skip
    relate("member_of", wu, home)
    young = say("police", "person", "P2", name="孙小雨", sex="2", birth_date="2010-05-01",
                area_code=ground.grids["lanting1"].code)  # fmt: skip
    return wu, home, young


def clerk(ground, *more, **where):
    return viewer(where.pop("division", ground.town.community).id, SEE, REVEAL, *more, **where)


def chosen(actor, *where, **more):
    wish = registry.Wish("person", where=where, **more)
    return registry.choose_rows(wish=wish, by=actor, purpose="verify", now=NOW)


def read(actor, ids, *paths, kind="person", **more):
    return registry.fill(kind=kind, ids=ids, paths=paths, by=actor, purpose="verify", now=NOW, **more)


@pytest.mark.slow
def test_rows_are_chosen_by_area_and_conditions(ground, people):
    wu, _home, young = people
    county = clerk(ground, division=ground.town.county)
    assert set(chosen(county)) == {wu, young}
    assert chosen(county, OLD) == [wu]
    assert chosen(county, ("birth_date", "years_below", "18")) == [young]
    assert chosen(county, ("phone", "known", "")) == [wu]
    assert chosen(county, division_id=ground.town.other_community.id) == [young]
    assert chosen(clerk(ground)) == [wu]


@pytest.mark.slow
def test_nobody_is_chosen_by_what_the_post_may_not_read(ground, people):
    asked = ("low_income", "is", "yes")
    with pytest.raises(registry.WishRefusedError):
        chosen(clerk(ground), asked)
    assert chosen(clerk(ground, SENSITIVE), asked) == [people[0]]
    with pytest.raises(registry.WishRefusedError):
        chosen(clerk(ground), ("no_such", "is", "1"))


def test_things_are_chosen_and_read_like_people(ground):
    lift = say("police", "thing", "T1", name="客梯", number="D-0917", area_code=ground.grids["xuefu1"].code)
    wish = registry.Wish("thing", division_id=ground.town.community.id)
    ids = registry.choose_rows(wish=wish, by=clerk(ground), purpose="verify", now=NOW)
    assert ids == [lift]
    assert read(clerk(ground), ids, "thing.number", "thing.name", kind="thing").rows[lift] == ("D-0917", "客梯")


def test_values_are_read_along_paths_with_their_sources(ground, people):
    wu, home, _young = people
    paths = (
        "person.name",
        "person.citizen_id",
        "person.household.number",
        "person.household.head.name",
        "person.veteran",
    )
    found = read(clerk(ground), [wu], *paths, with_origins=True)
    assert found.rows[wu] == ("吴桂芳", "99010119400312122X", "990101001", "吴桂芳", None)
    assert [one and one.source for one in found.origins[wu]] == [
        "公安人口信息系统", "公安人口信息系统", "公安人口信息系统", "公安人口信息系统", None
    ]  # fmt: skip
    assert found.visits[wu] == home
    (entry,) = ledger(action="fill")
    assert set(entry.subjects) == set(Entity.objects.get(pk=wu).subjects)
    assert "person.citizen_id" in entry.elements


def test_what_is_read_of_thousands_is_what_is_read_of_a_few(ground, people, monkeypatch):
    paths = ("person.name", "person.citizen_id", "person.veteran", "person.household.number")
    few = read(clerk(ground), people[:1], *paths, "person.household.head.name", with_origins=True)
    assert "99010119400312122X" in few.rows[people[0]]
    begun, beside = [], filling.kernel.beside
    monkeypatch.setattr(filling, "MANY", 0)  # whole records, opened by a second thread
    monkeypatch.setattr(filling, "FEW", 0)
    monkeypatch.setattr("linli.kernel.api.beside", lambda work: begun.append(work) or beside(work))
    assert read(clerk(ground), people[:1], *paths, "person.household.head.name", with_origins=True) == few
    assert len(begun) == 2


def test_what_goes_beyond_the_purpose_stays_closed_and_says_why(ground, people):
    found = read(clerk(ground), [people[0]], "person.low_income", "person.name", "person.no_such")
    assert found.rows[people[0]] == (None, "吴桂芳", None)
    assert set(found.closed) == {"person.low_income", "person.no_such"}
    assert "最低生活保障对象" in found.closed["person.low_income"]
    assert read(clerk(ground, SENSITIVE), [people[0]], "person.low_income").rows[people[0]] == (True,)


def test_who_is_out_of_sight_is_left_out(ground, people):
    wu, _home, young = people
    assert list(read(clerk(ground), [wu, young], "person.name").rows) == [wu]
    with pytest.raises(trust.NotAllowed):
        read(viewer(ground.town.community.id), [wu], "person.name")


@pytest.mark.parametrize("many", [1, 3])
def test_reading_takes_as_many_queries_for_one_as_for_three(ground, people, many, django_assert_num_queries):
    more = [say("police", "person", f"M{n}", name=f"赵{n}", area_code=ground.grids["xuefu1"].code) for n in range(many)]
    actor = clerk(ground)
    read(actor, more, "person.name")
    with django_assert_num_queries(6):  # and one that is streamed for each of two kinds
        read(actor, more, "person.name", "person.household.number", with_origins=True)
