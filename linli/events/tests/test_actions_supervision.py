"""Supervision notes, call-backs and volunteers: who may, what is kept, what is refused."""

from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.models import Callback, Rating
from linli.trust import api as trust
from tests.town import MONDAY, SINCE, TENANT_PHONE, report

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=7)
DAY = MONDAY.date()


def supervise(town, *receipts, by="dispatcher", level="key", hours=8, now=LATER):
    ids = [receipt.event_id for receipt in receipts]
    return events.supervise_events(
        event_ids=ids, level=level, words="已经超时，请说明原因。", hours=hours, by=town.actor(by), now=now
    )


def closed(town, receipt, now=MONDAY):
    worker, checker = town.actor("community_worker"), town.actor("checker")
    events.accept_event(event_id=receipt.event_id, by=worker, now=now)
    events.submit_result(event_id=receipt.event_id, by=worker, now=now, answer="灯已换好。")
    events.check_result(event_id=receipt.event_id, by=checker, now=now, passed=True)
    return events.close_event(event_id=receipt.event_id, by=checker, now=now, reason="solved")


def draw(town, by="checker", **more):
    asked = {"first_day": DAY, "last_day": DAY, "percent": 10, **more}
    return events.draw_callbacks(by=town.actor(by), now=LATER, **asked)


def test_a_group_of_overdue_events_becomes_one_note_to_each_unit(town):
    lamps, rubbish = [report(town), report(town)], report(town, "门口垃圾成堆", matter="T-02")
    notes = supervise(town, *lamps, rubbish)
    about = {note.unit_id: note.about.count() for note in notes}
    assert about == {town.units["nanyuan"].id: 2, town.units["csgl"].id: 1}
    assert all(note.by_unit_id == town.units["centre"].id for note in notes)


def test_a_note_that_is_answered_late_counts_as_late_for_the_unit_and_for_who_supervises(town):
    note = supervise(town, report(town))[0]
    late = note.due_at + timedelta(hours=1)
    events.answer_supervision(note_id=note.id, by=town.actor("community_worker"), now=late, words="配件今天才到。")
    seen = {"since": MONDAY, "now": late}
    for figures in (events.supervisors, events.supervised_units):
        row = figures(town.actor("dispatcher"), **seen)[0]
        assert (row.notes, row.in_time, row.late, row.missing) == (1, 0, 1, 0)


def test_only_the_unit_answers_and_only_once(town):
    note = supervise(town, report(town))[0]
    with pytest.raises(trust.NotAllowed):
        events.answer_supervision(note_id=note.id, by=town.actor("dispatcher"), now=LATER, words="好")
    with pytest.raises(trust.Hidden):
        events.answer_supervision(note_id=note.id, by=town.actor("officer"), now=LATER, words="好")
    events.answer_supervision(note_id=note.id, by=town.actor("community_worker"), now=LATER, words="今天换灯。")
    with pytest.raises(events.AnsweredAlreadyError):
        events.answer_supervision(note_id=note.id, by=town.actor("community_worker"), now=LATER, words="再答")


def test_a_note_without_words_without_limit_or_about_what_has_ended_is_refused(town):
    receipt = report(town)
    with pytest.raises(events.LimitMissingError):
        supervise(town, receipt, hours=0)
    with pytest.raises(trust.NotAllowed):
        supervise(town, receipt, level="leader")
    with pytest.raises(trust.Hidden):
        supervise(town, receipt, by="outsider")
    assert supervise(town, receipt, level="leader", by="leader")
    with pytest.raises(events.NothingOpenError):
        supervise(town, report_closed(town))


def report_closed(town):
    receipt = report(town)
    closed(town, receipt)
    return receipt


def test_notes_are_seen_by_who_supervises_the_area_and_by_the_unit(town):
    note = supervise(town, report(town))[0]
    for name, seen in (("dispatcher", 1), ("community_worker", 1), ("officer", 0), ("outsider", 0), ("checker", 0)):
        assert events.notes_seen_by(town.actor(name)).filter(pk=note.pk).count() == seen, name


@pytest.mark.slow
def test_the_same_seed_draws_the_same_events_and_nobody_is_called_twice(town):
    for _ in range(12):
        closed(town, report(town))
    first = draw(town, percent=25, seed="七")
    drawn = set(first.calls.values_list("event_id", flat=True))
    assert (first.population, len(drawn)) == (12, 3)
    first.delete()
    again = draw(town, percent=25, seed="七")
    assert set(again.calls.values_list("event_id", flat=True)) == drawn
    assert again.digest == first.digest
    second = draw(town, percent=100)
    assert drawn.isdisjoint(second.calls.values_list("event_id", flat=True))


def test_each_unit_has_at_least_one_call_and_who_left_no_phone_is_not_called(town):
    closed(town, report(town))
    closed(town, report(town, phone="", name=""))
    assert draw(town, percent=1).calls.count() == 1
    with pytest.raises(events.NothingToDrawError):
        draw(town)


def test_what_is_said_on_the_telephone_stays_apart_from_the_rating(town):
    receipt = report_closed(town)
    call = draw(town).calls.get()
    checker = town.actor("checker")
    said = {"callback_id": call.id, "by": checker, "now": LATER}
    events.note_callback(**said, outcome="not_reached", words="无人接听")
    with pytest.raises(events.AnswersMissingError):
        events.note_callback(**said, outcome="reached", words="说好了")
    events.note_callback(**said, outcome="reached", solved=False, satisfied=2, words="又不亮了，电话13800001111")
    call = Callback.objects.get(pk=call.pk)
    assert (call.tries, call.solved, call.satisfied) == (2, False, 2)
    assert "13800001111" not in call.words
    assert not Rating.objects.filter(event_id=receipt.event_id).exists()
    with pytest.raises(events.CalledAlreadyError):
        events.note_callback(**said, outcome="not_reached", words="再打")
    assert events.callback_counts(checker) == {"waiting": 0, "unsolved": 1, "done": 1}


def test_the_phone_for_a_call_back_is_revealed_with_that_purpose(town):
    receipt = report_closed(town)
    revealed = events.reveal_reporter(
        event_id=receipt.event_id, by=town.actor("checker"), purpose="call_back", now=LATER
    )
    assert revealed.phone == "13800001111"


def test_who_handled_it_may_not_call_back(town):
    receipt = report_closed(town)
    call = draw(town).calls.get()
    events.Event.objects.filter(pk=receipt.event_id).update(handlers=[town.people["dispatcher"].pk])
    with pytest.raises(events.OwnWorkError):
        events.note_callback(
            callback_id=call.id, by=town.actor("dispatcher"), now=LATER, outcome="not_reached", words="无人接听"
        )


def volunteer(town, phone=TENANT_PHONE):
    post = accounts.save_post(
        code="t-volunteer", name="志愿核查员", capabilities=["events.volunteer"], by=accounts.SYSTEM, now=MONDAY
    )
    person = accounts.resident_by_phone(phone=phone, now=MONDAY)
    accounts.open_holding(
        person=person, post=post, unit=town.units["nanyuan"], valid_from=SINCE, by=accounts.SYSTEM, now=MONDAY
    )
    return accounts.actor_for(person, on=DAY)


def submitted(town, **more):
    receipt = report(town, "我叫吴桂芳，电话13800001111，3栋楼道灯坏了", **more)
    worker = town.actor("community_worker")
    events.accept_event(event_id=receipt.event_id, by=worker, now=MONDAY)
    events.submit_result(event_id=receipt.event_id, by=worker, now=MONDAY, answer="吴桂芳您好，灯已换好。")
    return receipt


def test_a_volunteer_sees_the_place_and_nobody(town):
    receipt, who = submitted(town), volunteer(town)
    assert events.volunteer_tasks(who) == []
    check = events.ask_volunteers(event_id=receipt.event_id, by=town.actor("checker"), now=MONDAY)
    task = events.look_as_volunteer(check_id=check.id, by=who, now=MONDAY)
    assert "13800001111" not in f"{task}"
    assert "南苑社区" in task.place
    assert events.volunteer_sees(event_id=receipt.event_id, actor=who)
    with pytest.raises(trust.NotAllowed):
        events.check_as_volunteer(
            check_id=check.id, by=town.actor("old_wu"), now=MONDAY, solved=True, words="亮了", photos=[]
        )
    events.check_as_volunteer(check_id=check.id, by=who, now=MONDAY, solved=False, words="还是黑的", photos=[])
    assert events.volunteer_tasks(who) == []
    assert events.Event.objects.get(pk=receipt.event_id).state == "submitted"
    assert events.checks_on(receipt.event_id).get().words == "还是黑的"


def test_nobody_checks_the_own_report_and_the_area_holds(town):
    receipt, reporter = submitted(town), volunteer(town, phone="13800001111")
    events.ask_volunteers(event_id=receipt.event_id, by=town.actor("checker"), now=MONDAY)
    assert events.volunteer_tasks(reporter) == []
    beyond = submitted(town, grid=1, phone="13700003333")
    events.Event.objects.filter(pk=beyond.event_id).update(community=town.divisions["xuefu"])
    events.ask_volunteers(event_id=beyond.event_id, by=town.actor("checker"), now=MONDAY)
    assert len(events.volunteer_tasks(volunteer(town))) == 1


def test_volunteers_are_asked_about_public_matters_with_a_result_only(town):
    checker = town.actor("checker")
    private = report(town, "门口垃圾成堆", matter="T-02")
    with pytest.raises(events.NotPublicError):
        events.ask_volunteers(event_id=private.event_id, by=checker, now=MONDAY)
    with pytest.raises(events.NothingToLookAtError):
        events.ask_volunteers(event_id=report(town).event_id, by=checker, now=MONDAY)


def test_a_resident_can_not_hold_a_post_of_the_staff(town):
    post = accounts.save_post(
        code="t-both",
        name="混合岗",
        capabilities=["events.volunteer", "events.see_area"],
        by=accounts.SYSTEM,
        now=MONDAY,
    )
    with pytest.raises(accounts.StaffPostError):
        accounts.open_holding(
            person=town.people["tenant"], post=post, unit=town.units["nanyuan"], by=accounts.SYSTEM, now=MONDAY
        )
    assert not volunteer(town).can("events.see_area")
