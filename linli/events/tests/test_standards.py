"""Standards: versions and their moments, what is refused, cells that nobody owns, alarms, duties that stay."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.models import DispatchRule, DutyList, Event, RuleAlarm
from linli.events.queries.rulebook import rule_book
from linli.events.rules.dispatch import Duty, Where
from linli.events.rules.routing import DAY, Said, hidden_by, hours_between, made
from tests.town import MONDAY, report

LATER = MONDAY + timedelta(days=1)


def in_force():
    return DutyList.objects.get(pk=rule_book(MONDAY).version_id)


def draft_of(name="新版"):
    return events.begin_draft(base=in_force(), name=name, by=accounts.SYSTEM, now=MONDAY)


def rule_in(draft, name="夜间垃圾", target="department:csgl", **conditions):
    return events.save_rule(
        duty_list=draft, name=name, target=target, conditions=conditions, by=accounts.SYSTEM, now=MONDAY
    )


def enforce(draft, at=MONDAY):
    return events.enforce_standards(duty_list=draft, begins_at=at, by=accounts.SYSTEM, now=MONDAY)


def kinds(refused):
    assert all("%" not in str(problem) and str(problem) != problem.kind for problem in refused.value.problems)
    return [problem.kind for problem in refused.value.problems]


def test_a_version_takes_over_at_its_moment_and_running_events_keep_theirs(town):
    old, draft = in_force(), draft_of()
    rule_in(draft, target="street", matters=["T-01"])
    before = report(town)
    enforce(draft, LATER)
    same_day = report(town, now=LATER - timedelta(seconds=1))
    after = report(town, now=LATER)
    kept = {one.number: one for one in Event.objects.select_related("lead_unit", "duty_list")}
    assert kept[before.number].duty_list == kept[same_day.number].duty_list == old
    assert kept[after.number].duty_list == draft
    assert [kept[one.number].lead_unit.code for one in (before, same_day, after)] == ["nysq", "nysq", "nyjd"]
    assert kept[after.number].why[-1] == {"kind": "rule", "rule": "夜间垃圾", "unit": "南苑街道办事处"}


@pytest.mark.slow
def test_going_back_is_one_more_row_and_takes_back_what_was_planned(town):
    old, draft, third = in_force(), draft_of("二"), draft_of("三")
    enforce(draft)
    enforce(third, LATER)
    events.roll_back_standards(duty_list=old, by=accounts.SYSTEM, now=MONDAY + timedelta(hours=1), words="有误")
    assert rule_book(MONDAY + timedelta(days=3)).version_id == old.pk
    assert rule_book(MONDAY + timedelta(minutes=1)).version_id == draft.pk
    standing = {one.duty_list.pk: one.standing for one in events.versions(now=MONDAY + timedelta(days=3))}
    assert standing == {old.pk: "in_force", draft.pk: "past", third.pk: "draft"}
    third.refresh_from_db()
    assert third.is_draft
    assert [one.is_rollback for one in old.enforcements.order_by("id")] == [False, True]


def test_what_was_in_force_is_never_changed(town):
    with pytest.raises(events.NotADraftError):
        rule_in(in_force(), matters=["T-02"])
    with pytest.raises(events.TooLateError):
        enforce(draft_of(), MONDAY - timedelta(hours=1))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"handle_limit": 0}, "limit_zero"),
        ({"lead": "department:nobody"}, "unknown_unit"),
        ({"duty_kind": "reserved"}, "kept_above"),
        ({"duty_kind": "supporting"}, "needs_department"),
        ({"class_path": ["市政", "照明", "市政"]}, "class_in_itself"),
        ({"class_path": ["垃圾", "市容"]}, "class_cycle"),
        ({"class_path": list("一二三四五六")}, "class_depth"),
        ({"stages": [{"name": "停工", "limit": 4, "unit": "work_hour"}]}, "stage_last"),
    ],
)
def test_a_wrong_matter_is_refused_with_a_sentence(town, change, said):
    draft = draft_of()
    with pytest.raises(events.StandardsRefusedError) as refused:
        events.save_matter(duty_list=draft, item={"code": "T-01", **change}, by=accounts.SYSTEM, now=MONDAY)
    assert said in kinds(refused)
    draft.items.filter(code="T-01").update(**change)
    with pytest.raises(events.StandardsRefusedError):
        enforce(draft)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "conditions", "said"),
    [
        ("department:nobody", {"matters": ["T-01"]}, "rule_unit"),
        ("street", {}, "rule_empty"),
        ("street", {"matters": ["T-09"]}, "rule_matter"),
        ("street", {"matters": ["T-01"], "grades": ["A"]}, "rule_never"),
        ("street", {"matters": ["T-01"], "areas": [999999]}, "rule_area"),
        ("street", {"matters": ["T-01"], "hours": [7, 7]}, "rule_hours"),
        ("street", {"matters": ["T-01"], "words": ["灯泡"], "channels": ["web"]}, "rule_hidden"),
        ("street", {"matters": ["T-03"]}, "rule_above"),
    ],
)
def test_a_broken_rule_is_refused_with_a_sentence(town, target, conditions, said):
    draft = draft_of()
    draft.items.filter(code="T-03").update(duty_kind="reserved")
    rule_in(draft, "宽", "street", matters=["T-01"], words=["灯"])
    with pytest.raises(events.StandardsRefusedError) as refused:
        rule_in(draft, "窄", target, **conditions)
    assert said in kinds(refused)
    assert [one.name for one in DispatchRule.objects.filter(duty_list=draft)] == ["宽"]


@pytest.mark.slow
def test_a_rule_that_breaks_later_raises_an_alarm_and_the_fallback_owns_the_event(town):
    draft = draft_of()
    rule_in(draft, matters=["T-01"])
    enforce(draft)
    assert events.check_standing_rules(now=MONDAY) == []
    accounts.close_unit(unit=town.units["csgl"], by=accounts.SYSTEM, now=MONDAY)
    raised = events.check_standing_rules(now=MONDAY)
    assert {"rule:夜间垃圾", "matter:T-02", "matter:T-03"} == {one.subject for one in raised}
    assert events.check_standing_rules(now=MONDAY) == [], "an alarm is raised once"
    event = Event.objects.get(number=report(town).number)
    assert (event.lead_unit.code, [why["kind"] for why in event.why][-2:]) == ("zhzx", ["rule_broken", "fallback"])
    accounts.create_unit(
        code="csgl2", name="综合执法局", kind="department", division_id=town.divisions["county"].id,
        by=accounts.SYSTEM, now=MONDAY,
    )  # fmt: skip
    mended = draft_of("改")
    for item in mended.items.filter(lead="department:csgl"):
        item.lead = "department:csgl2"
        item.save()
    mended.items.update(co_units=[])
    rule_in(mended, target="department:csgl2", matters=["T-01"])
    enforce(mended)
    assert events.check_standing_rules(now=MONDAY) == []
    assert not RuleAlarm.objects.filter(ended_at=None).exists(), "what is mended alarms nobody"


@pytest.mark.slow
def test_a_version_decided_ahead_is_looked_at_when_it_begins(town):
    draft = draft_of()
    rule_in(draft, matters=["T-01"])
    enforce(draft, LATER)
    events.check_begun_versions(now=MONDAY)
    accounts.close_unit(unit=town.units["csgl"], by=accounts.SYSTEM, now=MONDAY)
    events.check_standing_rules(now=MONDAY)
    assert not RuleAlarm.objects.filter(subject="rule:夜间垃圾").exists(), "the version has not begun"
    assert events.check_begun_versions(now=LATER - timedelta(seconds=1)) == []
    assert "rule:夜间垃圾" in {one.subject for one in events.check_begun_versions(now=LATER)}
    with CaptureQueriesContext(connection) as asked:
        assert events.check_begun_versions(now=LATER + timedelta(days=3)) == []
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) == 1


def test_the_checker_names_each_cell_that_nobody_owns(town):
    assert events.holes(in_force()) == []
    accounts.close_unit(unit=town.units["xuefu"], by=accounts.SYSTEM, now=MONDAY)
    found = events.holes(in_force())
    assert [(one.code, one.areas, one.falls_to) for one in found] == [("T-01", ["学府社区"], "县社会治理中心")]


@pytest.mark.slow
def test_a_departments_own_duty_can_not_be_sent_down(town):
    draft = draft_of()
    draft.items.filter(code="T-02").update(duty_kind="reserved")
    draft.items.filter(code="T-03").update(duty_kind="supporting")
    enforce(draft)
    event = Event.objects.get(number=report(town, matter=None, text="门口那一堆东西没人管").number)
    dispatcher = town.actor("dispatcher")
    for code in ("T-02", "T-03"):
        with pytest.raises(events.DutyStaysError):
            events.dispatch_event(
                event_id=event.id, by=dispatcher, now=MONDAY, matter_code=code, unit_id=town.units["street"].id
            )
    events.dispatch_event(
        event_id=event.id, by=dispatcher, now=MONDAY, matter_code="T-01", unit_id=town.units["street"].id
    )


@pytest.mark.slow
def test_differences_name_what_was_added_removed_and_changed(town):
    draft = draft_of()
    events.save_matter(duty_list=draft, item={"code": "T-01", "handle_limit": 2}, by=accounts.SYSTEM, now=MONDAY)
    events.remove_matter(duty_list=draft, code="T-03", by=accounts.SYSTEM, now=MONDAY)
    rule_in(draft, matters=["T-02"])
    found = {(one.kind, one.what, one.key): one.fields for one in events.differences(in_force(), draft)}
    assert set(found) == {("changed", "matter", "T-01"), ("removed", "matter", "T-03"), ("added", "rule", "夜间垃圾")}
    assert found["changed", "matter", "T-01"] == [("handle_limit", 3, 2)]


DUTIES = [
    Duty(1, 1, "A", "甲", "A", "", "street", (), "centre", 1, 1, 1, "work_day", ("一", "甲")),
    Duty(2, 1, "B", "乙", "B", "", "street", (), "centre", 1, 1, 1, "work_day", ("一", "乙")),
    Duty(3, 1, "C", "丙", "C", "", "street", (), "centre", 1, 1, 1, "work_day", ("二",)),
]
some = {
    "matters": st.lists(st.sampled_from("ABC"), max_size=2),
    "classes": st.lists(st.sampled_from([["一"], ["一", "甲"], ["二"]]), max_size=2),
    "areas": st.lists(st.sampled_from([1, 11, 12]), max_size=2),
    "channels": st.lists(st.sampled_from(["web", "desk"]), max_size=1),
    "words": st.lists(st.sampled_from(["灯", "路灯", "水"]), max_size=2),
    "hours": st.one_of(st.none(), st.tuples(st.integers(0, 23), st.integers(0, 24))),
    "grades": st.lists(st.sampled_from("ABC"), max_size=2),
}


@given(wide=st.fixed_dictionaries(some), narrow=st.fixed_dictionaries(some), hour=st.integers(0, 23))
def test_a_rule_said_to_be_hidden_never_fires_first(wide, narrow, hour):
    first, second = made("first", "street", wide), made("second", "street", narrow)
    if hidden_by(second, [first], DUTIES, above=lambda area: (1, area)) is None:
        return
    for duty in DUTIES:
        for area in (11, 12):
            for text in ("灯", "路灯", "水", ""):
                for channel in ("web", "desk"):
                    asked = (duty, Where(county_id=1, street_id=area), Said(text, channel, hour))
                    assert first.fits(*asked) or not second.fits(*asked)


def test_hours_go_over_midnight():
    assert hours_between([22, 6]) == {22, 23, 0, 1, 2, 3, 4, 5}
    assert (hours_between(None), hours_between([8, 8]), hours_between([3, 25])) == (DAY, frozenset(), frozenset())
