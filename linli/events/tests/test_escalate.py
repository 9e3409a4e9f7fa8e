"""Overdue events rise, level by level, once each, and never fall."""

import contextlib
from datetime import timedelta

import hypothesis
import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import strategies as st

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.actions.alarm import check_standing_rules
from linli.events.actions.dispatch import DownwardError
from linli.events.actions.handle import RisenError
from linli.events.models import Escalation, Event, Track
from linli.events.queries.policies import rise_of
from linli.regions import api as regions
from tests.town import MONDAY, SINCE, report


def working(hours, start=MONDAY):
    return regions.add_working(start, hours=hours)


@pytest.fixture
def staffed(town):
    """Somebody is on duty at the centre too, not only in the street."""
    person = accounts.create_person(username="centre_officer", name="centre_officer", by=accounts.SYSTEM, now=MONDAY)
    town.people["centre_officer"] = person
    accounts.open_holding(
        person=person, post=town.holdings["officer"].post, unit=town.units["centre"], valid_from=SINCE,
        by=accounts.SYSTEM, now=MONDAY,
    )  # fmt: skip
    return town


def levels_of(receipt):
    return list(Escalation.objects.filter(event_id=receipt.event_id).order_by("at").values_list("to_level", flat=True))


def test_nothing_rises_before_its_time(staffed):
    receipt = report(staffed)
    assert events.sweep_overdue(now=working(3.9)).escalated == 0
    assert Event.objects.get(pk=receipt.event_id).escalate_due == working(4)


def test_an_event_climbs_level_by_level_to_the_county(staffed):
    receipt = report(staffed)
    for hours, level, unit in ((4, 20, "nanyuan"), (8, 30, "street"), (16, 40, "centre")):
        assert events.sweep_overdue(now=working(hours)).escalated == 1, level
        event = Event.objects.get(pk=receipt.event_id)
        assert (event.level, event.lead_unit_id, event.state) == (level, staffed.units[unit].id, "dispatched")
        assert events.sweep_overdue(now=working(hours)).escalated == 0
    assert event.escalate_due == working(32)
    assert levels_of(receipt) == [20, 30, 40]


def city_centre(town):
    return accounts.create_unit(
        code="szx", name="虚构市社会治理中心", kind="centre", division_id=town.divisions["city"].id,
        by=accounts.SYSTEM, now=MONDAY,
    )  # fmt: skip


def to_the_county(town):
    receipt = report(town)
    for hours in (4, 8, 16):
        events.sweep_overdue(now=working(hours))
    return receipt


def test_what_the_county_leaves_undone_rises_to_the_city(staffed):
    unit = city_centre(staffed)
    receipt = to_the_county(staffed)
    assert events.sweep_overdue(now=working(32)).escalated == 1
    event = Event.objects.get(pk=receipt.event_id)
    assert (event.level, event.lead_unit_id, event.escalate_due) == (50, unit.id, None)
    assert not events.open_alarms()


def test_without_a_city_unit_it_stays_with_the_county_raises_one_alarm_and_rises_once_there_is_one(staffed):
    receipt = to_the_county(staffed)
    assert not events.open_alarms()
    for later in (0, 1, 2):
        now = working(32) + timedelta(hours=later)
        assert events.sweep_overdue(now=now).escalated == 0
        event = Event.objects.get(pk=receipt.event_id)
        assert (event.level, event.lead_unit_id) == (40, staffed.units["centre"].id)
        assert event.escalate_due == now + timedelta(hours=1), "it is looked at again, never lost"
        (alarm,) = events.open_alarms()
        assert "市" in alarm.sentence
    check_standing_rules(now=now)
    events.sweep_overdue(now=now + timedelta(minutes=1))
    assert len(events.open_alarms()) == 1, "nothing is due this minute, and it still waits"
    unit = city_centre(staffed)
    assert events.sweep_overdue(now=now + timedelta(hours=1)).escalated == 1
    assert Event.objects.get(pk=receipt.event_id).lead_unit_id == unit.id
    assert not events.open_alarms()


def test_the_alarm_ends_when_the_county_does_what_waited(staffed):
    receipt = to_the_county(staffed)
    events.sweep_overdue(now=working(32))
    actor, now = staffed.actor("centre_officer"), working(32) + timedelta(minutes=5)
    events.accept_event(event_id=receipt.event_id, by=actor, now=now)
    events.submit_result(event_id=receipt.event_id, by=actor, now=now, answer="灯已换好。")
    events.sweep_overdue(now=now + timedelta(minutes=1))
    assert not events.open_alarms()


def test_each_rise_leaves_its_traces(staffed):
    receipt = report(staffed)
    events.sweep_overdue(now=working(4))
    track = Track.objects.filter(event_id=receipt.event_id).latest("id")
    assert (track.step, track.data["level"]) == ("escalate", "社区")
    with connection.cursor() as cursor:
        cursor.execute("SELECT elements FROM trust_ledgerentry WHERE object_id = %s", [str(receipt.event_id)])
        assert cursor.fetchall()[-1] == (["escalate"],)
        cursor.execute("SELECT count(*) FROM kernel_journalentry WHERE kind = 'events.EventEscalated'")
        assert cursor.fetchone() == (1,)


def test_the_unit_that_was_late_still_sees_it_and_helps(staffed):
    receipt = report(staffed)
    events.sweep_overdue(now=working(4))
    events.sweep_overdue(now=working(8))
    seen = events.events_seen_by(staffed.actor("community_worker"))
    assert seen.filter(pk=receipt.event_id).exists()


def test_comments_do_not_stop_the_clock_but_accepting_does(staffed):
    receipt, accepted = report(staffed), report(staffed)
    worker = staffed.actor("community_worker")
    events.add_note(event_id=receipt.event_id, by=worker, now=working(3), words="正在协调。", public=False)
    events.accept_event(event_id=accepted.event_id, by=worker, now=working(3))
    events.sweep_overdue(now=working(4))
    assert (levels_of(receipt), levels_of(accepted)) == ([20], [])


def test_what_nobody_was_given_rises_too_and_can_still_be_assigned(staffed):
    receipt = report(staffed, "这里有个奇怪的东西", matter=None)
    assert receipt.state == "screening"
    events.sweep_overdue(now=working(6))
    event = Event.objects.get(pk=receipt.event_id)
    assert (event.level, event.state) == (40, "screening")
    events.dispatch_event(
        event_id=event.id, by=staffed.actor("dispatcher"), now=working(7), matter_code="T-01", words=""
    )
    assert Event.objects.get(pk=receipt.event_id).level == 40


def test_what_rose_is_not_given_back_and_not_given_down(staffed):
    receipt = report(staffed)
    events.sweep_overdue(now=working(4))
    events.sweep_overdue(now=working(8))
    officer = staffed.actor("street_officer")
    with pytest.raises(RisenError):
        events.return_event(event_id=receipt.event_id, by=officer, now=working(9), words="请社区处理。")
    with pytest.raises(DownwardError):
        events.dispatch_event(
            event_id=receipt.event_id, by=staffed.actor("dispatcher"), now=working(9), matter_code="T-01"
        )
    number = Event.objects.get(pk=receipt.event_id).number
    assert "return" not in events.case(number=number, actor=staffed.actor("dispatcher")).steps


def test_the_level_never_falls_even_in_the_database(staffed):
    receipt = report(staffed)
    events.sweep_overdue(now=working(4))
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=receipt.event_id).update(level=10)


def test_a_level_without_anybody_on_duty_is_passed_over(town):
    accounts.end_holding(holding=town.holdings["street_officer"], by=accounts.SYSTEM, now=MONDAY)
    receipt = report(town)
    events.sweep_overdue(now=working(4))
    events.sweep_overdue(now=working(8))
    assert levels_of(receipt) == [20, 40]


def test_submitted_and_ended_events_do_not_rise(staffed):
    receipt = report(staffed)
    worker = staffed.actor("community_worker")
    events.accept_event(event_id=receipt.event_id, by=worker, now=MONDAY)
    events.submit_result(event_id=receipt.event_id, by=worker, now=MONDAY, answer="灯已换好。")
    assert Event.objects.get(pk=receipt.event_id).escalate_due is None
    assert events.sweep_overdue(now=MONDAY + timedelta(days=30)).escalated == 0


ACTS = st.sampled_from(("sweep", "note", "accept", "submit", "send_back", "dispatch", "return"))


@pytest.mark.slow
@hypothesis.settings(
    max_examples=40, deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@hypothesis.given(st.lists(st.tuples(st.integers(0, 9), ACTS), min_size=1, max_size=14), st.booleans())
def test_whatever_happens_an_event_rises_once_per_level_and_never_stays_overdue(staffed, history, certain):
    with transaction.atomic():
        receipt = report(staffed, "3栋楼道灯坏了", matter="T-01" if certain else None)
        hours = 0
        for more, act in history:
            hours += more
            before = Event.objects.get(pk=receipt.event_id).level
            _try(staffed, receipt.event_id, act, working(hours))
            assert Event.objects.get(pk=receipt.event_id).level >= before
        events.sweep_overdue(now=working(hours))
        event = Event.objects.get(pk=receipt.event_id)
        due = rise_of(event)
        levels = levels_of(receipt)
        assert due is None or due.at > working(hours) or due.rule.role == "city", "still overdue after a sweep"
        assert event.escalate_due == (due.at if due else None) or event.escalate_due > working(hours)
        assert levels == sorted(set(levels)), "a level was reached twice"
        assert event.level == max(levels, default=0)
        transaction.set_rollback(True)


def _try(town, event_id, act, now):
    """Do it where the table of states and the rights allow it; else nothing happens."""
    acts = {
        "sweep": lambda: events.sweep_overdue(now=now),
        "note": lambda: events.add_note(event_id=event_id, by=accounts.SYSTEM, now=now, words="催办。", public=False),
        "accept": lambda: events.accept_event(event_id=event_id, by=_anybody(town), now=now),
        "submit": lambda: events.submit_result(event_id=event_id, by=_anybody(town), now=now, answer="已处理。"),
        "send_back": lambda: events.check_result(
            event_id=event_id, by=town.actor("checker"), now=now, passed=False, words="没有处理好。"
        ),
        "dispatch": lambda: events.dispatch_event(
            event_id=event_id, by=town.actor("dispatcher"), now=now, matter_code="T-02"
        ),
        "return": lambda: events.return_event(event_id=event_id, by=_anybody(town), now=now, words="不归我管。"),
    }
    with contextlib.suppress(events.RefusedError), transaction.atomic():
        acts[act]()


def _anybody(town):
    """Return somebody who may handle whatever unit leads it."""
    held = [
        town.actor(name).holdings[0] for name in ("community_worker", "officer", "street_officer", "centre_officer")
    ]
    return accounts.Actor(town.people["officer"].id, "陈立", "staff", tuple(held))
