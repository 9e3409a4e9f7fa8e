"""Corrections: shown at once where they were made, answered by the owner, standing where it is silent, measured."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from linli.exchange import api as exchange
from linli.exchange import facts
from linli.exchange.actions.tell import tell
from linli.exchange.models import Correction, History
from linli.exchange.queries.corrections import answering
from linli.exchange.tests.places import NOW, TODAY, WU_ID, kept_wu
from linli.kernel import facts as journal
from linli.registry import api as registry
from linli.registry.tests.factories import ledger, say, viewer
from linli.trust import api as trust

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


@pytest.fixture
def wu(place):
    return kept_wu(place.ground.grids["xuefu1"])


def proposed(place, entity_id, element="birth_date", value="1941-03-12", by="worker", **more):
    finding = exchange.Finding(entity_id, element, value, "看过户口簿原件", TODAY, **more)
    return exchange.propose_correction(finding=finding, by=place.actor(by), now=NOW)


def card(place, entity_id, by="worker", now=NOW):
    return registry.open_card(entity_id=entity_id, by=place.actor(by), purpose="verify", now=now)


def line(place, entity_id, code="birth_date", now=LATER):
    return next(one for one in card(place, entity_id, now=now).lines if one.code == code)


def test_a_correction_shows_at_once_where_it_was_made(place, wu):
    row = proposed(place, wu)
    shown = card(place, wu, by="neighbour")
    assert [(one.element, one.text, one.number) for one in shown.proposed] == [("birth_date", "1941-03-12", row.number)]
    assert next(one.text for one in shown.lines if one.code == "birth_date") == "1940-03-12", "not believed yet"
    assert registry.proposed_since([wu], place.actor("neighbour")) == {wu: NOW}


@pytest.mark.slow
def test_elsewhere_it_does_not_show(place, wu):
    proposed(place, wu)
    street = viewer(place.ground.town.street.pk, "registry.see", "registry.reveal", number=7)
    shown = registry.open_card(entity_id=wu, by=street, purpose="verify", now=NOW)
    assert shown.lines
    assert shown.proposed == ()


def test_a_proposed_value_stands_behind_the_mask_of_its_element(place, wu):
    proposed(place, wu, "phone", "13900002222")
    masked = viewer(place.community, "registry.see", number=8)
    shown = registry.open_card(entity_id=wu, by=masked, purpose="verify", now=NOW)
    assert [one.text for one in shown.proposed] == ["139****2222"]
    kept = Correction.objects.get()
    assert "13900002222" not in str(kept.__dict__)


def test_the_owner_confirms_and_the_registry_believes_it(place, wu):
    row = proposed(place, wu)
    assert row.owner_unit_id == place.units["gaj"].pk
    exchange.confirm_correction(correction_id=row.pk, by=place.actor("police"), now=LATER)
    said = line(place, wu)
    assert (said.text, said.is_owner) == ("1941-03-12", True)
    assert card(place, wu).proposed == ()
    say("police", "person", "P1", at=LATER, name="吴桂芳", citizen_id=WU_ID, sex="2", birth_date="1940-03-12",
        area_code=place.ground.grids["xuefu1"].code)  # fmt: skip
    assert line(place, wu, now=LATER + timedelta(days=1)).text == "1941-03-12", (
        "the old file said again changes nothing"
    )


def test_two_corrected_elements_of_one_person_both_stand(place, wu):
    for element, value in (("birth_date", "1941-03-12"), ("education", "70")):
        row = proposed(place, wu, element, value)
        by = "police" if element == "birth_date" else "data"
        exchange.confirm_correction(correction_id=row.pk, by=place.actor(by), now=LATER)
    known = {one.code: one.text for one in card(place, wu, now=LATER).lines}
    assert known["birth_date"] == "1941-03-12"
    assert "education" in known


def test_a_refusal_needs_a_reason_and_the_maker_sees_it(place, wu):
    row = proposed(place, wu)
    with pytest.raises(exchange.WordsMissingError):
        exchange.refuse_correction(correction_id=row.pk, words=" ", by=place.actor("police"), now=NOW)
    exchange.refuse_correction(correction_id=row.pk, words="与户籍底册一致", by=place.actor("police"), now=NOW)
    row = exchange.corrections_seen_by(place.actor("worker")).get()
    assert (row.state, row.answer) == ("refused", "与户籍底册一致")
    assert list(History.objects.filter(subject_id=row.pk).order_by("id").values_list("step", flat=True)) == [
        "propose", "refuse",
    ]  # fmt: skip
    assert line(place, wu).text == "1940-03-12"


def test_who_proposes_never_answers_even_in_the_own_unit(place, wu):
    row = proposed(place, wu, "address", "翠竹花园3栋2单元502室")
    assert row.owner_unit_id == place.units["community"].pk, "communities answer for what they own"
    with pytest.raises(exchange.RefusedError):
        exchange.confirm_correction(correction_id=row.pk, by=place.actor("worker"), now=NOW)
    exchange.confirm_correction(correction_id=row.pk, by=place.actor("neighbour"), now=NOW)


def test_another_department_may_not_answer(place, wu):
    row = proposed(place, wu)
    with pytest.raises(trust.NotAllowed):
        exchange.confirm_correction(correction_id=row.pk, by=place.actor("data"), now=NOW)


def test_the_second_is_told_who_was_first(place, wu):
    first = proposed(place, wu)
    with pytest.raises(exchange.AlreadyProposedError) as refused:
        proposed(place, wu, by="neighbour", value="1942-01-01")
    assert "学府社区居委会" in str(refused.value)
    assert first.number in str(refused.value)
    exchange.take_back_correction(correction_id=first.pk, by=place.actor("worker"), now=NOW)
    assert proposed(place, wu, by="neighbour").state == "proposed"


@pytest.mark.parametrize(
    ("element", "value", "field"),
    [("birth_date", "3000-01-01", "value"), ("birth_date", "", "value"), ("nothing", "1", "element")],
)
def test_a_value_that_cannot_be_is_refused_by_field(place, wu, element, value, field):
    with pytest.raises(exchange.TermsRefusedError) as refused:
        proposed(place, wu, element, value)
    assert refused.value.field == field


def test_who_does_not_see_somebody_cannot_correct(place, wu):
    far = viewer(place.ground.town.other_street.pk, "exchange.correct", "registry.see", number=9)
    finding = exchange.Finding(wu, "birth_date", "1941-03-12", "看过户口簿原件", TODAY)
    with pytest.raises(trust.NotAllowed):
        exchange.propose_correction(finding=finding, by=far, now=NOW)


@pytest.mark.slow
def test_silence_past_the_limit_lets_it_stand_and_is_reported_once(place, wu):
    row = proposed(place, wu)
    assert exchange.let_silent_stand(now=row.due) == 0
    late = row.due + timedelta(minutes=1)
    assert exchange.let_silent_stand(now=late) == 1
    assert exchange.let_silent_stand(now=late) == 0
    said = line(place, wu, now=late)
    assert said.text == "1941-03-12"
    assert "公安" in said.source
    row.refresh_from_db()
    assert (row.state, row.answered_by) == ("stood", None)
    told = facts_of(facts.CorrectionStood)
    assert [(one.owner_unit_id, one.superior_id) for one in told] == [
        (place.units["gaj"].pk, place.units["centre"].pk),
    ]  # fmt: skip


def test_every_step_stands_in_the_ledger(place, wu):
    row = proposed(place, wu)
    exchange.confirm_correction(correction_id=row.pk, by=place.actor("police"), now=NOW)
    entries = ledger(case_ref=row.number)
    assert [one.action for one in entries] == ["exchange.propose", "exchange.confirm"]
    assert entries[0].subjects == [registry.subject_of(wu)]


def test_units_are_told(place, wu, monkeypatch):
    posted = []
    monkeypatch.setattr("linli.accounts.api.tell_unit", lambda **said: posted.append((said["unit_id"], said["key"])))
    proposed(place, wu)
    told = facts_of(facts.CorrectionProposed)
    tell([journal.Delivered(one, wu, NOW) for one in told], now=NOW)
    assert posted == [(place.units["gaj"].pk, f"exchange:{wu}:{place.units['gaj'].pk}")]


@pytest.mark.slow
def test_answers_are_measured(place, wu):
    others = [
        say("police", "person", f"Q{n}", name="赵" + "六七八"[n], sex="1", birth_date=f"195{n}-01-01",
            area_code=place.ground.grids["xuefu1"].code)
        for n in range(3)
    ]  # fmt: skip
    rows = [proposed(place, one) for one in [wu, *others]]
    police = place.actor("police")
    for days, row in enumerate(rows[:2], start=1):
        exchange.confirm_correction(correction_id=row.pk, by=police, now=NOW + timedelta(days=days))
    exchange.refuse_correction(correction_id=rows[2].pk, words="不对", by=police, now=NOW + timedelta(days=6))
    (one,) = answering(police, since=NOW)
    assert (one.made, one.waiting, one.confirmed, one.refused) == (4, 1, 2, 1)
    assert one.accuracy == pytest.approx(2 / 3)
    assert one.median_days == pytest.approx(2)
    assert one.p90_days == pytest.approx(5.2)
    ages = registry.ages_of(kind="person", county_ids=[place.county], now=LATER)
    assert {(age.element, age.source): (age.count, age.median_days) for age in ages}["sex", "公安人口信息系统"] == (
        4, pytest.approx(2),
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_first(place):
    wu = kept_wu(place.ground.grids["xuefu1"])

    def propose(name):
        try:
            return proposed(place, wu, by=name).number
        except exchange.AlreadyProposedError as first:
            return str(first)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(propose, ["worker", "neighbour"]))
    assert Correction.objects.count() == 1
    assert sum("学府社区居委会" in one for one in said) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_several_sweeps_let_each_stand_once(place):
    wu = kept_wu(place.ground.grids["xuefu1"])
    rows = [proposed(place, wu, element, value) for element, value in (("birth_date", "1941-03-12"), ("sex", "1"))]
    late = max(row.due for row in rows) + timedelta(minutes=1)

    def sweep(_number):
        try:
            return exchange.let_silent_stand(now=late)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(sweep, range(4))) == 2
    assert History.objects.filter(step="let_stand").count() == 2


def facts_of(kind):
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload::text FROM kernel_journalentry WHERE kind = %s ORDER BY id", [kind.kind])
        return [journal.read_fact(kind, json.loads(payload)) for (payload,) in cursor.fetchall()]
