"""Who acts in a request, and with which posts."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from linli.accounts import api as accounts
from linli.accounts.tests import factories


def test_actor_for_has_only_holdings_of_the_day(town, now):
    person, unit = factories.make_person(), town.units["street"]
    day = date(2026, 11, 23)
    current = factories.make_holding(person, unit, valid_from=day, valid_to=day)
    factories.make_holding(person, unit, valid_from=day + timedelta(1))
    factories.make_holding(person, unit, valid_from=day - timedelta(9), valid_to=day - timedelta(1))
    actor = accounts.actor_for(person, on=day)
    assert [held.holding_id for held in actor.holdings] == [current.pk]
    assert actor.holdings[0].unit_name == "南苑街道办事处"
    assert actor.holdings[0].division_id == town.street.pk
    assert actor.can("accounts.manage")
    assert not actor.can("events.dispatch")
    assert accounts.actor_for(person, on=day + timedelta(1)).holdings[0].holding_id != current.pk


def test_actor_for_disabled_person_is_guest(town, now):
    person = factories.make_person()
    factories.make_holding(person, town.units["street"])
    accounts.disable_person(person=person, by=accounts.SYSTEM, now=now)
    assert accounts.actor_for(person, on=now.date()) is accounts.GUEST


def test_actor_for_closed_unit_has_no_holding(town, now):
    person = factories.make_person()
    factories.make_holding(person, town.units["street"])
    accounts.close_unit(unit=town.units["street"], by=accounts.SYSTEM, now=now)
    assert accounts.actor_for(person, on=now.date()).holdings == ()


def test_actor_of_request_costs_one_query_once(town, now, django_assert_num_queries, time_machine_at):
    person = factories.make_person()
    for unit in town.units.values():
        factories.make_holding(person, unit)
    request = RequestFactory().get("/")
    request.user = person
    with django_assert_num_queries(1):
        actor = accounts.actor_of(request)
        assert accounts.actor_of(request) is actor
    assert len(actor.holdings) == 3


def test_actor_of_anonymous_request_is_guest():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert accounts.actor_of(request) is accounts.GUEST
    assert not accounts.GUEST.can("accounts.manage")


def test_actor_of_counts_the_local_day(town, now, time_machine_at):
    person = factories.make_person()
    factories.make_holding(person, town.units["street"], valid_from=date(2026, 11, 24))
    request = RequestFactory().get("/")
    request.user = person
    time_machine_at("2026-11-23T16:30:00+00:00")  # half past midnight of the 24th in China
    assert accounts.actor_of(request).holdings


def test_system_may_everything():
    assert accounts.SYSTEM.can("anything.at_all")


def test_actors_with_finds_those_of_the_units(town, now):
    here, there = factories.make_person("li", "李二"), factories.make_person("zhao", "赵三")
    factories.make_holding(here, town.units["street"])
    factories.make_holding(there, town.units["centre"])
    found = accounts.actors_with("accounts.manage", on=now.date(), unit_ids=[town.units["street"].pk])
    assert [actor.name for actor in found] == ["李二"]
    assert len(accounts.actors_with("accounts.manage", on=now.date())) == 2
    assert accounts.actors_with("events.dispatch", on=now.date()) == []


def test_may_manage_reaches_down_not_up_or_aside(town, now):
    person = factories.make_person()
    factories.make_holding(person, town.units["street"])
    actor = factories.actor(person)
    assert accounts.may_manage(actor, division_id=town.community.pk)
    assert not accounts.may_manage(actor, division_id=town.county.pk)
    assert not accounts.may_manage(actor, division_id=town.other_street.pk)


def test_actor_is_frozen():
    with pytest.raises(AttributeError):
        accounts.GUEST.name = "somebody"
