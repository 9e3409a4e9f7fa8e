"""Figures: counted from the timeline, kept up to date by facts, raw and adjusted, and never by person."""

from datetime import date, timedelta

import pytest
from django.db import models

from linli.accounts import api as accounts
from linli.events import api as events
from linli.insight import api as insight
from linli.insight.models import Mark, Tally
from linli.kernel.tests.deliver import deliver_all
from linli.trust import api as trust
from tests.town import MONDAY, report

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)
NOVEMBER = insight.Wanted(first=date(2026, 11, 1), last=date(2026, 11, 1))


def figure(town, code, who="leader", wanted=NOVEMBER):
    return insight.totals(actor=town.actor(who), wanted=wanted, measures=insight.measures_in_force())[code]


def finish(town, receipt, *, contact=True, now=LATER):
    worker, checker = town.actor("community_worker"), town.actor("checker")
    events.accept_event(event_id=receipt.event_id, by=worker, now=now)
    if contact:
        events.note_contact(event_id=receipt.event_id, by=worker, now=now, words="已电话联系")
    events.submit_result(event_id=receipt.event_id, by=worker, now=now, answer="灯已换好。")
    events.check_result(event_id=receipt.event_id, by=checker, now=now, passed=True)
    events.close_event(event_id=receipt.event_id, by=checker, now=now, reason="solved")


def hits(share):
    return share.hits, share.sample


@pytest.mark.slow
def test_each_measure_counts_what_its_sentence_says(town):
    good, late = report(town), report(town, phone="13700003333")
    finish(town, good)
    finish(town, late, contact=False, now=MONDAY + timedelta(days=20))
    report(town, "巡查发现井盖破损", phone="", name="", channel="desk", by=town.actor("grid_worker"))
    events.rate_event(event_id=good.event_id, by=town.actor("old_wu"), now=LATER, solved=True, satisfied=5)
    report(town, "3栋楼道灯又坏了一周", now=MONDAY + timedelta(days=5))
    insight.recount(now=MONDAY + timedelta(days=21))
    assert hits(figure(town, "response").raw) == (1, 3)
    assert hits(figure(town, "on-time").raw) == (1, 4)
    assert hits(figure(town, "rated-solved").raw) == (1, 1)
    assert hits(figure(town, "solved").raw) == (0, 0)
    assert hits(figure(town, "repeat").raw) == (1, 3)
    assert hits(figure(town, "found").raw) == (1, 4)
    assert hits(figure(town, "first-dispatch").raw) == (4, 4)


def test_a_call_back_counts_apart_from_the_rating(town):
    receipt = report(town)
    finish(town, receipt)
    checker = town.actor("checker")
    day = MONDAY.date()
    call = events.draw_callbacks(first_day=day, last_day=day, percent=100, by=checker, now=LATER).calls.get()
    events.note_callback(
        callback_id=call.id, by=checker, now=LATER, outcome="reached", words="还行", solved=True, satisfied=3
    )
    insight.recount(now=LATER)
    assert hits(figure(town, "solved").raw) == (1, 1)
    assert hits(figure(town, "satisfied").raw) == (0, 1)
    assert hits(figure(town, "rated-solved").raw) == (0, 0)


def test_what_was_given_back_and_dispatched_again_was_no_first_dispatch(town):
    receipt = report(town)
    events.return_event(event_id=receipt.event_id, by=town.actor("community_worker"), now=LATER, words="不属我社区")
    who = town.actor("dispatcher")
    events.dispatch_event(event_id=receipt.event_id, by=who, now=LATER, matter_code="T-02")
    insight.recount(now=LATER)
    assert hits(figure(town, "first-dispatch").raw) == (0, 1)
    assert hits(figure(town, "return").raw) == (1, 1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_facts_keep_the_tallies_as_a_recount_would(town, time_machine):
    time_machine.move_to(LATER)
    for number in range(4):
        receipt = report(town, phone=f"1370000444{number}")
        deliver_all()
        if number % 2:
            finish(town, receipt)
            deliver_all()
    kept = sorted(Tally.objects.exclude(n=0).values_list("lead_unit_id", "matter_code", "marks", "n"))
    insight.recount(now=LATER)
    assert sorted(Tally.objects.values_list("lead_unit_id", "matter_code", "marks", "n")) == kept
    assert sum(row[-1] for row in kept) == 4


def test_the_hourly_task_marks_clocks_that_ran_out_and_what_no_fact_told_of(town):
    receipt = report(town)
    insight.refresh_stale(now=MONDAY)
    assert hits(figure(town, "response").raw) == (0, 0)
    over = MONDAY + timedelta(days=10)
    assert insight.refresh_stale(now=over) >= 1
    assert hits(figure(town, "response").raw) == (0, 1)
    assert insight.refresh_stale(now=over) == 0
    assert Mark.objects.filter(event_id=receipt.event_id).exists()


def test_figures_are_told_apart_by_unit_kind_matter_and_month_and_add_up(town):
    report(town)
    report(town, "门口垃圾成堆", matter="T-02")
    insight.recount(now=LATER)
    measures = insight.measures_in_force()
    for group in insight.GROUPS:
        rows = insight.figures(actor=town.actor("leader"), wanted=NOVEMBER, measures=measures, group=group)
        assert sum(row["first-dispatch"].raw.sample for row in rows.values()) == 2, group


def test_nothing_can_be_counted_by_person(town):
    for model in (Mark, Tally):
        related = [field.related_model for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]
        assert related
        assert "accounts.Person" not in [one._meta.label for one in related]
        names = {field.name for field in model._meta.get_fields()}
        assert not names & {"handler", "checker", "by", "person", "handlers"}
    for group in ("handler", "person", "by", "checker", "handler_id"):
        with pytest.raises(insight.UnknownGroupError):
            insight.figures(actor=town.actor("leader"), wanted=NOVEMBER, measures=[], group=group)
    assert not [mark for mark in events.MARKS if {"handler", "person", "checker"} & set(mark.split("_"))]


def test_everybody_counts_what_they_may_see_and_the_list_behind_is_the_same(town):
    report(town)
    report(town, "门口垃圾成堆", matter="T-02")
    insight.recount(now=LATER)
    first = insight.measure_in_force("first-dispatch")
    for who, seen in (("leader", 2), ("officer", 1), ("outsider", 0), ("grid_worker", 0)):
        actor = town.actor(who)
        assert figure(town, "first-dispatch", who).raw.sample == seen, who
        rows = insight.listed(actor=actor, wanted=NOVEMBER, measure=first, which="sample")
        assert rows.count() == seen, who


def test_an_exclusion_needs_a_reason_of_the_measure_and_somebody_else(town):
    receipt = report(town)
    insight.recount(now=MONDAY + timedelta(days=10))
    asker, leader = town.actor("dispatcher"), town.actor("leader")
    asked = {"event_id": receipt.event_id, "measure": "response", "by": asker, "now": LATER}
    with pytest.raises(insight.ReasonRefusedError):
        insight.ask_exclusion(**asked, reason="beyond_law", words="不合法")
    request = insight.ask_exclusion(**asked, reason="unreachable", words="三次拨打 13800001111 无人接听")
    assert "13800001111" not in request.words
    with pytest.raises(insight.AskedAlreadyError):
        insight.ask_exclusion(**asked, reason="unreachable", words="再申请")
    decided = {"exclusion_id": request.id, "words": "情况属实", "now": LATER}
    with pytest.raises(insight.OwnRequestError):
        insight.decide_exclusion(**decided, approved=True, by=asker)
    with pytest.raises(trust.NotAllowed):
        insight.decide_exclusion(**decided, approved=True, by=town.actor("community_worker"))
    assert figure(town, "response").adjusted.sample == 1
    insight.decide_exclusion(**decided, approved=True, by=leader)
    both = figure(town, "response")
    assert (hits(both.raw), hits(both.adjusted), hits(both.left_out)) == ((0, 1), (0, 0), (0, 1))
    assert figure(town, "on-time").left_out.sample == 0
    with pytest.raises(insight.DecidedAlreadyError):
        insight.decide_exclusion(**decided, approved=False, by=leader)


def test_nobody_asks_for_an_event_they_do_not_see(town):
    receipt = report(town)
    with pytest.raises(trust.Hidden):
        insight.ask_exclusion(
            event_id=receipt.event_id, measure="response", by=town.actor("officer"), now=LATER,
            reason="unreachable", words="联系不上",
        )  # fmt: skip


def test_a_draft_counts_nowhere_until_it_is_put_in_force_and_the_old_version_stays(town):
    report(town)
    insight.recount(now=LATER)
    who = town.actor("dispatcher")
    said = {"name": "响应率", "tiers": ["community"], "reasons": [], "period": "month", "by": who, "now": LATER}
    with pytest.raises(insight.DefinitionRefusedError):
        insight.draft_measure(code="response", numerator=["assigned"], denominator=["assigned"], **said)
    insight.draft_measure(code="response", numerator=["contacted_in_time"], denominator=["assigned"], **said)
    assert figure(town, "response").raw.sample == 0
    insight.put_measure_in_force(code="response", by=who, now=LATER)
    assert figure(town, "response").raw.sample == 1
    assert insight.measure_in_force("response").number == 2
    with pytest.raises(insight.NoDraftError):
        insight.put_measure_in_force(code="response", by=who, now=LATER)
    with pytest.raises(trust.NotAllowed):
        insight.draft_measure(code="x", numerator=["in_time"], denominator=[], **{**said, "by": town.actor("leader")})


def test_the_node_itself_measures_everything(town):
    report(town)
    insight.recount(now=LATER)
    counted = insight.totals(actor=accounts.SYSTEM, wanted=NOVEMBER, measures=insight.measures_in_force())
    assert counted["first-dispatch"].raw.sample == 1
