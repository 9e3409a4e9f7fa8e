"""Suggestions in their order, the dry run, and corrections that dispatch again once."""

from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.models import DutyList, Event
from linli.events.queries.rulebook import rule_book
from linli.trust import api as trust
from tests.town import MONDAY, report

pytestmark = pytest.mark.slow

UNSURE = "门口那一堆东西好几天没人管，味道很大"


def draft_with_rule(target="street", **conditions):
    base = DutyList.objects.get(pk=rule_book(MONDAY).version_id)
    draft = events.begin_draft(base=base, name="新版", by=accounts.SYSTEM, now=MONDAY)
    events.save_rule(duty_list=draft, name="改派", target=target, conditions=conditions, by=accounts.SYSTEM, now=MONDAY)
    return draft


def ended(town, text, matter, unit):
    receipt = report(town, text, matter=matter)
    Event.objects.filter(pk=receipt.event_id).update(
        state="closed", closed_at=MONDAY, close_reason="solved", lead_unit=town.units[unit]
    )
    return receipt.number


def test_rule_goes_before_history_and_history_before_the_classifier(town):
    for number in range(3):
        ended(town, f"路面有坑，第{number}天", "T-02", "csgl")
    like = ended(town, UNSURE + "了", "T-01", "street")
    events.put_in_force(duty_list=draft_with_rule(matters=["T-03"], words=["味道"]), now=MONDAY)
    event = Event.objects.get(number=report(town, UNSURE, matter=None).number)
    found = events.suggestions(event, now=MONDAY)
    assert [(one.source, one.code, one.unit) for one in found] == [
        ("rule", "T-03", "南苑街道办事处"),
        ("history", "T-01", "南苑街道办事处"),
        ("history", "T-02", "城市管理局"),
        ("classifier", "T-01", "南苑社区居委会"),
    ]
    assert [one.why["kind"] for one in found] == ["rule", "alike", "history", "model"]
    assert found[1].why["number"] == like


def test_history_never_sends_a_departments_duty_down(town):
    ended(town, UNSURE + "了", "T-02", "street")
    draft = draft_with_rule(target="department:csgl", matters=["T-01"])
    draft.items.filter(code="T-02").update(duty_kind="reserved")
    events.put_in_force(duty_list=draft, now=MONDAY)
    event = Event.objects.get(number=report(town, UNSURE, matter=None).number)
    assert not [one for one in events.suggestions(event, now=MONDAY) if one.source == "history"]


def test_a_dry_run_lists_what_would_move_and_moves_nothing(town):
    first, _other = report(town), report(town, "垃圾没人收", matter="T-02")
    report(town, UNSURE, matter=None)
    draft = draft_with_rule(matters=["T-01"])
    trial = events.dry_run(duty_list=draft, actor=town.actor("dispatcher"), now=MONDAY)
    assert (trial.read, trial.without_matter) == (3, 1)
    assert [(one.number, one.before, one.after) for one in trial.moved] == [
        (first.number, "南苑社区居委会", "南苑街道办事处")
    ]
    assert trial.flows == [("南苑社区居委会", "南苑街道办事处", 1)]
    assert Event.objects.get(number=first.number).lead_unit.code == "nysq"
    assert events.dry_run(duty_list=draft, actor=town.actor("outsider"), now=MONDAY).read == 0


def test_a_corrected_place_dispatches_again_once(town):
    event = Event.objects.get(number=report(town).number)
    by = town.actor("dispatcher")
    events.accept_event(event_id=event.id, by=town.actor("community_worker"), now=MONDAY)
    later = MONDAY + timedelta(hours=1)
    moved = events.correct_place(event_id=event.id, by=by, now=later, division_id=town.divisions["xuefu"].id)
    assert (moved.lead_unit.code, moved.state, moved.handler_id, moved.lng) == ("xfsq", "dispatched", None, None)
    assert moved.accept_due > event.accept_due
    back = events.correct_place(event_id=event.id, by=by, now=later, division_id=town.divisions["nanyuan"].id)
    assert (back.community.name, back.lead_unit.code, back.why[-1]["kind"]) == ("南苑社区", "xfsq", "moved_once")
    assert [one.step for one in event.tracks.order_by("id")][-4:] == [
        "accept", "correct_place", "redispatch", "correct_place",
    ]  # fmt: skip


def test_a_corrected_matter_dispatches_again_and_is_learned(town):
    event = Event.objects.get(number=report(town, "楼道灯旁边堆着东西", matter=None).number)
    moved = events.correct_matter(event_id=event.id, by=town.actor("dispatcher"), now=MONDAY, matter_code="T-02")
    assert (moved.lead_unit.code, moved.grade, moved.why[0]["kind"]) == ("csgl", "B", "moved")
    assert [one.chosen for one in moved.corrections.all()] == ["T-02"]
    with pytest.raises(trust.NotAllowed):
        events.correct_matter(event_id=event.id, by=town.actor("officer"), now=MONDAY, matter_code="T-01")
