"""Looks that are told later: by law, by two, until a day; then they appear by themselves."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.accounts import api as accounts
from linli.trust import api as trust
from linli.trust.models import Deferral, DisclosureClass, LedgerEntry
from linli.trust.tests.factories import NOW, a_holding, a_tree, a_use, an_actor

ME = "a" * 64
OWN = trust.Oneself(None, frozenset({ME}))
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    trust.load_disclosure_classes()
    return a_tree()[0]


def officer(name, *capabilities):
    person = accounts.create_person(username=name, name=name, by=accounts.SYSTEM, now=NOW)
    return an_actor(a_holding(*(capabilities or ("trust.defer",))), person_id=person.pk)


def look(unit, case="刑侦-7", now=NOW):
    by = an_actor(a_holding("events.read", unit_id=unit.pk))
    return trust.record(**a_use(subjects=[ME], case=case, by=by, now=now))


def proposed(unit, by, days=30, case="刑侦-7", kind="criminal"):
    return trust.propose_deferral(kind=kind, unit_id=unit.pk, case_ref=case, days=days, by=by, now=NOW)


def seen(now):
    return sum(one.times for one in trust.looks_at(OWN, now=now).items)


def test_a_look_that_is_held_back_appears_by_itself_after_its_time(unit):
    entry = look(unit)
    row = proposed(unit, officer("one"))
    assert seen(NOW) == 1, "a proposal hides nothing"
    trust.decide_deferral(deferral_id=row.id, approved=True, by=officer("two"), now=NOW)
    assert seen(NOW + 29 * DAY) == 0
    assert trust.look_of(OWN, entry, now=NOW) is None
    assert seen(NOW + 30 * DAY) == 1
    assert trust.look_of(OWN, entry, now=NOW + 30 * DAY)


def test_only_looks_of_that_unit_for_that_business_are_held_back(unit):
    other = max(accounts.units(), key=lambda one: one.id)
    assert other.id != unit.pk
    row = proposed(unit, officer("one"))
    trust.decide_deferral(deferral_id=row.id, approved=True, by=officer("two"), now=NOW)
    look(unit, case="")
    look(unit, case="别的")
    trust.record(**a_use(subjects=[ME], case="刑侦-7", by=an_actor(a_holding("x", unit_id=other.id)), now=NOW))
    assert seen(NOW) == 3


def test_nobody_decides_alone(unit):
    one = officer("one")
    row = proposed(unit, one)
    with pytest.raises(trust.DeferralRefusedError):
        trust.decide_deferral(deferral_id=row.id, approved=True, by=one, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deferral.objects.filter(pk=row.pk).update(state="approved", decided_by=one.person_id, decided_at=NOW)
    refused = trust.decide_deferral(deferral_id=row.id, approved=False, by=officer("two"), now=NOW)
    look(unit)
    assert (refused.state, seen(NOW)) == ("refused", 1)


@pytest.mark.parametrize(("days", "case", "kind"), [(181, "a", "criminal"), (0, "a", "criminal"), (5, " ", "criminal"),
                                                    (5, "a", "curious")])  # fmt: skip
def test_without_a_basis_a_business_or_an_end_it_is_refused(unit, days, case, kind):
    with pytest.raises(trust.DeferralRefusedError):
        proposed(unit, officer("one"), days, case, kind)
    assert not Deferral.objects.exists()


def test_only_who_may_proposes_and_a_class_without_a_basis_is_impossible(unit):
    with pytest.raises(trust.NotAllowed):
        proposed(unit, officer("one", "trust.audit"))
    with pytest.raises(IntegrityError), transaction.atomic():
        DisclosureClass.objects.create(code="x", name="x", basis="", longest_days=1)


def test_the_list_names_basis_and_both_people_and_reading_it_is_entered(unit, client, monkeypatch):
    row = proposed(unit, officer("甲"))
    trust.decide_deferral(deferral_id=row.id, approved=True, by=officer("乙"), now=NOW)
    auditor = an_actor(a_holding("trust.audit"))
    monkeypatch.setattr(accounts, "actor_of", lambda _request: auditor)
    page = client.get("/console/trust/deferrals").content.decode()
    assert all(words in page for words in ("侦查刑事案件", "刑事诉讼法", "甲", "乙", "刑侦-7", unit.name))
    assert LedgerEntry.objects.filter(object_kind="deferral", action="read").exists()
    assert client.post(f"/console/trust/deferrals/{row.id}", {"approved": "1"}).status_code == 403


def test_two_people_propose_and_decide_on_the_page(unit, client, monkeypatch):
    people = [officer("甲"), officer("乙")]
    monkeypatch.setattr(accounts, "actor_of", lambda _request: people[0])
    told = {"kind": "criminal", "unit_id": unit.pk, "case_ref": "刑侦-8", "days": 20}
    assert client.post("/console/trust/deferrals", {**told, "days": 999}).status_code == 422
    assert client.post("/console/trust/deferrals", told).status_code == 302
    row = Deferral.objects.get()
    monkeypatch.setattr(accounts, "actor_of", lambda _request: people[1])
    client.post(f"/console/trust/deferrals/{row.id}", {"approved": "1"})
    row.refresh_from_db()
    assert row.state == "approved"
