"""Pauses, suspensions, extensions, hang-ups: kept as rows, and every deadline follows from them."""

import contextlib
from datetime import timedelta

import hypothesis
import pytest
from django.db import transaction
from hypothesis import strategies as st

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.models import ClockSpan, Event, Track
from linli.events.queries.clocks import handle_due_of
from linli.events.rules.clocks import Run, Span, due_by_history
from linli.events.rules.holds import (
    AskedAlreadyError,
    HeldAlreadyError,
    LimitError,
    NoMoreError,
    NothingAskedError,
    OverdueError,
)
from linli.regions import api as regions
from linli.trust import api as trust
from tests.town import MONDAY, report

CALENDAR = regions.WorkingCalendar(regions.CalendarDefinition(2026, 2028))


def working(hours, start=MONDAY):
    return regions.add_working(start, hours=hours)


@pytest.fixture
def accepted(town):
    receipt = report(town)
    events.accept_event(event_id=receipt.event_id, by=town.actor("community_worker"), now=MONDAY)
    return town, receipt.event_id


def event_of(event_id):
    return Event.objects.get(pk=event_id)


def pause(town, event_id, *, now=MONDAY, days=2, words="等反映人回电。"):
    worker = town.actor("community_worker")
    return events.pause_event(event_id=event_id, by=worker, now=now, words=words, days=days)


def test_a_clock_that_waits_for_the_reporter_goes_on_when_they_answer(accepted):
    town, event_id = accepted
    Event.objects.filter(pk=event_id).update(reporter_token=town.actor("old_wu").phone_token)
    pause(town, event_id, days=2)
    answered = MONDAY + timedelta(hours=3)
    events.add_information(event_id=event_id, by=town.actor("old_wu"), now=answered, words="在3栋2单元楼道口。")
    event, span = event_of(event_id), ClockSpan.objects.get(event=event_id)
    assert (event.held, event.held_until, span.ended_at) == ("", None, answered)
    assert event.handle_due == handle_due_of(event)
    steps = Track.objects.filter(event=event_id).order_by("id").values_list("step", flat=True)
    assert list(steps)[-2:] == ["information", "resume"]


def ask(town, event_id, kind, amount, *, now=MONDAY):
    worker = town.actor("community_worker")
    return events.ask_for_time(event_id=event_id, by=worker, now=now, kind=kind, words="配件要订货。", amount=amount)


def decide(town, event_id, *, granted=True, now=MONDAY, words=""):
    by = town.actor("dispatcher")
    return events.decide_time(event_id=event_id, by=by, now=now, granted=granted, words=words)


def test_a_pause_moves_the_deadline_by_the_working_time_it_took(accepted):
    town, event_id = accepted
    before = event_of(event_id).handle_due
    pause(town, event_id)
    events.resume_event(event_id=event_id, by=town.actor("community_worker"), now=working(3))
    event = event_of(event_id)
    assert regions.working_seconds(before, event.handle_due) == 3 * 3600
    assert (event.held, event.held_until) == ("", None)


def test_a_pause_ends_by_itself_at_its_limit(accepted):
    town, event_id = accepted
    event = pause(town, event_id, days=1)
    assert events.tend_clocks(now=event.held_until - timedelta(minutes=1)) == (0, 0)
    assert events.tend_clocks(now=event.held_until + timedelta(days=3)) == (1, 0)
    assert event_of(event_id).handle_due == event.handle_due
    assert ClockSpan.objects.get().ended_at == event.held_until


def test_what_is_paused_does_not_rise(accepted):
    town, event_id = accepted
    events.sweep_overdue(now=MONDAY)
    before = event_of(event_id).escalate_due
    assert pause(town, event_id).escalate_due > before


@pytest.mark.parametrize("days", [0, -1, 6])
def test_a_limit_of_zero_or_beyond_the_policy_is_refused_with_the_bounds(accepted, days):
    town, event_id = accepted
    with pytest.raises(LimitError, match=r"1.*5"):
        pause(town, event_id, days=days)
    assert not ClockSpan.objects.exists()


def test_an_overdue_event_is_not_paused_and_not_paused_twice(accepted):
    town, event_id = accepted
    pause(town, event_id)
    with pytest.raises(HeldAlreadyError):
        pause(town, event_id)
    events.resume_event(event_id=event_id, by=town.actor("community_worker"), now=MONDAY)
    with pytest.raises(OverdueError):
        pause(town, event_id, now=MONDAY + timedelta(days=60))


def test_an_extension_is_asked_by_the_handler_and_decided_by_another(accepted):
    town, event_id = accepted
    before = event_of(event_id).handle_due
    ask(town, event_id, "extend", 8)
    assert event_of(event_id).handle_due == before
    with pytest.raises(AskedAlreadyError):
        ask(town, event_id, "extend", 8)
    event = decide(town, event_id)
    assert event.handle_due == working(8, before)
    with pytest.raises(NoMoreError):
        ask(town, event_id, "extend", 8)
    with pytest.raises(NothingAskedError):
        decide(town, event_id)


def test_a_refused_wish_needs_words_and_changes_nothing(accepted):
    town, event_id = accepted
    before = event_of(event_id).handle_due
    ask(town, event_id, "suspend", 3)
    with pytest.raises(events.WordsMissingError):
        decide(town, event_id, granted=False)
    assert decide(town, event_id, granted=False, words="可以先做临时处理。").handle_due == before


def test_what_is_hung_up_is_called_to_mind_and_comes_back(accepted):
    town, event_id = accepted
    ask(town, event_id, "hang_up", 30)
    event = decide(town, event_id)
    assert (event.held, event.held_until) == ("hang_up", MONDAY + timedelta(days=30))
    assert [span.event_id for span in events.hung_up(actor=town.actor("dispatcher"))] == [event_id]
    assert events.tend_clocks(now=MONDAY + timedelta(days=27)) == (0, 1)
    assert events.tend_clocks(now=MONDAY + timedelta(days=27)) == (0, 0)
    assert Track.objects.filter(event_id=event_id, step="review_due").count() == 1
    by = town.actor("dispatcher")
    review = {"words": "产权纠纷还在诉讼。", "days": 60}
    events.review_hang_up(event_id=event_id, by=by, now=MONDAY + timedelta(days=28), **review)
    assert event_of(event_id).held_until == MONDAY + timedelta(days=88)
    assert events.tend_clocks(now=MONDAY + timedelta(days=89))[0] == 1
    event = event_of(event_id)
    assert (event.held, event.state) == ("", "accepted")
    assert event.handle_due > MONDAY + timedelta(days=88)


@pytest.mark.parametrize("kind", ["suspend", "hang_up"])
def test_what_stands_already_is_not_held_twice(accepted, kind):
    town, event_id = accepted
    worker, words = town.actor("community_worker"), "说明情况。"
    events.ask_for_time(event_id=event_id, by=worker, now=working(1), kind=kind, words=words, amount=1)
    pause(town, event_id)
    with pytest.raises(HeldAlreadyError):
        events.decide_time(event_id=event_id, by=town.actor("dispatcher"), now=working(2), granted=True)
    assert event_of(event_id).held == "pause"


def test_a_result_ends_the_pause(accepted):
    town, event_id = accepted
    pause(town, event_id)
    worker = town.actor("community_worker")
    event = events.submit_result(event_id=event_id, by=worker, now=working(1), answer="灯已换好。")
    assert (event.held, event.handle_due) == ("", handle_due_of(event))


ACTS = st.sampled_from(
    ("pause", "resume", "extend", "suspend", "hang_up", "grant", "refuse", "review", "tend", "submit", "send_back",
     "sweep", "close", "reopen", "accept")
)  # fmt: skip


@pytest.mark.slow
@hypothesis.settings(
    max_examples=40, deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@hypothesis.given(st.lists(st.tuples(st.integers(0, 12), ACTS, st.integers(0, 9)), min_size=1, max_size=14))
def test_every_deadline_follows_from_the_rows_of_its_history(town, history):
    with transaction.atomic():
        event_id, hours = report(town).event_id, 0
        _try(town, event_id, "accept", 1, MONDAY)
        for more, act, amount in history:
            hours += more
            _try(town, event_id, act, amount, working(hours))
            event = event_of(event_id)
            assert event.handle_due == handle_due_of(event), act
            assert (
                bool(event.held) == event.spans.filter(outcome="granted", ended_at=None).exclude(kind="extend").exists()
            )
        transaction.set_rollback(True)


def _try(town, event_id, act, amount, now):
    worker, centre, checker = (town.actor(name) for name in ("community_worker", "dispatcher", "checker"))
    words = {"event_id": event_id, "now": now, "words": "说明情况。"}
    mine = {**words, "by": worker}
    acts = {
        "pause": lambda: events.pause_event(**mine, days=amount),
        "resume": lambda: events.resume_event(**mine),
        "extend": lambda: events.ask_for_time(**mine, kind="extend", amount=amount),
        "suspend": lambda: events.ask_for_time(**mine, kind="suspend", amount=amount),
        "hang_up": lambda: events.ask_for_time(**mine, kind="hang_up", amount=amount),
        "grant": lambda: events.decide_time(**words, by=centre, granted=True),
        "refuse": lambda: events.decide_time(**words, by=centre, granted=False),
        "review": lambda: events.review_hang_up(**words, by=centre, days=amount),
        "tend": lambda: events.tend_clocks(now=now),
        "sweep": lambda: events.sweep_overdue(now=now),
        "accept": lambda: events.accept_event(event_id=event_id, by=_anybody(town), now=now),
        "submit": lambda: events.submit_result(event_id=event_id, by=_anybody(town), now=now, answer="已处理。"),
        "send_back": lambda: events.check_result(**words, by=checker, passed=False),
        "close": lambda: _close(event_id, checker, now),
        "reopen": lambda: events.reopen_event(**words, by=centre),
    }
    with contextlib.suppress(events.RefusedError, trust.NotAllowed), transaction.atomic():
        acts[act]()


def _close(event_id, checker, now):
    events.check_result(event_id=event_id, by=checker, now=now, passed=True)
    events.close_event(event_id=event_id, by=checker, now=now, reason="solved")


def _anybody(town):
    held = town.actor("community_worker").holdings[0]
    units = [town.units[name] for name in ("nanyuan", "street", "centre")]
    holdings = tuple(
        accounts.ActorHolding(
            held.holding_id, unit.id, unit.name, unit.kind, held.post_code, held.post_name, held.division_id, None,
            held.capabilities,
        )
        for unit in units
    )  # fmt: skip
    return accounts.Actor(town.people["community_worker"].id, "周敏", "staff", holdings)


MOMENTS = st.datetimes(MONDAY.replace(tzinfo=None), MONDAY.replace(tzinfo=None, month=12, day=30)).map(
    lambda moment: moment.replace(tzinfo=MONDAY.tzinfo)
)


@hypothesis.given(MOMENTS, st.integers(1, 20), st.sampled_from(["work_hour", "work_day"]), MOMENTS, st.integers(1, 300))
def test_a_pause_costs_exactly_its_working_time_and_never_heals(start, limit, unit, begins, hours):
    run, span = Run(start, limit, unit), Span("pause", begins, begins + timedelta(hours=hours))
    due, moved = due_by_history(run, [], CALENDAR), due_by_history(run, [span], CALENDAR)
    lost = CALENDAR.working_seconds(max(begins, start), span.ends) if span.ends >= start else 0
    assert CALENDAR.working_seconds(due, moved) == (0 if max(begins, start) >= due else max(0, lost))
