"""Accounts and holdings of staff, from the first day to the last."""

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from linli.accounts import api as accounts
from linli.accounts.models import Person
from linli.accounts.tests import factories
from linli.kernel import facts as journal


def test_disable_person_signs_a_live_session_out_at_the_next_request(town, client, now):
    person, other = (factories.make_person(name, password=factories.PASSWORD) for name in ("wang", "li"))
    other_client = type(client)()
    client.force_login(person)
    other_client.force_login(other)
    assert client.get("/accounts/password/change/").status_code == 200
    accounts.disable_person(person=person, by=accounts.SYSTEM, now=now)
    response = client.get("/accounts/password/change/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    assert other_client.get("/accounts/password/change/").status_code == 200


def test_disable_person_deletes_every_session(town, client, now):
    person = factories.make_person(password=factories.PASSWORD)
    clients = [type(client)() for _ in range(3)]
    for each in clients:
        each.post("/accounts/login/", {"login": "wang", "password": factories.PASSWORD})
    assert Session.objects.count() == 3
    accounts.disable_person(person=person, by=accounts.SYSTEM, now=now)
    assert Session.objects.count() == 0
    accounts.enable_person(person=person, by=accounts.SYSTEM, now=now)
    assert all(each.get("/accounts/password/change/").status_code == 302 for each in clients)


def test_reset_password_ends_sessions_and_asks_for_a_new_one(town, client, now):
    person = factories.make_person(password=factories.PASSWORD)
    client.force_login(person)
    accounts.reset_password(person=person, password="another long secret", by=accounts.SYSTEM, now=now)
    assert client.get("/accounts/password/change/").status_code == 302
    person.refresh_from_db()
    assert person.must_change_password
    assert person.check_password("another long secret")


def test_create_person_without_password_cannot_sign_in(town):
    assert not factories.make_person().has_usable_password()


@pytest.mark.parametrize("password", ["short", "1234567890123", "password1234", "wangwangwang"])
def test_create_person_with_weak_password_is_refused(password, town):
    with pytest.raises(ValidationError):
        factories.make_person("wangwangwang", password=password)
    assert not Person.objects.exists()


def test_create_person_with_taken_name_is_refused(town):
    factories.make_person("Wang")
    with pytest.raises(accounts.NameTakenError):
        factories.make_person("wang")


def test_create_person_needs_the_capability(town, now):
    for by in (accounts.GUEST, factories.actor(factories.make_person())):
        with pytest.raises(accounts.NotAllowedError):
            accounts.create_person(username="x", name="某", by=by, now=now)


def test_street_administrator_cannot_disable_people_of_the_county(town, now):
    local, chief = factories.make_person("local", "李二"), factories.make_person("chief", "赵三")
    factories.make_holding(local, town.units["street"])
    factories.make_holding(chief, town.units["centre"])
    with pytest.raises(accounts.NotAllowedError):
        accounts.disable_person(person=chief, by=factories.actor(local), now=now)
    accounts.disable_person(person=local, by=factories.actor(chief), now=now)


def test_end_holding_takes_effect_at_once_and_only_once(town, now):
    person = factories.make_person()
    holding = factories.make_holding(person, town.units["street"])
    accounts.end_holding(holding=holding, by=accounts.SYSTEM, now=now)
    accounts.end_holding(holding=holding, by=accounts.SYSTEM, now=now)
    assert factories.actor(person).holdings == ()


def test_open_holding_above_own_area_is_refused(town, now):
    local, friend = factories.make_person("local", "李二"), factories.make_person("friend", "赵三")
    held = factories.make_holding(local, town.units["street"])
    with pytest.raises(accounts.NotAllowedError):
        accounts.open_holding(
            person=friend,
            post=held.post,
            unit=town.units["street"],
            division_id=town.county.pk,
            by=factories.actor(local),
            now=now,
        )


def test_holding_twice_is_refused(town, now):
    person = factories.make_person()
    factories.make_holding(person, town.units["street"])
    with pytest.raises(IntegrityError):
        factories.make_holding(person, town.units["street"])


def test_actions_tell_facts(town, now, monkeypatch):
    told = []
    monkeypatch.setattr(journal, "publish", lambda fact, **_now: told.append(fact.kind))
    person = factories.make_person()
    holding = factories.make_holding(person, town.units["street"])
    accounts.end_holding(holding=holding, by=accounts.SYSTEM, now=now)
    accounts.disable_person(person=person, by=accounts.SYSTEM, now=now)
    accounts.disable_person(person=person, by=accounts.SYSTEM, now=now)
    assert told == [
        "accounts.PersonCreated",
        "accounts.PostSaved",
        "accounts.HoldingOpened",
        "accounts.HoldingEnded",
        "accounts.PersonDisabled",
    ]
