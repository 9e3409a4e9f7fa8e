"""Keys of other systems."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from ninja import NinjaAPI

from linli.accounts import api as accounts
from linli.accounts.models import ApiToken
from linli.accounts.queries import tokens
from linli.accounts.tests import factories


@pytest.fixture
def holding(town):
    return factories.make_holding(factories.make_person(), town.units["street"])


@pytest.fixture
def issued(holding, now):
    return accounts.issue_token(holding=holding, name="hotline", by=accounts.SYSTEM, now=now)


def test_actor_by_token_speaks_for_one_holding(holding, issued, now, town):
    factories.make_holding(holding.person, town.units["centre"])
    actor = accounts.actor_by_token(issued.raw, now=now)
    assert actor.person_id == holding.person_id
    assert actor.token_id == issued.token.pk
    assert actor.holdings == (accounts.actor_for(holding.person, on=now.date()).holdings[0],)


def test_token_is_kept_as_hash_only(issued):
    row = ApiToken.objects.values().get()
    assert issued.raw not in str(row)
    assert len(issued.raw) > 40


def test_actor_by_token_unknown_is_nobody(issued, now):
    assert accounts.actor_by_token(issued.raw + "x", now=now) is None
    assert accounts.actor_by_token("", now=now) is None
    assert accounts.actor_by_token("令牌' OR 1=1 --\x00", now=now) is None


@pytest.mark.parametrize("deed", ["revoke", "end", "disable", "close"])
def test_token_is_dead_at_once(deed, holding, issued, now):
    done = {"by": accounts.SYSTEM, "now": now}
    if deed == "revoke":
        accounts.revoke_token(token=issued.token, **done)
    elif deed == "end":
        accounts.end_holding(holding=holding, **done)
    elif deed == "disable":
        accounts.disable_person(person=holding.person, **done)
    else:
        accounts.close_unit(unit=holding.unit, **done)
    assert accounts.actor_by_token(issued.raw, now=now) is None


def test_token_expires(holding, now):
    issued = accounts.issue_token(
        holding=holding, name="hotline", by=accounts.SYSTEM, now=now, expires_at=now + timedelta(hours=1)
    )
    assert accounts.actor_by_token(issued.raw, now=now)
    assert accounts.actor_by_token(issued.raw, now=now + timedelta(hours=1)) is None


def test_token_outside_the_days_of_the_holding_is_dead(town, now):
    person = factories.make_person()
    holding = factories.make_holding(person, town.units["street"], valid_to=now.date())
    issued = accounts.issue_token(holding=holding, name="hotline", by=accounts.SYSTEM, now=now)
    assert accounts.actor_by_token(issued.raw, now=now)
    assert accounts.actor_by_token(issued.raw, now=now + timedelta(days=1)) is None
    assert accounts.actor_by_token(issued.raw, now=now - timedelta(days=1)) is None


def test_issue_token_needs_the_capability(holding, now):
    with pytest.raises(accounts.NotAllowedError):
        accounts.issue_token(holding=holding, name="x", by=accounts.GUEST, now=now)


def test_token_auth_serves_django_ninja(issued, now, time_machine_at):
    api = NinjaAPI(auth=accounts.TokenAuth(), urls_namespace="accounts-test")
    assert api.auth
    request = RequestFactory().get("/", headers={"Authorization": f"Bearer {issued.raw}"})
    actor = accounts.TokenAuth()(request)
    assert actor.token_id == issued.token.pk
    assert accounts.actor_of(request) is actor
    assert accounts.TokenAuth()(RequestFactory().get("/", headers={"Authorization": "Bearer no"})) is None


def test_a_key_is_asked_about_once_a_second(issued, now, time_machine_at, monkeypatch):
    request = RequestFactory().get("/", headers={"Authorization": f"Bearer {issued.raw}"})
    assert accounts.TokenAuth()(request)
    monkeypatch.setattr(tokens, "actor_by_token", None)
    assert accounts.TokenAuth()(request)
    monkeypatch.undo()
    accounts.revoke_token(token=issued.token, by=accounts.SYSTEM, now=now)
    time_machine_at(now + timedelta(seconds=1))
    assert accounts.TokenAuth()(request) is None
