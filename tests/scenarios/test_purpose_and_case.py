"""Story: a purpose bound to a case opens a record while the case is open, for whom it concerns, and not after."""

from dataclasses import replace
from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.events.models import Event, Task
from linli.exchange import api as exchange
from linli.exchange.models import Grant
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.registry.models import Tag
from linli.trust import api as trust
from linli.trust import slots
from linli.trust.models import LedgerEntry
from tests.scenarios.acting import AtDesk, event_of
from tests.sharingtown import people_houses_and_sharing
from tests.snapshot import kept
from tests.town import MONDAY, OLD_WU_PHONE, report

NEEDED, REFUSED = "该用途须关联在办事项", "该事项"


@pytest.fixture
@kept
def wu(town):
    found = people_houses_and_sharing(town, MONDAY)
    visit = replace(trust.activity("registry.visit", on=MONDAY.date()), case_needed=True, is_sample=False)
    trust.save_activity(activity=visit, by=accounts.SYSTEM, now=MONDAY)
    return found


@pytest.fixture
def worker(town):
    return AtDesk(town.people["community_worker"])


def an_event(town, _wu):
    number = report(town).number
    Event.objects.filter(number=number).update(lead_unit=town.units["nanyuan"])

    def close():
        worker, answer = AtDesk(town.people["community_worker"]), "楼道灯已修好，请您放心。"
        worker.do(number, "accept")
        worker.do(number, "submit", answer=answer)
        AtDesk(town.people["checker"]).do(number, "pass", reason="solved", answer=answer)

    return number, close


def a_task(town, _wu):
    number = report(town).number
    task = Task.objects.create(
        event=event_of(number), unit=town.units["nanyuan"], what="上门核实", limit=2, limit_unit="work_day",
        due=MONDAY + timedelta(days=2), given_at=MONDAY,
    )  # fmt: skip
    return number, lambda: Task.objects.filter(pk=task.pk).update(state=Task.State.DONE)


def a_grant(town, wu):
    grant = Grant.objects.get(pk=wu["grant_id"][0])
    Grant.objects.filter(pk=grant.pk).update(unit=town.units["nanyuan"])
    return grant.number, lambda: Grant.objects.filter(pk=grant.pk).update(closes_at=kernel.now())


def a_correction(town, wu):
    key = wu["correction_id"][0]

    def close():
        exchange.take_back_correction(correction_id=key, by=town.actor("community_worker"), now=kernel.now())

    return str(key), close


def a_right(town, wu):
    by = town.actor("community_worker")
    registry.confirm_identity(entity_id=wu["entity_id"][0], phone=OLD_WU_PHONE, paper="citizen", by=by, now=MONDAY)
    asked = trust.ask_right(kind="correct", words="住址写错了", by=town.actor("old_wu"), now=MONDAY)

    def close():
        said = {"step": "grant", "answer": "已更正", "basis": ""}
        trust.answer_right(request_id=asked.pk, by=by, now=kernel.now(), **said)

    return asked.number, close


def a_tag_task(town, wu):
    by = town.actor("community_worker")
    draft = registry.TagDraft("person", "独居老人走访", "上门看望", town.divisions["nanyuan"].id, about="task")
    tag = registry.define_tag(draft=draft, by=by, now=MONDAY)
    registry.give_tag(tag_id=tag.id, entity_id=wu["entity_id"][0], by=by, now=MONDAY)
    return str(tag.pk), lambda: Tag.objects.filter(pk=tag.pk).update(retired_at=kernel.now())


CASES = {
    "event": an_event, "task": a_task, "grant": a_grant, "correction": a_correction, "right": a_right,
    "tag_task": a_tag_task,
}  # fmt: skip


def card(desk, wu, case="", status=200):
    path = f"/desk/base/{wu['entity_id'][0]}"
    answer = desk.browser.post(path, {"purpose": "visit", "case": case})
    text = answer.content.decode()
    return answer.status_code, OLD_WU_PHONE in text, text


def test_every_sort_of_case_is_told_here():
    assert {one.code for one in slots.case_kinds.all()} == set(CASES)


@pytest.mark.slow
@pytest.mark.parametrize("kind", CASES)
def test_a_case_opens_the_record_while_it_is_open_and_for_whom_it_concerns(town, wu, worker, kind):
    status, seen, text = card(worker, wu)
    assert (status, seen) == (422, False)
    assert NEEDED in text
    ref, close = CASES[kind](town, wu)
    status, seen, _text = card(worker, wu, f"{kind}:{ref}")
    assert (status, seen) == (200, True)
    look = LedgerEntry.objects.filter(action="card").latest("id")
    assert (look.purpose, look.case_ref) == ("registry.visit", ref)
    for forged in (f"{kind}:X-1", f"nothing:{ref}", "X-1"):
        assert card(worker, wu, forged)[:2] == (422, False)
    stranger = _colleague_of_another_unit(town)
    assert card(stranger, wu, f"{kind}:{ref}")[:2] == (422, False), "somebody else's case opens nothing"
    close()
    status, seen, text = card(worker, wu, f"{kind}:{ref}")
    assert (status, seen) == (422, False)
    assert REFUSED in text


def test_an_ended_post_and_a_purpose_of_others_open_nothing_in_an_open_session(town, wu, worker):
    ref, _close = an_event(town, wu)
    browser = worker.browser
    path, said = f"/desk/base/{wu['entity_id'][0]}", {"purpose": "visit", "case": f"event:{ref}"}
    assert browser.post(path, said).status_code == 200
    visit = trust.activity("registry.visit", on=MONDAY.date())
    trust.save_activity(activity=replace(visit, posts=("t-officer",)), by=accounts.SYSTEM, now=MONDAY)
    refused = browser.post(path, said)
    assert refused.status_code == 422
    assert OLD_WU_PHONE not in refused.content.decode()
    held = town.holdings["community_worker"]
    accounts.end_holding(holding=held, by=accounts.SYSTEM, now=kernel.now())
    assert browser.post(path, said).status_code in {403, 404}, "dead at the next click"


def _colleague_of_another_unit(town):
    """Return somebody with the same post over the same community, in another unit."""
    person = accounts.create_person(username="other", name="别处", by=accounts.SYSTEM, now=MONDAY)
    held = town.holdings["community_worker"]
    accounts.open_holding(
        person=person, post=held.post, unit=town.units["xuefu"], division_id=held.division_id, by=accounts.SYSTEM,
        now=MONDAY, valid_from=MONDAY.date(),
    )  # fmt: skip
    return AtDesk(person)
