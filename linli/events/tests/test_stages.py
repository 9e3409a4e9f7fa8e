"""Stages of a handling limit: rows of an event whose dues follow from calendar and history, ended by people."""

from datetime import datetime, timedelta

import hypothesis
import pytest
from django.db import transaction
from hypothesis import strategies as st

from linli.events import api as events
from linli.events import states
from linli.events.actions.handle import StageOverError
from linli.events.models import Event, EventStage
from linli.events.queries.clocks import handle_due_of, stages_by_history
from linli.events.rules.clocks import Run, Span, due_by_history
from linli.events.tests.test_clocks import ACTS, working
from linli.events.tests.test_clocks import _try as attempt
from linli.regions import api as regions
from linli.trust import api as trust
from tests.duties import DUTIES
from tests.town import MONDAY, ZONE, report

CALENDAR = regions.WorkingCalendar(regions.CalendarDefinition(2026, 2028))
STAGES = [
    {"name": "制止", "limit": 4, "unit": "work_hour"},
    {"name": "处罚", "limit": 7, "unit": "work_day"},
    {"name": "清除", "limit": 20, "unit": "work_day"},
]
DUMPING = {
    "code": "T-08", "name": "偷倒渣土", "class_path": ["市容", "渣土"], "lead": "department:csgl", "keywords": ["渣土"],
    "grade": "B", "accept_hours": 2, "contact_hours": 4, "handle_limit": 20, "handle_unit": "work_day",
    "stages": STAGES,
}  # fmt: skip


@pytest.fixture
def staged(town):
    listed = events.add_duty_list(
        name="分阶段清单", source="测试", items=[*DUTIES, DUMPING], now=MONDAY, is_sample=True
    )
    events.put_in_force(duty_list=listed, now=MONDAY)
    return town


def begun(town, *, matter="T-08"):
    """Report, let the stages be written, accept; return the id of the event."""
    event_id = report(town, "有人在河边偷倒渣土", matter=matter).event_id
    events.keep_stages_of(event_ids=[event_id], now=MONDAY)
    events.accept_event(event_id=event_id, by=town.actor("officer"), now=MONDAY)
    return event_id


def rows(event_id, **which):
    return list(EventStage.objects.filter(event_id=event_id, **which).order_by("begun_at", "place"))


def dues(event_id, **which):
    return [row.due for row in rows(event_id, outcome="", **which)]


def at(month, day, hour, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def test_each_stage_is_due_by_the_working_calendar_and_the_last_with_the_event(staged):
    event_id = begun(staged)
    found = [(row.name, row.due) for row in rows(event_id)]
    assert found == [
        ("制止", regions.add_working(MONDAY, hours=4)),
        ("处罚", regions.add_working(MONDAY, days=7)),
        ("清除", regions.add_working(MONDAY, days=20)),
    ]
    assert found[0][1].date() == MONDAY.date()
    assert found[-1][1] == Event.objects.get(pk=event_id).handle_due


@pytest.mark.slow
def test_to_be_told_twice_changes_nothing_and_without_stages_nothing_is_written(staged, django_assert_num_queries):
    event_id = begun(staged)
    before = rows(event_id)
    assert events.keep_stages_of(event_ids=[event_id], now=MONDAY) == 1
    assert [(row.id, row.due) for row in rows(event_id)] == [(row.id, row.due) for row in before]
    plain = [report(staged).event_id for _each in range(3)]
    with django_assert_num_queries(3):  # the savepoint, one look at all of them
        assert events.keep_stages_of(event_ids=plain, now=MONDAY) == 0
    assert EventStage.objects.count() == len(STAGES)


@pytest.mark.slow
def test_a_pause_moves_the_stages_that_are_open_and_not_those_that_are_done(staged):
    event_id = begun(staged)
    officer = staged.actor("officer")
    stop, punish, remove = rows(event_id)
    events.end_stage(event_id=event_id, stage_id=stop.id, by=officer, now=MONDAY + timedelta(hours=1))
    events.pause_event(event_id=event_id, by=officer, now=MONDAY + timedelta(hours=2), words="等反映人回电。", days=3)
    events.resume_event(event_id=event_id, by=officer, now=regions.add_working(MONDAY, hours=7))
    moved = dues(event_id)
    assert [regions.working_seconds(a.due, b) / 3600 for a, b in zip([punish, remove], moved, strict=True)] == [5, 5]
    assert rows(event_id)[0].due == stop.due
    assert moved[-1] == Event.objects.get(pk=event_id).handle_due


@pytest.mark.slow
def test_an_extension_moves_them_too_and_a_new_dispatch_begins_them_anew(staged):
    event_id = begun(staged)
    officer, centre = staged.actor("officer"), staged.actor("dispatcher")
    events.ask_for_time(event_id=event_id, by=officer, now=MONDAY, kind="extend", words="要等鉴定。", amount=8)
    before = dues(event_id)
    events.decide_time(event_id=event_id, by=centre, now=MONDAY, granted=True)
    assert dues(event_id) == [regions.add_working(due, hours=8) for due in before]
    later = regions.add_working(MONDAY, hours=10)
    event = events.correct_matter(event_id=event_id, by=centre, now=later, matter_code="T-01")
    assert event.handle_due == handle_due_of(event)
    assert [row.outcome for row in rows(event_id)] == ["overtaken"] * 3
    events.dispatch_event(event_id=event_id, by=centre, now=later, matter_code="T-08")
    assert dues(event_id, begun_at=later) == [
        regions.add_working(later, hours=4), regions.add_working(later, days=7), regions.add_working(later, days=20)
    ]  # fmt: skip


@pytest.mark.slow
def test_the_result_ends_what_is_open_and_reopening_gives_half_the_time(staged):
    event_id = begun(staged)
    officer, checker = staged.actor("officer"), staged.actor("checker")
    stage = rows(event_id)[0]
    events.end_stage(event_id=event_id, stage_id=stage.id, by=officer, now=MONDAY, words="已拦停车辆。")
    events.submit_result(event_id=event_id, by=officer, now=MONDAY, answer="渣土已清除，当事人已处罚。")
    assert [row.outcome for row in rows(event_id)] == ["done", "with_result", "with_result"]
    events.check_result(event_id=event_id, by=checker, now=MONDAY, passed=True)
    events.close_event(event_id=event_id, by=checker, now=MONDAY, reason="solved")
    later = regions.add_working(MONDAY, hours=9)
    centre = staged.actor("dispatcher")
    event = events.reopen_event(event_id=event_id, by=centre, now=later, words="渣土又倒回来了。")
    assert dues(event_id) == [
        regions.add_working(later, hours=2), regions.add_working(later, days=3), event.handle_due
    ]  # fmt: skip


@pytest.mark.slow
def test_what_ends_without_a_result_or_is_merged_counts_no_longer_and_comes_back_with_the_event(staged):
    event_id, centre = begun(staged), staged.actor("dispatcher")
    main = Event.objects.get(pk=begun(staged))
    before = dues(event_id)
    events.merge_event(event_id=event_id, by=centre, now=MONDAY, number=main.number)
    assert (dues(event_id), len(dues(main.id))) == ([], 3)
    events.split_event(event_id=event_id, by=centre, now=MONDAY + timedelta(hours=1))
    assert dues(event_id) == before
    events.reject_event(event_id=event_id, by=centre, now=MONDAY, reason="no_action", words="现场没有渣土。")
    assert dues(event_id) == []


@pytest.mark.slow
def test_a_stage_is_ended_once_by_the_unit_that_has_the_event_and_not_needed_wants_words(staged):
    event_id = begun(staged)
    stop, punish, _remove = rows(event_id)
    with pytest.raises(trust.NotAllowed):
        events.end_stage(event_id=event_id, stage_id=stop.id, by=staged.actor("community_worker"), now=MONDAY)
    officer = staged.actor("officer")
    with pytest.raises(events.WordsMissingError):
        events.end_stage(event_id=event_id, stage_id=punish.id, by=officer, now=MONDAY, needed=False)
    late = stop.due + timedelta(hours=1)
    events.end_stage(event_id=event_id, stage_id=stop.id, by=officer, now=late)
    with pytest.raises(StageOverError):
        events.end_stage(event_id=event_id, stage_id=stop.id, by=officer, now=late)
    events.end_stage(event_id=event_id, stage_id=punish.id, by=officer, now=late, needed=False, words="找不到当事人。")
    ended = Event.objects.get(pk=event_id).tracks.filter(step="end_stage").order_by("id")
    assert [row.data for row in ended] == [
        {"stage": "制止", "late": True, "needed": True}, {"stage": "处罚", "late": False, "needed": False}
    ]  # fmt: skip


def test_late_stages_are_seen_by_who_sees_the_event(staged):
    event_id = begun(staged)
    now = rows(event_id)[0].due + timedelta(minutes=1)
    assert [row.name for row in events.late_stages(actor=staged.actor("officer"), now=now)] == ["制止"]
    assert not events.late_stages(actor=staged.actor("outsider"), now=now)
    assert not events.late_stages(actor=staged.actor("officer"), now=MONDAY)


@pytest.mark.parametrize(
    ("limit", "unit", "starts", "due"),
    [
        (4, "work_hour", at(11, 16, 9, 30), at(11, 16, 15)),
        (4, "work_hour", at(11, 20, 16), at(11, 23, 11, 30)),
        (7, "work_day", at(11, 16, 9, 30), at(11, 25, 17, 30)),
        (20, "work_day", at(11, 21, 10), at(12, 18, 17, 30)),
        (3, "calendar_day", at(10, 1, 10), at(10, 4, 10)),
    ],
)
def test_dues_of_stages_against_the_calendar(limit, unit, starts, due):
    assert due_by_history(Run(starts, limit, unit), [], CALENDAR) == due


MOMENTS = st.datetimes(MONDAY.replace(tzinfo=None), MONDAY.replace(tzinfo=None, month=12, day=20)).map(
    lambda moment: moment.replace(tzinfo=MONDAY.tzinfo)
)
SPANS = st.lists(
    st.tuples(st.sampled_from(["pause", "suspend", "extend"]), MOMENTS, st.integers(1, 60)), max_size=4
).map(
    lambda found: [
        Span(kind, starts, starts if kind == "extend" else starts + timedelta(hours=n), n if kind == "extend" else 0)
        for kind, starts, n in found
    ]
)


@hypothesis.given(MOMENTS, SPANS, st.integers(1, 6), st.integers(0, 20))
def test_stages_keep_their_order_whatever_holds_or_lengthens_the_clock(start, spans, first, more):
    one, two = Run(start, first, "work_day"), Run(start, first + more, "work_day")
    assert due_by_history(one, spans, CALENDAR) <= due_by_history(two, spans, CALENDAR)


def test_the_run_and_its_dues_are_recomputed_from_rows(staged):
    event = Event.objects.get(pk=begun(staged))
    begun_at, found = stages_by_history(event)
    assert (begun_at, found) == (MONDAY, dues(event.id))


@pytest.mark.slow
@hypothesis.settings(
    max_examples=25, deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@hypothesis.given(st.lists(st.tuples(st.integers(0, 12), ACTS, st.integers(0, 9)), min_size=1, max_size=12))
def test_after_any_history_the_last_stage_is_due_with_the_event(town, history):
    with transaction.atomic():
        item = {**DUMPING, "lead": "community"}
        listed = events.add_duty_list(name="清单", source="测试", items=[*DUTIES, item], now=MONDAY)
        events.put_in_force(duty_list=listed, now=MONDAY)
        event_id, hours = report(town, "有人偷倒渣土", matter="T-08").event_id, 0
        events.keep_stages_of(event_ids=[event_id], now=MONDAY)
        attempt(town, event_id, "accept", 1, MONDAY)
        for more, act, amount in history:
            hours += more
            attempt(town, event_id, act, amount, working(hours))
            event = Event.objects.get(pk=event_id)
            known = dues(event_id)
            assert known == sorted(known), act
            assert known[-1:] in ([], [event.handle_due]), act
            assert not known or event.state in states.WITH_HANDLER, act
            assert event.stage_due == (known[0] if known else None), act
        transaction.set_rollback(True)
