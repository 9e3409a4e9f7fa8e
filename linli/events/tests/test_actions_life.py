"""The life of an event, from the first word to its end, by different people."""

from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.models import Event, Track
from linli.trust import api as trust
from tests.town import MONDAY, report

LATER = MONDAY + timedelta(hours=2)


def taken_to_submission(town, receipt, *, handler="community_worker"):
    who = town.actor(handler)
    events.accept_event(event_id=receipt.event_id, by=who, now=LATER)
    events.start_event(event_id=receipt.event_id, by=who, now=LATER)
    return events.submit_result(event_id=receipt.event_id, by=who, now=LATER, answer="灯已换好，请您晚上看看。")


def closed(town, receipt):
    taken_to_submission(town, receipt)
    checker = town.actor("checker")
    events.check_result(event_id=receipt.event_id, by=checker, now=LATER, passed=True)
    return events.close_event(event_id=receipt.event_id, by=checker, now=LATER, reason="solved")


def test_a_report_has_number_owner_and_clocks_before_it_is_answered(town):
    receipt = report(town)
    assert receipt.number == "南苑-20261116-0001"
    assert receipt.unit_name == "南苑社区居委会"
    assert receipt.state == "dispatched"
    assert receipt.accept_due == MONDAY + timedelta(hours=2)
    event = Event.objects.get(pk=receipt.event_id)
    assert (event.grid_id, event.community_id) == (town.grids[0].id, town.divisions["nanyuan"].id)
    assert [part.unit_id for part in event.parts.all()] == [town.units["street"].id]


def test_the_same_day_and_place_counts_on(town):
    assert [report(town).number for _ in range(3)][-1] == "南苑-20261116-0003"
    assert report(town, grid=2).number == "学府-20261116-0001"


def test_a_closed_event_was_handled_and_checked_by_different_people(town):
    event = closed(town, report(town))
    assert (event.state, event.close_reason) == ("closed", "solved")
    assert event.handler_id != event.checker_id
    steps = list(Track.objects.filter(event=event).order_by("id").values_list("step", flat=True))
    assert steps == ["report", "dispatch", "accept", "start", "submit", "pass", "close"]


def test_a_handler_can_not_check_own_work(town):
    receipt = report(town, "门口垃圾没人清", matter="T-02")
    officer = town.actor("officer")
    events.accept_event(event_id=receipt.event_id, by=officer, now=LATER)
    events.submit_result(event_id=receipt.event_id, by=officer, now=LATER, answer="已清运。")
    town.holdings["officer"].post.capabilities.append("events.check")
    both = accounts.Actor(officer.person_id, officer.name, "staff", (_with_check(town, officer),))
    with pytest.raises(events.OwnWorkError):
        events.check_result(event_id=receipt.event_id, by=both, now=LATER, passed=True)


def _with_check(town, officer):
    held = officer.holdings[0]
    return accounts.ActorHolding(
        held.holding_id, held.unit_id, held.unit_name, held.unit_kind, held.post_code, held.post_name,
        held.division_id, held.grid_id, held.capabilities | {"events.check", "events.see_area"},
    )  # fmt: skip


def test_a_failed_check_goes_back_with_words(town):
    receipt = report(town)
    taken_to_submission(town, receipt)
    checker = town.actor("checker")
    with pytest.raises(events.WordsMissingError):
        events.check_result(event_id=receipt.event_id, by=checker, now=LATER, passed=False)
    event = events.check_result(event_id=receipt.event_id, by=checker, now=LATER, passed=False, words="灯还不亮。")
    assert event.state == "in_progress"


def test_only_the_lead_unit_handles(town):
    receipt = report(town)
    with pytest.raises(trust.NotAllowed):
        events.accept_event(event_id=receipt.event_id, by=town.actor("officer"), now=LATER)


def test_an_outsider_does_not_even_learn_that_it_is_there(town):
    receipt = report(town)
    outsider = town.actor("outsider")
    assert events.case(number=receipt.number, actor=outsider) is None
    with pytest.raises(trust.Hidden):
        events.reject_event(event_id=receipt.event_id, by=outsider, now=LATER, reason="no_action", words="不受理")


def test_the_reporter_follows_rates_and_opens_again_within_the_window(town):
    receipt = report(town)
    event = closed(town, receipt)
    old_wu = town.actor("old_wu")
    seen = events.resident_case(number=receipt.number, actor=old_wu, now=LATER)
    assert seen.may_rate
    assert seen.may_reopen
    events.rate_event(event_id=event.id, by=old_wu, now=LATER, solved=False, satisfied=2)
    again = events.reopen_event(event_id=event.id, by=old_wu, now=LATER + timedelta(days=1), words="第二天又不亮了。")
    assert (again.state, again.times_reopened, again.closed_at) == ("reopened", 1, None)
    assert again.lead_unit_id == town.units["nanyuan"].id
    assert again.handle_due < LATER + timedelta(days=3)


def test_after_the_window_it_stays_closed(town, settings):
    settings.LINLI_REOPEN_DAYS = 15
    event = closed(town, report(town))
    with pytest.raises(events.WindowOverError):
        events.reopen_event(event_id=event.id, by=town.actor("old_wu"), now=LATER + timedelta(days=16), words="又坏了")


def test_another_resident_sees_nothing_of_it(town):
    receipt = report(town)
    assert events.resident_case(number=receipt.number, actor=town.actor("tenant"), now=LATER) is None
    assert events.resident_case(number=receipt.number, actor=accounts.GUEST, key="0" * 16, now=LATER) is None


def test_the_receipt_key_follows_without_a_phone(town):
    receipt = report(town, phone="", name="")
    key = events.follow_key(receipt.event_id)
    seen = events.resident_case(number=receipt.number, actor=accounts.GUEST, key=key, now=LATER)
    assert seen.unit_name == "南苑社区居委会"
    assert not seen.may_reopen


def test_an_uncertain_report_waits_for_a_person_and_is_learned_from(town):
    receipt = report(town, "门口有件事请来看看", matter=None)
    assert (receipt.state, receipt.unit_name) == ("screening", "县社会治理中心")
    event = events.dispatch_event(event_id=receipt.event_id, by=town.actor("dispatcher"), now=LATER, matter_code="T-02")
    assert (event.state, event.lead_unit_id) == ("dispatched", town.units["csgl"].id)
    correction = event.corrections.get()
    assert (correction.chosen, correction.proposed) == ("T-02", "T-01")


def test_a_unit_gives_back_with_a_reason(town):
    receipt = report(town)
    event = events.return_event(
        event_id=receipt.event_id, by=town.actor("community_worker"), now=LATER, words="路灯属城管局管护。"
    )
    assert (event.state, event.lead_unit_id) == ("screening", town.units["centre"].id)
    assert event.why[-1]["words"] == "路灯属城管局管护。"


def test_what_is_not_taken_up_says_why(town):
    receipt = report(town, "今天天气不错啊", matter=None)
    event = events.reject_event(
        event_id=receipt.event_id,
        by=town.actor("dispatcher"),
        now=LATER,
        reason="no_action",
        words="没有需要办理的事。",
    )
    assert event.state == "rejected"
    assert event.closed_at == LATER


def test_a_step_out_of_order_is_refused(town):
    receipt = report(town)
    with pytest.raises(events.StepNotPossibleError):
        events.submit_result(event_id=receipt.event_id, by=town.actor("community_worker"), now=LATER, answer="好了")


def test_revealing_the_reporter_needs_a_purpose_and_stands_in_the_ledger(town):
    receipt = report(town)
    worker = town.actor("community_worker")
    with pytest.raises(events.PurposeMissingError):
        events.reveal_reporter(event_id=receipt.event_id, by=worker, purpose="curious", now=LATER)
    revealed = events.reveal_reporter(event_id=receipt.event_id, by=worker, purpose="contact_reporter", now=LATER)
    assert (revealed.name, revealed.phone) == ("吴桂芳", "13800001111")
    assert trust.verify_ledger().ok


def test_every_look_at_an_event_stands_in_the_ledger(town):
    receipt = report(town)
    worker = town.actor("community_worker")
    before = trust.verify_ledger().unsealed
    assert events.look_at_case(number=receipt.number, by=worker, now=LATER)
    assert events.look_at_case(number=receipt.number, by=town.actor("outsider"), now=LATER) is None
    assert trust.verify_ledger().unsealed == before + 1
