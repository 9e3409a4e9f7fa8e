"""Story: a clerk looks at a neighbour; she reads it, asks with one tap, and is answered in time."""

import re
from urllib.parse import unquote

import pytest

from linli.events import api as events
from linli.events.models import UseQuestion
from linli.events.sample import matters
from linli.kernel import api as kernel
from linli.trust import api as trust
from tests.duties import DUTIES, MONDAY
from tests.scenarios.acting import AtDesk, WithPhone, event_of, ledger_of
from tests.town import OLD_WU_PHONE, TENANT_PHONE, report

WORDS, RUBBISH = "3栋楼道灯坏了，晚上看不见", "楼下垃圾三天没人清了"


@pytest.fixture
def wu(town):
    own = [{key: value for key, value in item.items() if key != "source"} for item in matters.own_matters()]
    listed = events.add_duty_list(name="小镇", source="测试", items=[*DUTIES, *own], now=MONDAY, is_sample=True)
    events.put_in_force(duty_list=listed, now=MONDAY)
    resident = WithPhone(OLD_WU_PHONE)
    resident.enter("/my/looks")
    return resident


def looks_page(resident, query=""):
    answer = resident.browser.get(f"/my/looks{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def ask(resident, page, kind):
    """Tap at the first look that can be asked about and return the number of the event."""
    path = re.search(r'action="(/my/looks/[^"]+/ask)"', page)[1]
    answer = resident.browser.post(path, {"kind": kind})
    assert answer.status_code == 302, answer.status_code
    return unquote(answer["Location"]).rsplit("/", 1)[-1]


def test_a_clerk_looks_at_a_neighbour_who_asks_and_is_answered_in_time(town, clock, wu):
    told = report(town, RUBBISH, matter="T-02")
    clerk, colleague = AtDesk(town.people["officer"]), AtDesk(town.people["colleague"])
    clock.later(hours=1)
    for minutes in (0, 3, 6):
        clock.later(minutes=minutes)
        clerk.event(told.number)
    page = looks_page(wu)
    assert "城市管理局" in page
    assert "当天 3 次" in page
    assert told.number in page, "her own report may be told"
    assert "陈立" not in page, "the unit and the post, not the person"

    number = ask(wu, page, "question")
    event = event_of(number)
    assert (event.lead_unit.name, event.state, event.channel) == ("城市管理局", "dispatched", "own_data")
    assert kernel.now() < event.accept_due < event.handle_due
    assert number in wu.browser.get("/follow").content.decode()
    assert f"您已提问：{number}" in looks_page(wu)

    page = clerk.event(number)
    assert "所问的这次查看" in page
    clerk.may_not(number, "accept")
    assert event_of(number).state == "dispatched", "who looked can't take it on, not even by hand"
    assert "陈立" not in re.sub(r"<header.*?</header>", "", colleague.event(number), flags=re.DOTALL)

    colleague.do(number, "accept")
    clock.later(hours=2)
    colleague.do(number, "submit", answer="您好！当天为办理您反映的垃圾清运查看了这件诉求，只看了内容和脱敏后的电话。")
    checker = AtDesk(town.people["checker"])
    checker.do(number, "pass", reason="explained", answer="您好！当天为办理您反映的垃圾清运查看了这件诉求。")
    event = event_of(number)
    assert event.closed_at < event.handle_due, "the answer came in time"
    assert "为办理您反映的垃圾清运" in wu.case(number)
    assert "答复信息使用询问" in looks_page(wu), "reading her look to answer stands in the ledger, too"
    assert trust.verify_ledger().ok
    assert next(elements for _who, *elements in ledger_of(number)) == ["report"]


def test_the_same_tap_twice_is_one_event_and_an_objection_goes_to_the_centre(town, clock, wu):
    told = report(town, WORDS)
    AtDesk(town.people["community_worker"]).event(told.number)
    page = looks_page(wu)
    path = re.search(r'action="(/my/looks/[^"]+/ask)"', page)[1]
    first, again = (wu.browser.post(path, {"kind": "question"})["Location"] for _ in range(2))
    assert first == again
    objection = unquote(wu.browser.post(path, {"kind": "objection"})["Location"]).rsplit("/", 1)[-1]
    assert event_of(objection).lead_unit.kind == "centre"
    assert UseQuestion.objects.count() == 2


def test_nobody_asks_about_looks_at_others(town, clock, wu):
    told = report(town, WORDS)
    AtDesk(town.people["community_worker"]).event(told.number)
    path = re.search(r'action="(/my/looks/[^"]+/ask)"', looks_page(wu))[1]
    tenant = WithPhone(TENANT_PHONE)
    tenant.enter("/my/looks")
    assert told.number not in looks_page(tenant)
    assert tenant.browser.post(path, {"kind": "question"}).status_code == 404
    assert not UseQuestion.objects.exists()


def test_who_is_not_signed_in_is_asked_to(town, clock):
    stranger = WithPhone(TENANT_PHONE)
    for path in ("/my/looks", "/my/data"):
        assert stranger.browser.get(path)["Location"].startswith("/me/enter")


def test_an_empty_page_explains(town, clock, wu):
    assert "还没有人看过您的信息" in looks_page(wu)
    assert wu.browser.get("/my/looks?since=abc").status_code == 422
