"""Confirming at the counter who a resident is: what they read of the ledger follows, and ends with it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.registry.models import Binding
from linli.registry.tests.factories import NOW, WU_PHONE, ledger, make_ground, make_house, make_wu, relate, say, viewer
from linli.trust import api as trust

OWN, OTHER = "13700005555", "13700006666"
POST = ("registry.see", "registry.reveal", "registry.confirm")
pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(keys_in_memory):
    return make_ground()


@pytest.fixture
def wu(ground):
    person = make_wu(ground.grids["xuefu1"])
    relate("lives_in", person, make_house(ground.grids["xuefu1"]))
    return person


@pytest.fixture
def officer(ground):
    account = accounts.create_person(username="zhou", name="周敏", by=accounts.SYSTEM, now=NOW)
    actor = viewer(ground.town.community.id, *POST)
    return accounts.Actor(person_id=account.pk, name=actor.name, kind="staff", holdings=actor.holdings)


def resident(phone, now=NOW):
    return accounts.actor_for(accounts.resident_by_phone(phone=phone, now=now), on=timezone.localdate(now))


def confirm(person, officer, phone=OWN, now=NOW):
    return registry.confirm_identity(entity_id=person, phone=phone, paper="citizen", by=officer, now=now)


def looks(phone):
    return trust.looks_at(trust.oneself(resident(phone), now=NOW), now=NOW).items


@pytest.mark.slow
def test_who_was_confirmed_reads_looks_at_the_person_whatever_their_phone(wu, officer):
    registry.open_card(entity_id=wu, by=officer, purpose="visit", now=NOW)
    assert not looks(OWN)
    confirm(wu, officer)
    seen = looks(OWN)
    assert "看了" in {one.did for one in seen}
    card = next(one for one in seen if one.did == "看了")
    assert card.is_sure
    assert "姓名" in trust.listed(card.data)
    (entry,) = ledger(action="confirm_identity")
    assert registry.subject_of(wu) in entry.subjects


def test_by_the_phone_alone_it_is_not_told_what_a_record_holds(wu, officer):
    registry.open_card(entity_id=wu, by=officer, purpose="visit", now=NOW)
    (one,) = looks(WU_PHONE)
    assert (one.is_sure, one.data) == (False, ())


@pytest.mark.slow
def test_a_number_that_changed_hands_shows_nothing_of_before_and_signs_out(wu, officer):
    registry.open_card(entity_id=wu, by=officer, purpose="visit", now=NOW)
    row = confirm(wu, officer, WU_PHONE)
    later = NOW + timedelta(days=200)
    registry.end_binding(binding_id=row.id, reason="phone_changed", by=officer, now=later)
    assert not [one for one in looks(WU_PHONE) if one.last < later]
    assert not trust.oneself(resident(WU_PHONE), now=NOW).confirmed
    confirm(wu, officer, OTHER, now=later)
    assert looks(OTHER), "the person reads it again with the new number"


@pytest.mark.slow
def test_one_account_is_one_person_and_one_person_one_account(ground, wu, officer):
    other = say("police", "person", "P9", name="李强", area_code=ground.grids["xuefu1"].code)
    confirm(wu, officer)
    for person, phone in ((wu, OTHER), (other, OWN)):
        with pytest.raises(registry.BindingRefusedError):
            confirm(person, officer, phone)
    assert Binding.objects.filter(ended_at=None).count() == 1


def test_only_an_officer_of_the_area_confirms_and_the_resident_may_end_it(ground, wu, officer):
    without = viewer(ground.town.community.id, "registry.see")
    elsewhere = viewer(ground.town.other_community.id, *POST)
    with pytest.raises(trust.NotAllowed):
        confirm(wu, without)
    with pytest.raises(trust.Hidden):
        confirm(wu, elsewhere)
    row = confirm(wu, officer)
    with pytest.raises(trust.Hidden):
        registry.end_binding(binding_id=row.id, reason="wish", by=resident(OTHER), now=NOW)
    registry.end_binding(binding_id=row.id, reason="wish", by=resident(OWN), now=NOW)
    assert registry.person_of(resident(OWN)) is None


def test_a_wrong_number_or_document_is_said_in_a_sentence(wu, officer):
    with pytest.raises(registry.BindingRefusedError, match="手机号"):
        confirm(wu, officer, "12")
    with pytest.raises(registry.BindingRefusedError):
        registry.confirm_identity(entity_id=wu, phone=OWN, paper="face", by=officer, now=NOW)


@pytest.mark.slow
def test_it_follows_a_merge(ground, wu, officer):
    twin = say("civil", "person", "M1", name="吴桂芬", area_code=ground.grids["xuefu1"].code)
    confirm(twin, officer)
    linker = viewer(ground.town.community.id, "registry.see", "registry.link")
    registry.merge_entities(survivor=wu, absorbed=twin, reason="同一人", by=linker, now=NOW)
    assert {registry.subject_of(wu), registry.subject_of(twin)} <= trust.oneself(resident(OWN), now=NOW).confirmed
