"""The REST interface: reports once, refuses in sentences, and shows a key only what it may see."""

import pytest

from linli.accounts import api as accounts
from linli.events.models import Event
from tests.town import MONDAY, build_town, report

pytestmark = pytest.mark.django_db
REPORT = {"text": "南苑社区3栋楼道灯坏了一周", "reporter_phone": "13800001111"}


@pytest.fixture
def town(three_words):
    return build_town()


@pytest.fixture
def key_of(town):
    def issue(name):
        issued = accounts.issue_token(holding=town.holdings[name], name="接口", by=accounts.SYSTEM, now=MONDAY)
        return {"Authorization": f"Bearer {issued.raw}"}

    return issue


def post(client, body, headers, **more):
    return client.post("/api/v1/events", body, content_type="application/json", headers={**headers, **more})


def test_a_report_is_answered_with_number_unit_and_clock(client, key_of):
    answer = post(client, REPORT, key_of("dispatcher"))
    assert answer.status_code == 201
    assert answer.json()["unit_name"] == "南苑社区居委会"
    assert answer.json()["number"].startswith("南苑-")


def test_the_same_key_sent_again_is_the_same_event(client, key_of):
    headers = key_of("dispatcher")
    first = post(client, REPORT, headers, **{"Idempotency-Key": "k1"})
    again = post(client, REPORT, headers, **{"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["number"] == again.json()["number"]
    other = post(client, {**REPORT, "text": "另一件事情发生了"}, headers, **{"Idempotency-Key": "k1"})
    assert other.status_code == 409
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "灯"}, "text"),
        ({**REPORT, "lng": 200, "lat": 3}, "place"),
        ({**REPORT, "reporter_phone": "1"}, "reporter_phone"),
    ],
)
def test_a_bad_report_gets_a_sentence_for_its_field(client, key_of, body, field):
    answer = post(client, body, key_of("dispatcher"))
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [field]


def test_without_a_key_there_is_no_way_in(client, town):
    assert post(client, REPORT, {}).status_code == 401
    assert post(client, REPORT, {"Authorization": "Bearer linli_wrong"}).status_code == 401


def test_a_key_without_the_right_is_refused(client, key_of):
    assert post(client, REPORT, key_of("auditor")).status_code == 403


def test_what_is_not_json_is_refused(client, key_of):
    answer = client.post("/api/v1/events", "text=灯坏了", content_type="text/plain", headers=key_of("dispatcher"))
    assert answer.status_code == 415


def test_what_is_too_large_is_refused(client, key_of, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000
    assert post(client, {"text": "灯" * 3000}, key_of("dispatcher")).status_code == 413


def test_a_key_reads_only_what_it_may_see(client, town, key_of):
    receipt = report(town)
    mine = client.get(f"/api/v1/events/{receipt.number}", headers=key_of("community_worker"))
    assert mine.json()["unit"] == "南苑社区居委会"
    assert client.get(f"/api/v1/events/{receipt.number}", headers=key_of("outsider")).status_code == 404
    assert client.get("/api/v1/events", headers=key_of("outsider")).json()["items"] == []
    assert len(client.get("/api/v1/events", headers=key_of("community_worker")).json()["items"]) == 1


def test_the_interface_and_its_webhooks_are_described(client, town):
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    assert {"event.reported", "event.closed"} <= set(told["webhooks"])
    schema = told["webhooks"]["event.closed"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert not {"title", "text", "address", "lng", "lat"} & set(schema["properties"]["data"]["properties"])
    answer = told["paths"]["/api/v1/events/{number}"]["get"]["responses"]["200"]
    assert answer["content"]["application/json"]["schema"]["$ref"].endswith("EventOut")


def test_a_disabled_person_has_no_key_any_more(client, town, key_of):
    headers = key_of("dispatcher")
    accounts.disable_person(person=town.people["dispatcher"], by=accounts.SYSTEM, now=MONDAY)
    assert post(client, REPORT, headers).status_code == 401


def test_near_events_are_shown_without_who_and_can_be_followed(client, key_of, monday, town):
    lamp = report(town)
    headers = key_of("dispatcher")
    (found,) = client.post("/api/v1/near", REPORT, content_type="application/json", headers=headers).json()
    assert found["number"] == lamp.number
    assert not {"text", "address", "lng", "lat", "event_id"} & set(found)
    path = f"/api/v1/events/{lamp.number}/followers"
    followed = client.post(path, {"phone": "13900002222"}, content_type="application/json", headers=headers)
    assert followed.status_code == 201
    assert followed.json()["number"] != lamp.number
    stranger = client.post(path, {}, content_type="application/json", headers=key_of("outsider"))
    assert stranger.status_code == 404
    half = client.post(path, {"phone": "12"}, content_type="application/json", headers=headers)
    assert list(half.json()["fields"]) == ["reporter_phone"]
