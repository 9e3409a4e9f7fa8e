"""Open311 GeoReport v2, restated from the standard: following, filters, errors, and what is public."""

from datetime import timedelta
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.models import Event
from linli.events.rules.open311_wire import written
from linli.events.tests.open311 import REQUEST, ROOT, W3C, key_of, post, wrong
from linli.kernel import api as kernel
from tests.town import MONDAY, OLD_WU_PHONE, middle, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday", "town")]


# ---- following -------------------------------------------------------------------


def test_a_request_has_every_field_of_the_standard(client, api_key):
    (taken,) = post(client, api_key).json()
    number = taken["service_request_id"]
    (told,) = client.get(f"{ROOT}/requests/{quote(number)}.json", {"api_key": api_key}).json()
    assert set(told) == REQUEST
    assert told["service_request_id"] == number
    assert (told["status"], told["service_code"], told["service_name"]) == ("open", "T-01", "楼道照明")
    assert told["agency_responsible"] == "南苑社区居委会"
    assert told["description"] == "三单元楼道灯不亮"
    assert (told["long"], told["lat"]) == pytest.approx(middle(0))
    moments = [told[f"{name}_datetime"] for name in ("requested", "updated", "expected")]
    assert all(W3C.fullmatch(one) for one in moments)
    tree = ET.fromstring(client.get(f"{ROOT}/requests/{quote(number)}.xml").content)
    assert tree.tag == "service_requests"
    assert [child.tag for child in tree] == ["request"]
    assert {part.tag for part in tree[0]} == REQUEST
    assert tree[0].find("zipcode").text is None, "what is empty stays empty"


def test_a_request_that_is_not_there_is_404(client, town):
    wrong(client.get(f"{ROOT}/requests/NONE.json"), 404)
    wrong(client.get(f"{ROOT}/requests/{quote(report(town).number)}.json"), 404)


def test_a_wrong_key_is_refused_also_where_none_is_needed(client):
    wrong(client.get(f"{ROOT}/requests.json", {"api_key": "linli_wrong"}), 403)


def test_a_token_leads_to_its_number(client, api_key):
    (taken,) = post(client, api_key).json()
    event = Event.objects.get()
    (told,) = client.get(f"{ROOT}/tokens/{event.id}.json").json()
    assert told == {"service_request_id": taken["service_request_id"], "token": str(event.id)}
    wrong(client.get(f"{ROOT}/tokens/nothing.json"), 404)
    wrong(client.get(f"{ROOT}/tokens/{kernel.uuid7()}.json"), 404)


def test_filters_narrow_the_list(client, town, api_key):
    numbers = [post(client, api_key, service_code=code).json()[0]["service_request_id"] for code in ("T-01", "T-02")]
    closed = Event.objects.get(number=numbers[1])
    events.reject_event(
        event_id=closed.id, by=town.actor("dispatcher"), now=kernel.now(), reason="no_action", words="现场已清理"
    )

    def listed(**asked):
        return [one["service_request_id"] for one in client.get(f"{ROOT}/requests.json", asked).json()]

    assert listed() == numbers[::-1]
    assert listed(service_code="T-01,T-03") == numbers[:1]
    assert listed(status="open") == numbers[:1]
    assert listed(status="closed") == numbers[1:]
    assert listed(status="open,closed") == numbers[::-1]
    assert listed(service_request_id=f"{numbers[0]},NONE", status="closed") == numbers[:1], "ids stand above filters"
    assert listed(start_date="", end_date="", status="") == numbers[::-1], "empty is not given"
    soon = (MONDAY + timedelta(days=1)).isoformat()
    assert listed(start_date=soon) == []
    assert listed(end_date=soon.replace("+", " ")) == numbers[::-1], "a plus that was not escaped"
    assert [listed(page=page, page_size=1) for page in (1, 2, 3)] == [numbers[1:], numbers[:1], []]


@pytest.mark.parametrize(
    "asked",
    [
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"},
        {"start_date": "2026-11-02T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"},
        {"start_date": "2026-11-02"},
        {"end_date": "2026-11-02T00:00:00"},
        {"status": "done"},
        {"page": "0"},
        {"page_size": "1001"},
        {"page_size": "²"},
    ],
)
def test_a_filter_that_can_not_be_is_400(client, asked):
    wrong(client.get(f"{ROOT}/requests.json", asked), 400)


def test_only_ninety_days_are_listed(client, town, api_key):
    post(client, api_key)
    Event.objects.update(reported_at=MONDAY - timedelta(days=91))
    assert client.get(f"{ROOT}/requests.json").json() == []
    old = {"start_date": (MONDAY - timedelta(days=100)).isoformat()}
    assert len(client.get(f"{ROOT}/requests.json", old).json()) == 1, "ninety days from there"


def test_a_closed_request_says_when_and_with_what_result(client, town, api_key):
    (taken,) = post(client, api_key).json()
    event = Event.objects.get()
    closing = {"reason": "no_action", "words": f"已电话{OLD_WU_PHONE}说明"}
    events.reject_event(event_id=event.id, by=town.actor("dispatcher"), now=MONDAY + timedelta(hours=1), **closing)
    path = f"{ROOT}/requests/{quote(taken['service_request_id'])}.json"
    (mine,) = client.get(path, {"api_key": api_key}).json()
    assert (mine["status"], mine["expected_datetime"]) == ("closed", None)
    assert mine["updated_datetime"] == "2026-11-16T02:30:00Z"
    assert "已电话[手机号]说明" in mine["status_notes"]
    (theirs,) = client.get(path).json()
    assert "说明" not in theirs["status_notes"], "the answer is for who reported"


# ---- what is public ------------------------------------------------------------------


def test_the_public_sees_only_matters_that_are_open(client, town):
    said = f"我叫吴桂芳，电话{OLD_WU_PHONE}，楼道灯坏了"
    before = report(town, said)
    assert client.get(f"{ROOT}/requests.json").json() == []
    events.set_open_matters(codes=["T-01"], exact=[], by=accounts.SYSTEM, now=MONDAY + timedelta(seconds=1))
    since = report(town, said, now=MONDAY + timedelta(minutes=1), address="青石巷7号")
    report(town, said, now=MONDAY + timedelta(minutes=1), matter="T-02")
    later = (MONDAY + timedelta(hours=1)).isoformat()
    (told,) = client.get(f"{ROOT}/requests.json", {"end_date": later}).json()
    assert told["service_request_id"] == since.number != before.number
    assert OLD_WU_PHONE not in told["description"]
    assert told["address"] == "南苑街道 南苑社区"
    assert (told["long"], told["lat"]) == tuple(round(degrees, 3) for degrees in middle(0))
    events.set_open_matters(codes=["T-01"], exact=["T-01"], by=accounts.SYSTEM, now=MONDAY + timedelta(minutes=2))
    report(town, said, now=MONDAY + timedelta(minutes=3), address="青石巷7号")
    newest, older = client.get(f"{ROOT}/requests.json", {"end_date": later}).json()
    assert (newest["address"], older["address"]) == ("青石巷7号", "南苑街道 南苑社区"), "each as it was when reported"
    events.set_open_matters(codes=[], exact=[], by=accounts.SYSTEM, now=MONDAY + timedelta(minutes=4))
    report(town, said, now=MONDAY + timedelta(minutes=5))
    assert len(client.get(f"{ROOT}/requests.json", {"end_date": later}).json()) == 2


def test_of_others_reports_an_app_sees_only_how_far_they_are(client, town, api_key):
    post(client, api_key, address_string="青石巷7号")
    for told in (
        client.get(f"{ROOT}/requests.json").json()[0],
        client.get(f"{ROOT}/requests.json", {"api_key": key_of(town, "outsider")}).json()[0],
    ):
        assert [told[name] for name in ("description", "lat", "long")] == [None] * 3
        assert told["address"] == "南苑街道 南苑社区"


def test_a_key_sees_what_its_holder_sees(client, town):
    receipt = report(town)
    mine = client.get(f"{ROOT}/requests.json", {"api_key": key_of(town, "community_worker")}).json()
    assert [one["service_request_id"] for one in mine] == [receipt.number]
    assert client.get(f"{ROOT}/requests.json", {"api_key": key_of(town, "outsider")}).json() == []


def test_only_who_may_opens_matters(town):
    with pytest.raises(Exception, match=r"events\.interfaces"):
        events.set_open_matters(codes=["T-01"], exact=[], by=town.actor("dispatcher"), now=MONDAY)


# ---- house rules ---------------------------------------------------------------------


def test_another_jurisdiction_is_404(client, settings):
    assert client.get(f"{ROOT}/services.json?jurisdiction_id=anything").status_code == 200
    settings.LINLI_JURISDICTION = "qinghe.example.org"
    assert client.get(f"{ROOT}/services.json?jurisdiction_id=qinghe.example.org").status_code == 200
    assert client.get(f"{ROOT}/services.json").status_code == 200
    wrong(client.get(f"{ROOT}/services.json?jurisdiction_id=other"), 404)


def test_who_asks_too_often_waits(client, monkeypatch):
    monkeypatch.setattr("linli.events.rest.open311.MOST_READS", 2)
    answers = [client.get(f"{ROOT}/services.json") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0


def test_any_text_makes_good_xml():
    tree = ET.fromstring(written("xml", "things", [{"words": "a\x00\x0b<&>\ud800é"}], "thing"))
    assert tree[0][0].text == "a<&>é"
    assert ET.fromstring(written("xml", "things", [], "thing")).tag == "things"
    assert written("json", "things", [], "thing") == b"[]"


def test_the_interface_is_described(client):
    told = client.get("/open311/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    assert set(told["paths"]) == {
        f"/open311{path}.{{fmt}}"
        for path in (
            "/discovery", "/v2/services", "/v2/services/{service_code}", "/v2/requests",
            "/v2/requests/{service_request_id}", "/v2/tokens/{request_token}",
        )
    }  # fmt: skip
    assert told["paths"]["/open311/v2/requests.{fmt}"]["post"]["requestBody"]["content"]
