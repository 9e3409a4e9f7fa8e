"""Units and which of them answers for a place."""

import pytest

from linli.accounts import api as accounts
from linli.accounts.tests import factories


def test_unit_for_is_the_nearest_above(town):
    units = town.units
    found = accounts.unit_for(kind="street", division_id=town.other_community.pk)
    assert found.id == units["street"].pk
    assert accounts.unit_for(kind="community", division_id=town.community.pk).name == "学府社区居委会"
    assert accounts.unit_for(kind="community", division_id=town.other_community.pk) is None
    assert accounts.unit_for(kind="street", division_id=town.other_street.pk) is None
    assert accounts.unit_for(kind="centre", division_id=town.community.pk).id == units["centre"].pk


def test_unit_for_takes_first_by_code_among_equals(town):
    factories.make_unit("d2", "交通运输局", "department", town.county)
    first = factories.make_unit("d1", "城市管理局", "department", town.county)
    assert accounts.unit_for(kind="department", division_id=town.community.pk).id == first.pk


def test_unit_closed_is_known_but_not_offered(town, now):
    street = town.units["street"]
    accounts.close_unit(unit=street, by=accounts.SYSTEM, now=now)
    assert accounts.unit(street.pk).is_open is False
    assert accounts.unit_by_code("street").id == street.pk
    assert accounts.unit_for(kind="street", division_id=town.community.pk) is None
    assert street.pk not in {info.id for info in accounts.units()}


def test_unit_unknown_is_refused(town):
    with pytest.raises(accounts.UnknownUnitError):
        accounts.unit(999_999)
    assert accounts.unit_by_code("nothing") is None


def test_units_of_one_kind(town):
    assert [info.code for info in accounts.units(kind="street")] == ["street"]


def test_unit_queries_cost_nothing_once_loaded(town, django_assert_num_queries):
    accounts.units()
    with django_assert_num_queries(0):
        accounts.unit(town.units["street"].pk)
        accounts.unit_by_code("street")


def test_create_unit_with_taken_code_is_refused(town):
    with pytest.raises(accounts.NameTakenError):
        factories.make_unit("street", "另一个", "street", town.other_street)


def test_create_unit_outside_own_area_is_refused(town, now):
    person = factories.make_person()
    factories.make_holding(person, town.units["street"])
    by = factories.actor(person)
    values = {"name": "北关街道办事处", "kind": "street", "by": by, "now": now}
    with pytest.raises(accounts.NotAllowedError):
        accounts.create_unit(code="north", division_id=town.other_street.pk, **values)
    assert accounts.create_unit(code="south-team", division_id=town.community.pk, **values)
