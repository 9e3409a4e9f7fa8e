"""Tasks of co-units, calls for joint action, and plans in stages."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.events import api as events
from linli.events.models import Event, Part, Playbook, PlaybookRun, Response, Task, Track
from linli.events.rules import joint, playbook
from linli.events.sample import matters
from linli.events.tests.test_actions_life import LATER
from linli.regions import api as regions
from linli.trust import api as trust
from tests.town import MONDAY, report

STAGES = [
    {"what": "到场警戒", "unit": "community", "limit": 2, "limit_unit": "hour", "closing_condition": "已设警戒"},
    {"what": "调查抛掷人", "unit": "department:csgl", "limit": 3, "limit_unit": "work_day",
     "closing_condition": "已查明"},
    {"what": "回访住户", "unit": "lead", "limit": 5, "limit_unit": "work_day", "closing_condition": "已回访"},
]  # fmt: skip


@pytest.fixture
def accepted(town):
    """An event that the community leads and works on."""
    receipt = report(town)
    events.accept_event(event_id=receipt.event_id, by=town.actor("community_worker"), now=MONDAY)
    return Event.objects.get(pk=receipt.event_id)


def give(town, event, **more):
    asked = {"unit_id": town.units["csgl"].id, "what": "清理楼道杂物", "limit": 1, "limit_unit": "work_day", **more}
    return events.give_task(event_id=event.id, by=town.actor("community_worker"), now=MONDAY, **asked)


def plan(town, **more):
    made = {"code": "p", "name": "处置方案", "matter_codes": ["T-01"], "stages": STAGES, "source": "测试", **more}
    book = events.add_playbook(now=MONDAY, **made)
    events.put_playbook_in_force(playbook=book, at=MONDAY)
    return book


@pytest.mark.slow
def test_a_task_goes_from_the_lead_to_the_unit_and_back_until_it_is_signed_off(town, accepted):
    task = give(town, accepted)
    officer, lead = town.actor("officer"), town.actor("community_worker")
    assert task.due == regions.add_working(MONDAY, days=1)
    assert Part.objects.filter(event=accepted, unit=town.units["csgl"]).exists(), "the unit sees the event"
    events.answer_task(task_id=task.id, by=officer, now=LATER, answer="已清理一半")
    events.send_task_back(task_id=task.id, by=lead, now=LATER, words="三层还有")
    events.answer_task(task_id=task.id, by=officer, now=LATER, answer="全部清理")
    done = events.sign_off_task(task_id=task.id, by=lead, now=LATER)
    assert (done.state, done.ended_by_id) == ("done", lead.person_id)
    steps = list(Track.objects.filter(event=accepted).order_by("id").values_list("step", flat=True))
    assert steps[-5:] == ["task_give", "task_answer", "task_back", "task_answer", "task_sign_off"]


@pytest.mark.slow
def test_the_lead_can_neither_submit_nor_close_over_an_open_task(town, accepted):
    task = give(town, accepted)
    lead = town.actor("community_worker")
    with pytest.raises(events.HeldError, match="清理楼道杂物") as refused:
        events.submit_result(event_id=accepted.id, by=lead, now=LATER, answer="好了")
    assert "城市管理局" in str(refused.value)
    events.answer_task(task_id=task.id, by=town.actor("officer"), now=LATER, answer="已清理")
    with pytest.raises(events.HeldError):
        events.submit_result(event_id=accepted.id, by=lead, now=LATER, answer="好了")
    events.sign_off_task(task_id=task.id, by=lead, now=LATER)
    assert events.submit_result(event_id=accepted.id, by=lead, now=LATER, answer="好了").state == "submitted"


def test_a_task_given_after_the_result_was_submitted_holds_the_closing(town, accepted):
    events.submit_result(event_id=accepted.id, by=town.actor("community_worker"), now=LATER, answer="好了")
    give(town, accepted)
    checker = town.actor("checker")
    events.check_result(event_id=accepted.id, by=checker, now=LATER, passed=True)
    with pytest.raises(events.HeldError):
        events.close_event(event_id=accepted.id, by=checker, now=LATER, reason="solved")


@pytest.mark.slow
def test_only_the_asked_unit_answers_and_only_the_lead_signs_off(town, accepted):
    task = give(town, accepted)
    with pytest.raises(trust.NotAllowed):
        events.answer_task(task_id=task.id, by=town.actor("community_worker"), now=LATER, answer="我来")
    events.answer_task(task_id=task.id, by=town.actor("officer"), now=LATER, answer="已清理")
    for who in ("officer", "checker", "outsider"):
        with pytest.raises(trust.NotAllowed):
            events.sign_off_task(task_id=task.id, by=town.actor(who), now=LATER)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"limit": 0}, joint.LimitRefusedError),
        ({"limit": 5000}, joint.LimitRefusedError),
        ({"what": "  "}, events.WordsMissingError),
        ({"unit_id": 10**9}, joint.ClosedUnitError),
    ],
)
def test_what_can_not_be_asked_is_refused_in_a_sentence(town, accepted, wrong, refusal):
    with pytest.raises(refusal) as refused:
        give(town, accepted, **wrong)
    assert str(refused.value)
    assert not Task.objects.exists()


def test_a_task_for_the_lead_itself_is_refused(town, accepted):
    with pytest.raises(joint.OwnUnitError):
        give(town, accepted, unit_id=accepted.lead_unit_id)


@pytest.mark.slow
def test_two_people_at_once_the_second_is_told(town, accepted):
    task = give(town, accepted)
    events.answer_task(task_id=task.id, by=town.actor("officer"), now=LATER, answer="已清理")
    with pytest.raises(joint.TaskMovedError):
        events.answer_task(task_id=task.id, by=town.actor("colleague"), now=LATER, answer="我也清了")
    assert Task.objects.get().answer == "已清理"


@pytest.mark.slow
def test_a_withdrawn_task_holds_nothing_and_stays_in_the_timeline(town, accepted):
    task = give(town, accepted)
    events.withdraw_task(task_id=task.id, by=town.actor("community_worker"), now=LATER, words="不需要了")
    submitted = events.submit_result(event_id=accepted.id, by=town.actor("community_worker"), now=LATER, answer="好了")
    assert submitted.state == "submitted"
    assert Track.objects.filter(event=accepted, step="task_withdraw", text="不需要了").exists()


def test_a_unit_with_a_task_goes_on_seeing_the_event_after_a_new_dispatch(town):
    receipt = report(town)
    event = Event.objects.get(pk=receipt.event_id)
    give(town, event)
    events.dispatch_event(event_id=event.id, by=town.actor("dispatcher"), now=LATER, matter_code="T-03")
    events.dispatch_event(event_id=event.id, by=town.actor("dispatcher"), now=LATER, matter_code="T-01")
    assert events.case(number=receipt.number, actor=town.actor("officer")) is not None


@pytest.mark.slow
def test_the_tasks_of_my_unit_are_listed_by_clock_and_nobody_elses(town, accepted):
    late = give(town, accepted, what="后到期", limit=3)
    soon = give(town, accepted, what="先到期", limit=1)
    page = events.unit_tasks(actor=town.actor("officer"), tab="open", now=MONDAY)
    assert [task.id for task in page.items] == [soon.id, late.id]
    assert events.unit_task_counts(actor=town.actor("officer"), now=soon.due + timedelta(seconds=1)) == {
        "open": 2,
        "overdue": 1,
    }
    for who in ("community_worker", "outsider", "checker"):
        assert not events.unit_tasks(actor=town.actor(who), tab="open", now=MONDAY).items


def blow(town, event, **more):
    called = {"unit_ids": [town.units["csgl"].id, town.units["street"].id], "words": "请到3栋", "limit": 2, **more}
    return events.blow_whistle(event_id=event.id, by=town.actor("community_worker"), now=MONDAY, **called)


@pytest.mark.slow
def test_who_is_called_responds_in_time_or_late_and_both_show(town, accepted):
    whistle = blow(town, accepted)
    assert whistle.due == MONDAY + timedelta(hours=2)
    late = whistle.due + timedelta(minutes=5)
    events.respond_to_whistle(event_id=accepted.id, by=town.actor("officer"), now=late, arrived=True)
    (call,) = events.joint_work(event=accepted, now=late).calls
    assert [(one.unit_name, one.standing, one.late) for one in call.called] == [
        ("城市管理局", "arrived", True),
        ("南苑街道办事处", "missing", True),
    ]
    with pytest.raises(joint.NotCalledError):
        events.respond_to_whistle(event_id=accepted.id, by=town.actor("officer"), now=late, arrived=True)


def test_who_answers_from_afar_may_still_arrive(town, accepted):
    blow(town, accepted)
    officer = town.actor("officer")
    events.respond_to_whistle(event_id=accepted.id, by=officer, now=LATER, arrived=False, words="一小时后到")
    events.respond_to_whistle(event_id=accepted.id, by=officer, now=LATER, arrived=True)
    row = Response.objects.get(unit=town.units["csgl"])
    assert (row.answered_at, row.arrived_at, row.words) == (LATER, LATER, "一小时后到")


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"limit": 0}, joint.LimitRefusedError),
        ({"unit_ids": []}, joint.NobodyNamedError),
        ({"words": ""}, events.WordsMissingError),
    ],
)
def test_a_call_that_can_not_be_kept_is_refused(town, accepted, wrong, refusal):
    with pytest.raises(refusal):
        blow(town, accepted, **wrong)


@pytest.mark.slow
def test_only_who_may_whistle_does(town, accepted):
    with pytest.raises(trust.NotAllowed):
        events.blow_whistle(
            event_id=accepted.id, by=town.actor("officer"), now=MONDAY, unit_ids=[1], words="来", limit=1
        )
    with pytest.raises(joint.OwnUnitError):
        blow(town, accepted, unit_ids=[town.units["nanyuan"].id])


@given(limit=st.integers(1, 400), minutes=st.integers(0, 60_000), arrived=st.booleans())
def test_late_is_exactly_after_the_deadline(limit, minutes, arrived):
    due = joint.due_after(limit, "hour", MONDAY, None)
    at = MONDAY + timedelta(minutes=minutes)
    known = {"arrived": at if arrived else None, "answered": None if arrived else at}
    assert joint.standing(due=due, now=at, **known) == ("arrived" if arrived else "answered", at > due)
    assert joint.standing(due=due, now=at, arrived=None, answered=None)[1] is (at > due)


@pytest.mark.slow
def test_a_plan_runs_stage_by_stage_each_by_its_unit(town, accepted):
    book = plan(town)
    lead, officer = town.actor("community_worker"), town.actor("officer")
    run = events.start_playbook(event_id=accepted.id, by=lead, now=MONDAY, playbook_id=book.id)
    first = Task.objects.get(run=run)
    assert (first.unit_id, first.due) == (accepted.lead_unit_id, MONDAY + timedelta(hours=2))
    with pytest.raises(events.HeldError, match="到场警戒"):
        events.submit_result(event_id=accepted.id, by=lead, now=MONDAY, answer="好了")
    events.finish_stage(task_id=first.id, by=lead, now=LATER, answer="警戒已设")
    second = Task.objects.get(run=run, stage=1)
    assert second.unit_id == town.units["csgl"].id
    with pytest.raises(trust.NotAllowed):
        events.finish_stage(task_id=second.id, by=lead, now=LATER, answer="我代办")
    events.finish_stage(task_id=second.id, by=officer, now=LATER, answer="已查明")
    (seen,) = events.joint_work(event=accepted, now=LATER).runs
    assert [one.task and one.task.state for one in seen.stages] == ["done", "done", "open"]
    events.finish_stage(task_id=Task.objects.get(run=run, stage=2).id, by=lead, now=LATER, answer="已回访")
    run.refresh_from_db()
    assert (run.ended_at, run.stopped_because) == (LATER, "")
    assert events.submit_result(event_id=accepted.id, by=lead, now=LATER, answer="好了").state == "submitted"


def test_a_begun_plan_keeps_its_version_and_a_rollback_is_a_new_one(town, accepted):
    old = plan(town)
    lead = town.actor("community_worker")
    run = events.start_playbook(event_id=accepted.id, by=lead, now=MONDAY, playbook_id=old.id)
    short = plan(town, stages=STAGES[:1])
    assert [book.number for book in events.playbooks_in_force(now=MONDAY)] == [2]
    assert PlaybookRun.objects.get(pk=run.pk).playbook.stages == old.stages
    again = events.restore_playbook(playbook=old, now=LATER)
    assert (again.number, len(again.stages), short.number) == (3, 3, 2)
    assert [book.number for book in events.playbooks_in_force(now=LATER)] == [3]


def test_a_draft_and_a_plan_of_tomorrow_can_not_begin_today(town, accepted):
    draft = events.add_playbook(code="d", name="草稿", matter_codes=["T-01"], stages=STAGES, source="测试", now=MONDAY)
    lead = town.actor("community_worker")
    for day in (None, MONDAY + timedelta(days=1)):
        if day:
            events.put_playbook_in_force(playbook=draft, at=day)
        with pytest.raises(events.RefusedError):
            events.start_playbook(event_id=accepted.id, by=lead, now=MONDAY, playbook_id=draft.id)
    assert not events.playbooks_for(event=accepted, now=MONDAY)


@pytest.mark.slow
def test_one_plan_at_a_time_and_a_stopped_one_lets_go(town, accepted):
    book = plan(town)
    lead = town.actor("community_worker")
    events.start_playbook(event_id=accepted.id, by=lead, now=MONDAY, playbook_id=book.id)
    with pytest.raises(events.RefusedError):
        events.start_playbook(event_id=accepted.id, by=lead, now=MONDAY, playbook_id=book.id)
    with pytest.raises(joint.StageNeedsPlaybookError):
        events.withdraw_task(task_id=Task.objects.get().id, by=lead, now=MONDAY, words="跳过")
    events.stop_playbook(event_id=accepted.id, by=lead, now=LATER, words="已由公安立案")
    assert Task.objects.get().state == "withdrawn"
    assert events.submit_result(event_id=accepted.id, by=lead, now=LATER, answer="好了").state == "submitted"


@pytest.mark.parametrize(
    ("change", "names"),
    [({"limit": 0}, "1"), ({"unit": "mayor"}, "mayor"), ({"closing_condition": ""}, "1"), ({"limit_unit": ""}, "1")],
)
def test_a_broken_plan_is_refused_when_it_is_saved(db, change, names):
    with pytest.raises(playbook.PlaybookRefusedError, match=names):
        events.add_playbook(
            code="x", name="坏", matter_codes=["T-01"], stages=[{**STAGES[0], **change}], source="测试", now=MONDAY
        )
    assert not Playbook.objects.exists()


def test_five_sample_plans_ship_and_are_planted_once(town):
    assert events.plant_sample_playbooks(now=MONDAY) == 5
    assert events.plant_sample_playbooks(now=MONDAY) == 0
    assert all(book.is_sample and len(book.stages) >= 4 for book in Playbook.objects.all())
    names = {item["code"]: item["name"] for item in matters.duty_list()["items"]}
    assert all(code in names for book in Playbook.objects.all() for code in book.matter_codes)
    assert [names[code] for code in Playbook.objects.get(code="group-renting").matter_codes] == ["群租房"]
