"""Open311 GeoReport v2, restated from the standard: discovery, services, reporting."""

from xml.etree import ElementTree as ET

import pytest

from linli.events.models import Event, Photo
from linli.events.rules import open311 as rules
from linli.events.tests.open311 import ROOT, SERVICE, W3C, key_of, place, post, wrong
from tests.scenarios.acting import photo_with_place
from tests.town import OLD_WU_PHONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday", "town")]


# ---- discovery -----------------------------------------------------------------


def test_discovery_tells_the_endpoint_in_both_forms(client):
    told = client.get("/open311/discovery.json").json()
    assert set(told) == {"changeset", "contact", "key_service", "endpoints"}
    (endpoint,) = told["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"] == f"http://testserver{ROOT}"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert endpoint["type"] in {"production", "test"}
    assert W3C.fullmatch(told["changeset"])
    tree = ET.fromstring(client.get("/open311/discovery.xml").content)
    assert tree.tag == "discovery"
    assert [one.text for one in tree.findall("endpoints/endpoint/formats/format")] == endpoint["formats"]
    assert client.get(endpoint["url"] + "/services.json").status_code == 200, "the address leads to the services"


# ---- services --------------------------------------------------------------------


def test_services_are_the_matters_in_force(client):
    answer = client.get(f"{ROOT}/services.json")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    services = answer.json()
    assert [one["service_code"] for one in services] == ["T-01", "T-02", "T-03"]
    assert all(set(one) == SERVICE for one in services)
    assert services[0] | {"service_name": "楼道照明", "type": "realtime", "metadata": True} == services[0]
    assert (services[0]["keywords"], services[0]["group"]) == ("楼道灯", "市政")


def test_services_as_xml_are_the_same(client):
    answer = client.get(f"{ROOT}/services.xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    tree = ET.fromstring(answer.content)
    assert tree.tag == "services"
    assert {child.tag for child in tree} == {"service"}
    assert {part.tag for part in tree[0]} == SERVICE
    assert tree[0].find("metadata").text == "true"
    as_json = client.get(f"{ROOT}/services.json").json()
    assert [one.find("service_name").text for one in tree] == [one["service_name"] for one in as_json]


def test_a_definition_lists_its_questions_in_order(client):
    told = client.get(f"{ROOT}/services/T-01.json").json()
    assert told["service_code"] == "T-01"
    asked = told["attributes"]
    assert [one["order"] for one in asked] == list(range(1, len(asked) + 1))
    kinds = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}
    assert {one["datatype"] for one in asked} <= kinds
    assert all(isinstance(one["variable"], bool) and isinstance(one["required"], bool) for one in asked)
    assert not asked[0]["variable"], "the limits are words to read"
    (choice,) = [one for one in asked if one["datatype"] == "singlevaluelist"]
    assert all(set(value) == {"key", "name"} for value in choice["values"])
    tree = ET.fromstring(client.get(f"{ROOT}/services/T-01.xml").content)
    assert tree.tag == "service_definition"
    assert tree.find("service_code").text == "T-01"
    assert len(tree.findall("attributes/attribute")) == len(asked)
    assert len(tree.findall("attributes/attribute/values/value")) == len(choice["values"])


def test_a_service_that_is_not_there_is_404(client):
    wrong(client.get(f"{ROOT}/services/NONE.json"), 404)
    answer = client.get(f"{ROOT}/services/NONE.xml")
    assert answer.status_code == 404
    tree = ET.fromstring(answer.content)
    assert (tree.tag, tree[0].tag, [part.tag for part in tree[0]]) == ("errors", "error", ["code", "description"])


def test_another_form_is_not_there(client):
    assert client.get(f"{ROOT}/services.html").status_code == 404


# ---- reporting -------------------------------------------------------------------


def test_a_report_becomes_an_event_with_an_owner(client, api_key):
    answer = post(client, api_key, first_name="桂芳", last_name="吴", phone=OLD_WU_PHONE, email="", device_id="d")
    assert answer.status_code == 200
    (taken,) = answer.json()
    assert set(taken) == {"service_request_id", "service_notice", "account_id"}
    event = Event.objects.get(number=taken["service_request_id"])
    assert (event.channel, event.matter.code, event.lead_unit.code) == ("open311", "T-01", "nysq")
    assert event.reporter.phone.reveal() == OLD_WU_PHONE
    tree = ET.fromstring(post(client, api_key, fmt="xml").content)
    assert (tree.tag, tree[0].tag) == ("service_requests", "request")
    assert Event.objects.filter(number=tree[0].find("service_request_id").text).exists()


@pytest.mark.parametrize("key", [None, "", "linli_wrong"])
def test_without_a_good_key_nothing_is_taken(client, key):
    wrong(post(client, key), 403)
    assert not Event.objects.exists()


def test_a_key_without_the_right_is_403(client, town):
    wrong(post(client, key_of(town, "auditor")), 403)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"service_code": None}, 400),
        ({"service_code": "NONE"}, 404),
        ({"lat": None, "long": None}, 400),
        ({"lat": None}, 400),
        ({"lat": "north"}, 400),
        ({"lat": "nan"}, 400),
        ({"lat": "91"}, 400),
        ({"lat": None, "long": None, "address_id": "000"}, 400),
        ({"description": "灯" * 4001}, 400),
        ({"phone": "12"}, 400),
        ({"media_url": "javascript:alert(1)"}, 400),
        ({"attribute[nature]": "whatever"}, 400),
        ({"attribute[seen_at]": "yesterday"}, 400),
    ],
)
def test_a_mistake_is_answered_with_its_code(client, api_key, fields, status):
    wrong(post(client, api_key, **fields), status)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "where",
    [
        {"lat": None, "long": None, "address_string": "南苑社区3栋"},
        {"lat": None, "long": None, "address_id": "990101001001"},
        {"lat": "", "long": "", "address_string": "南苑社区", "address_id": ""},
    ],
)
def test_any_of_the_three_ways_to_say_where_is_enough(client, api_key, where):
    (taken,) = post(client, api_key, **where).json()
    assert Event.objects.get(number=taken["service_request_id"]).community.name == "南苑社区"


def test_answers_and_a_missing_description_are_kept(client, api_key):
    seen = {"attribute[nature]": "complaint", "attribute[seen_at][]": "2026-11-15T20:00:00+08:00"}
    (taken,) = post(client, api_key, description=None, **seen).json()
    event = Event.objects.get(number=taken["service_request_id"])
    assert "楼道照明" in event.said
    assert "2026-11-15T20:00:00+08:00" in event.said
    assert event.nature == "投诉"


def test_a_required_answer_is_asked_for():
    asked = [rules.Attribute("a", "string", "?", required=True), rules.Attribute("n", "number", "?")]
    with pytest.raises(rules.RefusedError) as refused:
        rules.answers_of(asked, {"n": ["many"]})
    assert len(refused.value.problems) == 2, "every mistake at once"
    assert rules.answers_of(asked, {"a": ["x", "y"], "n": ["-1.5"]}) == {"a": ["x", "y"], "n": ["-1.5"]}


def test_the_same_idempotency_key_is_the_same_event(client, api_key):
    said = {"service_code": "T-01", "description": "楼道灯坏了", **place(), "api_key": api_key}
    first, again = (client.post(f"{ROOT}/requests.json", said, headers={"Idempotency-Key": "a"}) for _ in range(2))
    assert first.json()[0]["service_request_id"] == again.json()[0]["service_request_id"]
    assert Event.objects.count() == 1


def test_photos_come_along_and_links_are_kept_inside(client, api_key, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    link = "https://photos.example.org/1.jpg"
    (taken,) = post(client, api_key, media=photo_with_place(), media_url=link).json()
    event = Event.objects.get(number=taken["service_request_id"])
    assert Photo.objects.filter(event=event).count() == 1
    track = event.tracks.get(step="media")
    assert (track.text, track.is_public) == (link, False)
    wrong(post(client, api_key, media=photo_with_place("x.jpg").__class__("x.jpg", b"no photo")), 400)
