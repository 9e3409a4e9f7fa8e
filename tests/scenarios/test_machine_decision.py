"""Story: a machine classed a report wrongly; the resident has it explained and a person at the centre decides anew."""

from urllib.parse import quote

import pytest

from linli.events.models import Event
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.models import LedgerEntry, RightRequest
from tests.scenarios.acting import AtDesk, WithPhone
from tests.town import OLD_WU_PHONE, TENANT_PHONE, report

SAID = "楼道灯坏了，灯也不亮，楼道很黑"


@pytest.fixture
def classed(town):
    number = report(town, SAID, matter=None).number
    event = Event.objects.get(number=number)
    assert (event.model_version, event.matter.code, event.state) == ("three-words-1", "T-01", "dispatched")
    return number


def path_of(number):
    return f"/my/decisions/events/{quote(number)}"


def at_home(phone):
    me = WithPhone(phone)
    me.enter()
    return me


def test_it_is_explained_in_plain_words_and_decided_anew_by_a_person(town, clock, classed):
    me = at_home(OLD_WU_PHONE)
    assert path_of(classed) in me.case(classed)
    page = me.browser.get(path_of(classed)).content.decode()
    assert "three-words" in page
    assert "把握" in page
    assert "没有工作人员更改" in page

    answer = me.browser.post(path_of(classed), {"kind": "object", "words": "这是垃圾的事"})
    row = RightRequest.objects.get(decision=f"events:{classed}")
    assert answer["Location"].endswith(f"/my/rights/{row.number}")
    assert (row.kind, row.state, row.unit.code) == ("object", "asked", "zhzx")
    assert row.due_at > kernel.now()
    assert me.browser.post(path_of(classed), {"kind": "object"}).status_code == 422, "once is enough"
    assert [one[1] for one in ledger_of_right(row)] == ["right_ask"]

    dispatcher = AtDesk(town.people["dispatcher"])
    page = dispatcher.page("/desk/rights")
    assert row.number in page
    assert "three-words" in page
    assert f"/desk/e/{quote(classed)}" in page
    sent = dispatcher.browser.post(f"/desk/rights/{row.pk}", {"step": "grant", "answer": "已由人工改派城管局。"})
    assert sent.status_code == 302
    receipt = me.browser.get(f"/my/rights/{row.number}").content.decode()
    assert "已由人工改派城管局。" in receipt
    assert "three-words" in receipt
    assert [one[1] for one in ledger_of_right(row)] == ["right_ask", "right_grant"]


def test_the_explanation_in_writing_is_there_at_once_and_stays(town, clock, classed):
    me = at_home(OLD_WU_PHONE)
    me.browser.post(path_of(classed), {"kind": "explain"})
    row = RightRequest.objects.get(kind="explain")
    assert row.state == "granted"
    assert "three-words" in row.answer.reveal()
    assert SAID not in row.answer.reveal()


def test_what_a_person_did_with_it_is_part_of_the_explanation(town, clock):
    number = report(town, "门口那一堆东西好几天没人管", matter=None).number
    me = at_home(OLD_WU_PHONE)
    assert "由工作人员确定" in me.browser.get(path_of(number)).content.decode()
    AtDesk(town.people["dispatcher"]).do(number, "dispatch", matter_code="T-02")
    page = me.browser.get(path_of(number)).content.decode()
    assert "工作人员核对后改为" in page
    assert "林静" not in page, "no officer is named"


def test_nobody_else_hears_of_it_and_what_no_machine_decided_has_no_page(town, clock, classed):
    assert at_home(TENANT_PHONE).browser.get(path_of(classed)).status_code == 404
    with pytest.raises(trust.Hidden):
        trust.ask_right(
            kind="object", words="", source="events", ref=classed, by=town.actor("tenant"), now=kernel.now()
        )
    community = AtDesk(town.people["community_worker"])
    assert trust.explanation_of("events", classed, by=town.actor("community_worker"), now=kernel.now()) is None
    assert community.browser.get(path_of(classed)).status_code == 302

    chosen = report(town, SAID, matter="T-01").number
    me = at_home(OLD_WU_PHONE)
    assert me.browser.get(path_of(chosen)).status_code == 404
    assert path_of(chosen) not in me.case(chosen)


def ledger_of_right(row):
    rows = LedgerEntry.objects.filter(object_kind="right", object_id=str(row.pk)).order_by("id")
    return list(rows.values_list("purpose", "action"))
