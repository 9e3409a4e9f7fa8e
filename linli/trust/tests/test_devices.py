"""The register of devices: nothing is connected without a decision that holds, whatever way is tried."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.accounts import api as accounts
from linli.accounts.tests.factories import make_person, make_town
from linli.trust import api as trust
from linli.trust.models import Device, DeviceStep, LedgerEntry
from linli.trust.rules.ask_less import shipped_policy
from linli.trust.rules.devices import missing
from linli.trust.states import devices as states
from linli.trust.tests.factories import NOW, a_holding, an_actor
from linli.trust.tests.test_assessments import ANSWERS

TODAY = NOW.date()
LATER = NOW + timedelta(days=400)
POLICY = shipped_policy()


@pytest.fixture
def town(db):
    town = make_town()
    town.unit, town.centre = town.units["community"], town.units["centre"]
    town.zhou, town.yue = make_person("zhou", "周敏"), make_person("yue", "岳峰")
    town.keeper = an_actor(
        a_holding("trust.devices", unit_id=town.unit.pk, unit_kind="community", division_id=town.community.id),
        person_id=town.zhou.pk,
    )
    town.decider = an_actor(
        a_holding("trust.asking", unit_id=town.centre.pk, unit_kind="centre", division_id=town.county.id),
        person_id=town.yue.pk,
    )
    return town


def draft_of(town, **more):
    values = {
        "name": "南门人脸机", "kind": "face_terminal", "unit_id": town.unit.pk, "operator": "示例物业",
        "division_id": town.community.id, "address": "小区南门", "place": "gate", "purpose": "trust.doors",
        "necessity": "老人常忘带卡", "alternative": "刷卡或由保安开门", "retention_days": 7, "people": 300,
        "signs": "门旁有牌", **more,
    }  # fmt: skip
    return trust.DeviceDraft(**values)


def save(town, **more):
    return trust.save_device(draft=draft_of(town, **more), by=town.keeper, now=NOW)


def assess(device, **more):
    said = {
        "sort": "device", "subject": device.number, "answers": ANSWERS, "risk": "high", "measures": "可不用人脸进出",
        "conclusion": "go_with", "valid_until": TODAY + timedelta(days=600), "by": accounts.SYSTEM, "now": NOW, **more,
    }  # fmt: skip
    return trust.write_assessment(**said)


def allowed(town, **more):
    device = save(town, **more)
    if device.reads_body:
        assess(device)
    trust.apply_device(number=device.number, by=town.keeper, now=NOW)
    return trust.decide_device(number=device.number, allowed=True, words="仅限自愿", by=town.decider, now=NOW)


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"alternative": " "}, "不用它怎么进出"),
        ({"necessity": ""}, "必要性"),
        ({"signs": ""}, "现场提示"),
        ({"place": "private"}, "私密空间"),
        ({"retention_days": 31}, "30"),
        ({"people": 100_000}, "备案"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(more, word):
    whole = trust.DeviceDraft(
        name="x", kind="face_terminal", unit_id=1, operator="x", division_id=1, address="x", place="gate",
        purpose="trust.doors", necessity="x", alternative="x", retention_days=7, people=99_999, signs="x",
    )  # fmt: skip
    assert missing(whole, policy=POLICY, is_assessed=True, has_activity=True) == []
    (sentence,) = missing(replace(whole, **more), policy=POLICY, is_assessed=True, has_activity=True)
    assert word in str(sentence)
    assert len(missing(whole, policy=POLICY, is_assessed=False, has_activity=False)) == 2
    card = replace(whole, kind="door", alternative="")
    assert missing(card, policy=POLICY, is_assessed=False, has_activity=True) == [], "a card reads no body"


def test_without_another_way_and_an_assessment_it_is_not_even_asked_for(town):
    device = save(town, alternative="")
    with pytest.raises(trust.DeviceRefusedError, match="怎么进出"):
        trust.apply_device(number=device.number, by=town.keeper, now=NOW)
    trust.save_device(draft=draft_of(town), number=device.number, by=town.keeper, now=NOW)
    with pytest.raises(trust.DeviceRefusedError, match="影响评估"):
        trust.apply_device(number=device.number, by=town.keeper, now=NOW)
    assess(device, conclusion="stop")
    with pytest.raises(trust.DeviceRefusedError, match="影响评估"):
        trust.apply_device(number=device.number, by=town.keeper, now=NOW)
    assess(device)
    assert trust.apply_device(number=device.number, by=town.keeper, now=NOW).state == "applied"


def test_nothing_is_connected_in_any_state_but_after_a_decision(town):
    device = save(town)
    assess(device)
    number = device.number

    def cannot():
        assert not trust.may_connect(number, now=NOW)
        with pytest.raises(trust.DeviceRefusedError):
            trust.connect_device(number=number, by=town.keeper, now=NOW)

    cannot()
    trust.apply_device(number=number, by=town.keeper, now=NOW)
    cannot()
    trust.decide_device(number=number, allowed=False, words="刷卡即可", by=town.decider, now=NOW)
    cannot()
    trust.apply_device(number=number, by=town.keeper, now=NOW)
    trust.decide_device(number=number, allowed=True, words="仅限自愿", by=town.decider, now=NOW)
    assert trust.may_connect(number, now=NOW)
    connected = trust.connect_device(number=number, by=town.keeper, now=NOW)
    assert trust.is_connected(number, key=connected.key, now=NOW)
    for wrong in ("", connected.key + "x"):
        assert not trust.is_connected(number, key=wrong, now=NOW)
    assert not trust.is_connected("SB-0", key=connected.key, now=NOW)
    assert not trust.may_connect("SB-0", now=NOW)
    assert connected.key not in str(Device.objects.values().get(number=number)), "the key itself is not kept"
    trust.review_device(number=number, words="居民有异议", by=town.decider, now=NOW)
    assert not trust.is_connected(number, key=connected.key, now=NOW)
    cannot()


def test_a_review_day_that_has_passed_closes_it_before_any_job_ran(town):
    device = allowed(town)
    key = trust.connect_device(number=device.number, by=town.keeper, now=NOW).key
    assert not trust.is_connected(device.number, key=key, now=LATER)
    assert not trust.may_connect(device.number, now=LATER)
    assert trust.watch_reviews(now=LATER) == (1, 1)
    assert Device.objects.get().state == "in_review"
    assert trust.watch_reviews(now=LATER) == (0, 0)


def test_an_assessment_that_runs_out_closes_a_device_that_reads_bodies(town):
    device = save(town)
    assess(device, valid_until=TODAY + timedelta(days=30))
    trust.apply_device(number=device.number, by=town.keeper, now=NOW)
    trust.decide_device(number=device.number, allowed=True, words="仅限自愿", by=town.decider, now=NOW)
    key = trust.connect_device(number=device.number, by=town.keeper, now=NOW).key
    assert trust.is_connected(device.number, key=key, now=NOW + timedelta(days=29))
    assert not trust.is_connected(device.number, key=key, now=NOW + timedelta(days=32))


def test_the_owner_is_told_of_a_review_once(town, monkeypatch):
    told = []
    monkeypatch.setattr(accounts, "tell_unit", lambda **said: told.append(said) or 1)
    device = allowed(town)
    soon = NOW + timedelta(days=360)
    assert trust.watch_reviews(now=NOW) == (0, 0)
    assert trust.watch_reviews(now=soon) == (1, 0)
    assert trust.watch_reviews(now=soon) == (0, 0)
    assert [(one["unit_id"], one["about"]) for one in told] == [(town.unit.pk, device.number)]


def test_who_asks_does_not_decide_and_who_may_not_neither(town):
    device = save(town, kind="door")
    both = an_actor(
        a_holding("trust.devices", "trust.asking", unit_id=town.centre.pk, unit_kind="centre",
                  division_id=town.county.id),
        person_id=town.zhou.pk,
    )  # fmt: skip
    trust.apply_device(number=device.number, by=both, now=NOW)
    with pytest.raises(trust.DeviceRefusedError, match="他人"):
        trust.decide_device(number=device.number, allowed=True, words="同意", by=both, now=NOW)
    with pytest.raises(trust.NotAllowed):
        trust.decide_device(number=device.number, allowed=True, words="同意", by=town.keeper, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Device.objects.update(decided_by=town.zhou.pk)


def test_another_community_neither_sees_nor_writes_it(town):
    device = save(town)
    other = an_actor(
        a_holding("trust.devices", unit_id=99, unit_kind="community", division_id=town.other_community.id),
        person_id=town.yue.pk,
    )
    assert not trust.devices_seen_by(other).exists()
    assert list(trust.devices_seen_by(town.keeper)) == [device]
    for do in (
        lambda: trust.apply_device(number=device.number, by=other, now=NOW),
        lambda: trust.save_device(draft=draft_of(town), by=other, now=NOW),
        lambda: trust.remove_device(number=device.number, words="", by=other, now=NOW),
    ):
        with pytest.raises(trust.NotAllowed):
            do()
    assert Device.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"state": "allowed"},
        {"state": "connected", "key_digest": "x"},
        {"key_digest": "x"},
        {"state": "applied", "alternative": ""},
    ],
)
def test_the_database_itself_connects_nothing_undecided(town, change):
    save(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        Device.objects.update(**change)


def test_each_step_is_kept_and_stands_in_the_ledger(town):
    device = allowed(town)
    trust.connect_device(number=device.number, by=town.keeper, now=NOW)
    trust.remove_device(number=device.number, words="拆走了", by=town.keeper, now=NOW)
    steps = DeviceStep.objects.filter(device=device).order_by("id").values_list("step", flat=True)
    assert list(steps) == ["draft", "apply", "allow", "connect", "remove"]
    actions = LedgerEntry.objects.filter(case_ref=device.number, object_kind="trust.device").values_list(
        "action", flat=True
    )
    assert sorted(actions) == sorted(f"device_{step}" for step in steps)
    with pytest.raises(trust.DeviceRefusedError):
        trust.remove_device(number=device.number, words="", by=town.keeper, now=NOW)


def test_a_decision_needs_words_and_a_review_within_the_limit(town):
    device = save(town, kind="door")
    trust.apply_device(number=device.number, by=town.keeper, now=NOW)
    for more in ({"words": ""}, {"review_on": TODAY}, {"review_on": TODAY + timedelta(days=500)}):
        said = {"number": device.number, "allowed": True, "words": "同意", "by": town.decider, "now": NOW, **more}
        with pytest.raises(trust.DeviceRefusedError):
            trust.decide_device(**said)


def test_a_table_becomes_drafts_and_wrong_rows_come_back(town):
    heads = trust.device_columns()
    header = list(heads.values())
    good = {
        "name": "北门摄像机", "kind": "视频采集设备", "unit": "学府社区居委会", "area": town.community.name,
        "address": "北门", "place": "gate", "operator": "示例物业", "purpose": "trust.public_video",
        "retention_days": "30",
    }  # fmt: skip
    rows = [
        [one.get(code, "") for code in heads] for one in (good, {**good, "kind": "无人机"}, {**good, "people": "很多"})
    ]
    read = trust.read_device_rows(header, enumerate(rows, 2))
    taken = trust.take_devices(rows=read, by=town.keeper, now=NOW)
    assert taken.made == 1
    assert [one.line for one in taken.wrong] == [3, 4]
    assert all(one.problem for one in taken.wrong)
    assert Device.objects.get().state == "drafted", "a table decides nothing"
    with pytest.raises(trust.DeviceRefusedError, match="设备名称"):
        trust.read_device_rows(header[1:], [])


def test_every_step_is_worded_and_leads_somewhere():
    assert set(states.WORDS) == {*states.STEPS, "draft", "change"}
    assert {step.after for step in states.STEPS.values()} <= set(states.LABELS)
