"""A unit objects once and in time, a named office decides, and the next such event goes right at once."""

import pytest

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.actions.object import end_precedent
from linli.events.actions.policy import put_policy_in_force
from linli.events.models import Event, Objection, Policy, Precedent
from linli.events.queries.clocks import clock_policy
from linli.events.queries.policies import sample_policies
from linli.events.rules.objections import FirstUnitLeadsError, NoObjectionError, ObjectedError, WindowClosedError
from linli.regions import api as regions
from tests.town import MONDAY, SINCE, report


def working(hours):
    return regions.add_working(MONDAY, hours=hours)


@pytest.fixture
def town(town):
    """An arbiter sits at the centre, another above it; another department stands by."""
    post = accounts.save_post(
        code="t-arbiter", name="裁决员", capabilities=("events.see_area", "events.arbitrate"), by=accounts.SYSTEM,
        now=MONDAY,
    )  # fmt: skip
    for key, code, name in (("zjj", "zjj", "住建局"), ("bianban", "bianban", "编办")):
        town.units[key] = accounts.create_unit(
            code=code, name=name, kind="department", division_id=town.divisions["county"].id, by=accounts.SYSTEM,
            now=MONDAY,
        )  # fmt: skip
    for key, unit in (("arbiter", "centre"), ("higher", "bianban")):
        person = accounts.create_person(username=key, name=key, by=accounts.SYSTEM, now=MONDAY)
        town.people[key] = person
        accounts.open_holding(
            person=person, post=post, unit=town.units[unit], valid_from=SINCE, by=accounts.SYSTEM, now=MONDAY
        )
    return town


@pytest.fixture
def rubbish(town):
    return report(town, "门口垃圾没人清", matter="T-02").event_id


def object_to(town, event_id, who="officer", *, now=MONDAY, reason="not_our_duty"):
    by = town.actor(who)
    return events.object_to_event(event_id=event_id, by=by, now=now, reason=reason, words="小区内部由住建局负责。")


def decide(town, event_id, unit, who="arbiter", *, now=MONDAY, **more):
    by = town.actor(who)
    return events.decide_objection(
        event_id=event_id, by=by, now=now, unit_id=town.units[unit].id, words="物业管理归住建局。", **more
    )


@pytest.mark.slow
def test_the_first_unit_keeps_it_until_the_office_decides(town, rubbish):
    event = object_to(town, rubbish)
    assert (event.lead_unit_id, event.state, event.held) == (town.units["csgl"].id, "dispatched", "")
    objection = Objection.objects.get()
    assert (objection.office_id, objection.due, objection.round) == (town.units["centre"].id, working(8), 1)
    assert [one.event_id for one in events.objections_before(actor=town.actor("arbiter"))] == [rubbish]
    assert not events.objections_before(actor=town.actor("higher"))


def test_a_unit_objects_once_and_in_time(town, rubbish):
    late = report(town, "学校旁垃圾没人清", matter="T-02").event_id
    with pytest.raises(WindowClosedError):
        object_to(town, late, now=working(4.1))
    object_to(town, rubbish)
    with pytest.raises(ObjectedError):
        object_to(town, rubbish)
    decide(town, rubbish, "csgl")
    with pytest.raises(ObjectedError):
        object_to(town, rubbish)


def test_a_decision_gives_it_on_and_begins_the_clocks_anew(town, rubbish):
    object_to(town, rubbish)
    event = decide(town, rubbish, "zjj", now=working(2))
    assert (event.lead_unit_id, event.state) == (town.units["zjj"].id, "dispatched")
    assert event.accept_due == working(4)
    assert event.handle_due == events.handle_due_of(event) == working(9)


@pytest.mark.slow
def test_the_next_such_event_goes_right_at_once(town, rubbish):
    object_to(town, rubbish)
    decide(town, rubbish, "zjj")
    following = Event.objects.get(pk=report(town, "楼下垃圾成堆", matter="T-02").event_id)
    assert following.lead_unit_id == town.units["zjj"].id
    assert following.why[-1]["kind"] == "precedent"
    elsewhere = Precedent.objects.get()
    assert elsewhere.division_id == town.divisions["street"].id
    end_precedent(precedent_id=elsewhere.id, by=town.actor("arbiter"), now=MONDAY)
    assert (
        Event.objects.get(pk=report(town, "门口又有垃圾了", matter="T-02").event_id).lead_unit_id
        == town.units["csgl"].id
    )


@pytest.mark.slow
def test_only_the_named_office_decides_and_after_two_rounds_the_next_one(town, rubbish):
    for number, unit in enumerate(("zjj", "street")):
        who = _officer(town, number, Event.objects.get(pk=rubbish).lead_unit_id)
        object_to(town, rubbish, who)
        with pytest.raises(NoObjectionError):
            decide(town, rubbish, unit, "higher")
        decide(town, rubbish, "zjj" if number == 0 else "bianban")
    object_to(town, rubbish, _officer(town, 2, town.units["bianban"].id))
    assert Objection.objects.get(round=3).office_id == town.units["bianban"].id
    with pytest.raises(NoObjectionError):
        decide(town, rubbish, "csgl", "arbiter")
    assert decide(town, rubbish, "csgl", "higher").lead_unit_id == town.units["csgl"].id


def _officer(town, number, unit_id):
    """Employ an officer in a unit and return their short name."""
    key = f"officer-{number}"
    town.people[key] = accounts.create_person(username=key, name=key, by=accounts.SYSTEM, now=MONDAY)
    unit = next(unit for unit in town.units.values() if unit.id == unit_id)
    accounts.open_holding(
        person=town.people[key], post=town.holdings["officer"].post, unit=unit, valid_from=SINCE, by=accounts.SYSTEM,
        now=MONDAY,
    )  # fmt: skip
    return key


@pytest.mark.slow
def test_where_several_are_concerned_the_one_asked_first_leads(town, rubbish):
    object_to(town, rubbish, reason="several")
    with pytest.raises(FirstUnitLeadsError):
        decide(town, rubbish, "zjj", helper_ids=[town.units["csgl"].id])
    event = decide(town, rubbish, "csgl", helper_ids=[town.units["zjj"].id])
    assert town.units["zjj"].id in event.parts.values_list("unit_id", flat=True)


def test_by_policy_the_clock_pauses_until_the_decision(town):
    content = {**sample_policies()["objection"], "meanwhile": "pauses"}
    policy = events.draft_policy(kind="objection", content=content, by=accounts.SYSTEM, now=MONDAY)
    put_policy_in_force(policy_id=policy.id, since=MONDAY, by=accounts.SYSTEM, now=MONDAY)
    event_id = report(town, "门口垃圾没人清", matter="T-02").event_id
    event = object_to(town, event_id)
    assert (event.held, event.accept_due) == ("objection", working(10))
    event = decide(town, event_id, "csgl", now=working(3))
    assert (event.held, event.accept_due, event.handle_due) == ("", working(5), events.handle_due_of(event))


@pytest.mark.slow
def test_an_objection_lapses_when_the_event_rises_or_is_answered(town, rubbish):
    object_to(town, rubbish)
    events.sweep_overdue(now=working(11))
    assert Event.objects.get(pk=rubbish).level == 40
    assert Objection.objects.get().outcome == "lapsed"
    with pytest.raises(events.RefusedError):
        decide(town, rubbish, "zjj", now=working(11))


def test_a_broken_policy_is_refused_with_sentences(town):
    content = {**sample_policies()["objection"], "within_hours": 0, "offices": []}
    with pytest.raises(events.PolicyRefusedError) as refused:
        events.draft_policy(kind="objection", content=content, by=accounts.SYSTEM, now=MONDAY)
    assert len(refused.value.problems) == 2
    assert not Policy.objects.exists()


def test_running_events_keep_the_policy_they_began_with(town):
    event_id = report(town).event_id
    content = {**sample_policies()["clocks"], "pause_days": 1}
    policy = events.draft_policy(kind="clocks", content=content, by=accounts.SYSTEM, now=MONDAY)
    put_policy_in_force(policy_id=policy.id, since=working(1), by=accounts.SYSTEM, now=working(1))
    later = report(town, now=working(1)).event_id
    first, second = (clock_policy(Event.objects.get(pk=one))["pause_days"] for one in (event_id, later))
    assert (first, second) == (5, 1)
