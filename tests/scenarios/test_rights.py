"""Rights of the person: who was confirmed asks, somebody answers in time, and a copy is the person's alone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.registry.tests.factories import NOW, WU_ID, ledger, make_ground, make_house, make_wu, relate, viewer
from linli.trust import api as trust
from linli.trust.models import RightRequest, RightStep

OWN, OTHER = "13700005555", "13700006666"
pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(keys_in_memory):
    return make_ground()


@pytest.fixture
def unit(ground):
    accounts.create_unit(
        code="xf",
        name="学府社区居委会",
        kind="community",
        division_id=ground.town.community.id,
        by=accounts.SYSTEM,
        now=NOW,
    )
    return accounts.unit_for(kind="community", division_id=ground.town.community.id)


@pytest.fixture
def worker(ground, unit):
    account = accounts.create_person(username="zhou", name="周敏", by=accounts.SYSTEM, now=NOW)
    actor = viewer(ground.town.community.id, "registry.see", "registry.confirm", "trust.rights")
    held = accounts.ActorHolding(
        **{name: getattr(actor.holdings[0], name) for name in actor.holdings[0].__slots__} | {"unit_id": unit.id}
    )
    return accounts.Actor(person_id=account.pk, name="周敏", kind="staff", holdings=(held,))


@pytest.fixture
def me(ground, worker):
    person = make_wu(ground.grids["xuefu1"])
    relate("lives_in", person, make_house(ground.grids["xuefu1"]))
    registry.confirm_identity(entity_id=person, phone=OWN, paper="citizen", by=worker, now=NOW)
    return resident(OWN)


def resident(phone):
    return accounts.actor_for(accounts.resident_by_phone(phone=phone, now=NOW), on=timezone.localdate(NOW))


def ask(by, kind="correct", words="我的住址写错了", **more):
    return trust.ask_right(kind=kind, words=words, by=by, now=NOW, **more)


def answer(row, by, step, words="", basis=""):
    return trust.answer_right(request_id=row.id, step=step, answer=words, basis=basis, by=by, now=NOW)


def test_a_request_has_a_number_an_owner_and_fifteen_working_days(me, unit):
    row = ask(me)
    assert (row.state, row.unit_id, row.number[:3]) == ("asked", unit.id, "PI-")
    assert (timezone.localdate(row.due_at) - timezone.localdate(NOW)).days in range(19, 25)
    (entry,) = ledger(action="right_ask")
    assert (entry.case_ref, entry.elements) == (row.number, ["right.correct"])
    terms = trust.right_terms_content(trust.right_terms())
    terms["correct"] = {"days": 2, "basis": "县里规定"}
    trust.save_right_terms(content=terms, by=accounts.SYSTEM, now=NOW)
    assert ask(me).due_at < row.due_at


def test_an_officer_answers_and_the_person_reads_it(me, worker):
    row = ask(me)
    assert list(trust.rights_waiting(worker)) == [row]
    answer(row, worker, "take")
    done = answer(row, worker, "grant", "您好，住址已改为您说的地址。")
    assert (done.state, done.answer.reveal()[:2]) == ("granted", "您好")
    assert list(RightStep.objects.filter(request=row).order_by("id").values_list("step", flat=True)) == [
        "ask",
        "take",
        "grant",
    ]
    assert not trust.rights_waiting(worker).exists()
    with pytest.raises(trust.RightRefusedError):
        answer(row, worker, "refuse", "不行", "某法")


def test_it_is_refused_only_with_words_and_a_law(me, worker):
    row = ask(me, "delete", "请删除我的学历")
    for words, basis in (("", "某法"), ("按规定须保存", "")):
        with pytest.raises(trust.RightRefusedError):
            answer(row, worker, "refuse", words, basis)
    with pytest.raises(IntegrityError), transaction.atomic():
        RightRequest.objects.filter(pk=row.pk).update(state="refused")
    refused = answer(row, worker, "refuse", "按规定须保存", "《档案法》")
    assert (refused.state, refused.basis) == ("refused", "《档案法》")


def test_who_was_not_confirmed_can_ask_for_nothing(me):
    stranger = resident(OTHER)
    with pytest.raises(trust.RightRefusedError, match="身份证"):
        ask(stranger, "copy", "")
    with pytest.raises(trust.Hidden):
        trust.read_copy(by=stranger, now=NOW)


def test_another_unit_and_another_resident_reach_nothing(ground, me):
    row = ask(me)
    elsewhere = viewer(ground.town.other_community.id, "trust.rights", number=9)
    assert not trust.rights_waiting(elsewhere).exists()
    with pytest.raises(trust.NotAllowed):
        answer(row, elsewhere, "grant", "x")
    with pytest.raises(trust.Hidden):
        trust.take_back_right(number=row.number, by=resident(OTHER), now=NOW)
    assert trust.take_back_right(number=row.number, by=me, now=NOW).state == "withdrawn"


def test_a_copy_is_whole_names_its_sources_and_closes_after_seven_days(me):
    with pytest.raises(trust.Hidden):
        trust.read_copy(by=me, now=NOW)
    row = ask(me, "copy", "")
    assert row.state == "granted"
    ((_label, held),) = trust.read_copy(by=me, now=NOW)
    assert WU_ID in {one.value for one in held}, "one's own data are not masked"
    assert {"公安人口信息系统", "社区入户走访"} >= {one.source for one in held} > set()
    assert ledger(action="right_copy")
    with pytest.raises(trust.Hidden):
        trust.read_copy(by=me, now=NOW + timedelta(days=7))


def test_a_copy_closes_when_the_account_is_somebody_elses(me, worker):
    ask(me, "copy", "")
    registry.end_binding(binding_id=registry.binding_of(me).id, reason="phone_changed", by=worker, now=NOW)
    with pytest.raises(trust.Hidden):
        trust.read_copy(by=me, now=NOW)


def test_a_machine_decision_on_me_is_decided_again_and_one_on_others_is_not(me, worker):
    mine = trust.record(
        by=accounts.SYSTEM, action="change", purpose="x", subjects=[trust.oneself(me, now=NOW).token],
        object_kind="person", object_id="1", elements=[], basis="sample-3", now=NOW,
    )  # fmt: skip
    other = trust.record(
        by=accounts.SYSTEM, action="change", purpose="x", subjects=["b" * 64], object_kind="person", object_id="1",
        elements=[], basis="sample-3", now=NOW,
    )  # fmt: skip
    assert ask(me, "object", "", entry_id=mine).entry_id == mine
    for entry in (other, None):
        with pytest.raises(trust.RightRefusedError):
            ask(me, "object", "", entry_id=entry)
