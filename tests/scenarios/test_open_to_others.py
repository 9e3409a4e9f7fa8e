"""Stories: an app of others follows its report to the end; a webhook target hangs, comes back, has missed nothing."""

import json
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from linli.accounts import api as accounts
from linli.events.actions import deliver
from linli.events.models import Event
from linli.kernel.tests.deliver import deliver_all, do_jobs
from tests.outside import target
from tests.scenarios.acting import AtDesk, event_of
from tests.town import MONDAY, middle, report


def test_an_app_of_others_reports_and_follows_to_the_end(town, clock):
    app = Client()
    key = accounts.issue_token(holding=town.holdings["dispatcher"], name="随手拍", by=accounts.SYSTEM, now=MONDAY).raw
    (endpoint,) = app.get("/open311/discovery.json").json()["endpoints"]
    root = endpoint["url"].removeprefix("http://testserver")
    services = ET.fromstring(app.get(f"{root}/services.xml").content)
    code = next(one.find("service_code").text for one in services if one.find("service_name").text == "楼道照明")
    assert app.get(f"{root}/services/{code}.json").json()["attributes"]
    lng, lat = middle(0)
    said = {"api_key": key, "service_code": code, "lat": lat, "long": lng, "description": "三单元楼道灯不亮"}
    number = app.post(f"{root}/requests.json", said).json()[0]["service_request_id"]

    def look(**more):
        (told,) = app.get(f"{root}/requests/{quote(number)}.json", more).json()
        return told

    assert look()["status"] == "open"
    community = AtDesk(town.people["community_worker"])
    community.do(number, "accept")
    clock.later(hours=1)
    community.do(number, "submit", answer="已换灯泡。", inside="")
    AtDesk(town.people["checker"]).do(number, "pass", reason="solved", answer="已换灯泡。")
    mine = look(api_key=key)
    assert mine["status"] == "closed"
    assert "已换灯泡。" in mine["status_notes"]
    assert look()["status"] == "closed"
    assert "已换灯泡" not in look()["status_notes"], "the answer is for who reported"
    assert Event.objects.get(number=number).channel == "open311"


@pytest.fixture
def city(settings):
    settings.LINLI_OUTGOING_ALLOW = ["127.0.0.0/8"]
    with target() as here:
        yield here


def opened(keeper, outside, name):
    form = {"name": name, "url": outside.url, "kinds": ["event.reported", "event.moved", "event.closed"]}
    answer = keeper.browser.post("/desk/interfaces/webhooks", form)
    assert answer.status_code == 302
    assert "whsec_" in keeper.page(answer["Location"]), "the secret is shown once"
    assert "whsec_" not in keeper.page(answer["Location"])
    return answer["Location"]


def types(outside):
    return [json.loads(body)["type"] for _headers, body in outside.got]


def test_a_target_that_hangs_holds_nobody_and_gets_everything_once_when_it_is_back(town, clock, city, monkeypatch):
    monkeypatch.setattr(deliver, "PATIENCE", 0.3)
    keeper = AtDesk(town.people["keeper"])
    deliver_all()
    with target() as hangs:
        slow, _quick = opened(keeper, hangs, "市级平台"), opened(keeper, city, "城管平台")
        hangs.hangs = 1
        number = report(town).number
        AtDesk(town.people["community_worker"]).do(number, "accept")
        do_jobs()
        assert types(city) == ["event.reported", "event.moved"], "the other target has it all"
        assert hangs.got == []
        assert "未连通" in keeper.page("/desk/interfaces/webhooks")

        clock.later(hours=3)
        community = AtDesk(town.people["community_worker"])
        community.do(event_of(number).number, "submit", answer="已换灯泡。", inside="")
        hangs.hangs = 0
        keeper.browser.post(f"{slow}/do/test")
        do_jobs()
        told = [one for one in types(hangs) if one != "test"]
        assert told == ["event.reported", "event.moved", "event.moved"], "in order, nothing missing"
        ids = [headers["webhook-id"] for headers, _body in hangs.got]
        assert len(set(ids)) == len(ids), "each once"
        assert types(city) == ["event.reported", "event.moved", "event.moved"]
        page = keeper.page(slow)
        assert "对方已接收" in page
        assert number in page
    AtDesk(town.people["far_keeper"]).page(slow, status=404)
    AtDesk(town.people["dispatcher"]).page("/desk/interfaces/webhooks", status=403)


def test_an_officer_opens_a_matter_to_everybody(town, clock):
    keeper = AtDesk(town.people["keeper"])
    answer = keeper.browser.post("/desk/interfaces", {"codes": ["T-02"], "exact": ["T-02"]}, follow=True)
    assert "1 项调整即刻生效" in answer.content.decode()
    clock.later(minutes=1)
    receipt = report(town, "公园门口垃圾成堆，电话13800001111", matter="T-02", now=MONDAY.replace(minute=31))
    (told,) = Client().get("/open311/v2/requests.json").json()
    assert told["service_request_id"] == receipt.number
    assert told["description"] == "公园门口垃圾成堆，电话[手机号]"
