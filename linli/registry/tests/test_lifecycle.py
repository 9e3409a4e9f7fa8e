"""Deletion that deletes: four eyes, nothing left anywhere, a tombstone; what is past its time is proposed."""

from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.kernel.tests.deliver import deliver_all
from linli.registry import api as registry
from linli.registry.models import Change, Deletion, Entity, Identifier, SourceRecord
from linli.registry.rules.heads import subject_of, token_of
from linli.registry.tests.factories import NOW, WU_ID, WU_PHONE, ledger, make_house, make_wu, relate, say, viewer
from linli.trust import api as trust
from tests.everything import everything
from tests.snapshot import kept

LATER = NOW + timedelta(hours=1)
NAME, CARD, HOME = "吴桂芳", "43999119400312122B1", "翠竹花园3栋2单元501室"
LEDGER = "trust_ledgerentry"  # append-only by law and by trigger; it names people by keyed tokens alone


@pytest.fixture
def wu(ground):
    return wu_at_home(ground)


@kept
def wu_at_home(ground):
    key = make_wu(ground.grids["xuefu1"], emergency_contact="陈小花")
    say("civil", "person", "M1", citizen_id=WU_ID, low_income="是", disability_card=CARD)
    relate("lives_in", key, make_house(ground.grids["xuefu1"], HOME))
    return key


def officer(ground, number):
    return viewer(ground.town.county.id, "registry.see", "registry.delete", number=number)


@pytest.fixture
def two(ground):
    """Return two officers whose accounts exist."""
    made = []
    for name in ("first", "second"):
        person = accounts.create_person(username=name, name=name, by=accounts.SYSTEM, now=NOW)
        one = officer(ground, len(made) + 1)
        made.append(accounts.Actor(person.id, name, "staff", one.holdings))
    return made


def propose(by, key, **more):
    return registry.propose_deletion(entity_id=key, reason="request", words="本人申请", by=by, now=LATER, **more)


def decide(by, row, *, approved=True, words=""):
    done = registry.decide_deletion(deletion_id=row.id, approved=approved, words=words, by=by, now=LATER)
    deliver_all()  # who holds copies hears of it
    return done


def places_of(*needles):
    wanted = [form for needle in needles for form in (needle, needle.encode().hex())]
    return {table for table, text in everything() if any(form in text for form in wanted)}


def secrets_of(key):
    elements = registry.elements_of("person")
    tokens = [token_of(elements[code], value) for code, value in
              (("citizen_id", WU_ID), ("phone", WU_PHONE), ("disability_card", CARD))]  # fmt: skip
    return [NAME, WU_ID, WU_PHONE, CARD, "陈小花", *tokens]


@pytest.mark.slow
def test_nothing_of_a_deleted_person_is_left_anywhere(ground, wu, two):
    assert places_of(*secrets_of(wu)) - {LEDGER} >= {"registry_entity", "registry_sourcerecord", "registry_identifier"}
    say("police", "person", "P2", name="邻居", area_code=ground.grids["xuefu1"].code)
    decide(two[1], propose(two[0], wu))
    assert places_of(*secrets_of(wu)) - {LEDGER} == set()
    assert places_of(str(wu)) <= {"registry_change", "kernel_journalentry"}, "only that somebody was deleted"
    assert {one.label for one in Entity.objects.filter(kind="person")} == {"邻居"}


@pytest.mark.slow
def test_the_ledger_keeps_tokens_and_no_value(ground, wu, two):
    registry.look_at(entity_id=wu, by=two[0], now=LATER)
    decide(two[1], propose(two[0], wu))
    assert places_of(NAME, WU_ID, WU_PHONE, CARD) == set()
    *_others, entry = ledger(object_kind="deletion")
    assert (entry.action, list(entry.subjects)) == ("delete", [subject_of(wu)])


@pytest.mark.slow
def test_the_tombstone_says_who_why_and_how_much(ground, wu, two):
    decide(two[1], propose(two[0], wu))
    row = Deletion.objects.get()
    assert (row.state, row.entity_id, row.proposed_name, row.decided_name) == ("done", None, "first", "second")
    assert row.removed["record"] == 3
    assert row.removed["relation"] == 1
    (told,) = Change.objects.filter(entity_id=wu)
    assert (told.what, told.community_id) == ("deleted", ground.town.community.id)


def test_who_proposed_cannot_decide(ground, wu, two):
    row = propose(two[0], wu)
    with pytest.raises(registry.DeletionRefusedError):
        decide(two[0], row)
    assert Entity.objects.filter(pk=wu).exists()
    with pytest.raises(registry.DeletionRefusedError):
        propose(two[1], wu)


@pytest.mark.slow
def test_what_is_kept_needs_a_sentence_and_stays(ground, wu, two):
    row = propose(two[0], wu)
    with pytest.raises(registry.DeletionRefusedError):
        decide(two[1], row, approved=False)
    assert decide(two[1], row, approved=False, words="仍在救助期内").state == "refused"
    assert Entity.objects.filter(pk=wu).exists()
    with pytest.raises(registry.DeletionRefusedError):
        decide(two[1], row)


def test_nobody_deletes_out_of_sight_or_without_the_right(ground, wu, two):
    far = viewer(ground.town.other_community.id, "registry.see", "registry.delete")
    with pytest.raises(trust.NotAllowed):
        propose(far, wu)
    row = propose(two[0], wu)
    for by in (far, viewer(ground.town.county.id, "registry.see")):
        with pytest.raises(trust.NotAllowed):
            decide(by, row)


@pytest.mark.slow
def test_a_deleted_person_who_is_named_again_is_new_and_the_tombstone_is_seen(ground, wu, two):
    decide(two[1], propose(two[0], wu))
    again = make_wu(ground.grids["xuefu1"])
    assert again != wu
    (stone,) = registry.tombstones_at(again)
    assert stone.reason == "request"
    other = say("police", "person", "P7", name="王七", citizen_id="34052419800101001X")
    assert registry.tombstones_at(other) == []


@pytest.mark.slow
def test_one_element_is_deleted_from_every_record(ground, wu, two):
    decide(two[1], propose(two[0], wu, element="phone"))
    assert places_of(WU_PHONE) - {LEDGER} == set()
    assert not Identifier.objects.filter(element="phone").exists()
    assert Entity.objects.get(pk=wu).label == NAME
    again = make_wu(ground.grids["xuefu1"])
    assert (again, Entity.objects.get(pk=wu).attributes["phone"]) == (wu, "138****1111")


@pytest.mark.slow
def test_what_is_past_its_time_is_proposed_once_and_by_the_machine(ground, wu, two):
    registry.load_retention_rules(now=NOW)
    say("police", "person", "P5", name="赵老五", died_on="2015-03-01", area_code=ground.grids["xuefu1"].code)
    grid = ground.grids["xuefu1"].code
    said = {"name": "钱六", "chronic_disease": "高血压", "area_code": grid}
    say("visits", "person", "V6", observed=NOW - timedelta(days=1000), **said)
    assert registry.sweep_retention(now=LATER) == 2
    assert registry.sweep_retention(now=LATER) == 0
    rows = {row.element: row for row in Deletion.objects.all()}
    assert set(rows) == {"", "chronic_disease"}
    assert decide(two[0], rows[""]).removed["entity"] == 1
    decide(two[1], rows["chronic_disease"])
    assert places_of("赵老五", "高血压") == set()
    assert SourceRecord.objects.filter(key="V6").exists()


@pytest.mark.slow
def test_a_kept_record_is_not_proposed_every_night(ground, two):
    registry.load_retention_rules(now=NOW)
    say("police", "person", "P5", name="赵老五", died_on="2015-03-01", area_code=ground.grids["xuefu1"].code)
    registry.sweep_retention(now=LATER)
    decide(two[0], Deletion.objects.get(), approved=False, words="诉讼未结")
    assert registry.sweep_retention(now=LATER) == 0
    assert registry.sweep_retention(now=LATER + timedelta(days=400)) == 1


def test_how_long_something_is_kept_is_data(ground, two):
    assert registry.load_retention_rules(now=NOW) == 7
    assert registry.load_retention_rules(now=NOW) == 0
    rule = registry.RetentionRule.objects.get(after="died")
    registry.change_retention(rule_id=rule.id, months=12, basis="县档案规定", by=two[0], now=NOW)
    rule.refresh_from_db()
    assert (rule.months, rule.is_sample) == (12, False)
    with pytest.raises(registry.DeletionRefusedError):
        registry.change_retention(rule_id=rule.id, months=12, basis=" ", by=two[0], now=NOW)
    with pytest.raises(trust.NotAllowed):
        registry.change_retention(
            rule_id=rule.id, months=1, basis="x", by=viewer(ground.town.county.id, "registry.see"), now=NOW
        )


def test_withdrawing_a_source_deletes_who_is_known_from_nowhere_else(ground, wu):
    lone = say("civil", "person", "M9", name="独一人")
    done = registry.withdraw(source="civil", kind="person", keys=["M1", "M9", "M0"], by=accounts.SYSTEM, now=LATER)
    assert done == 2
    assert not Entity.objects.filter(pk=lone).exists()
    assert "low_income" not in Entity.objects.get(pk=wu).attributes
