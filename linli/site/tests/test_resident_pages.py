"""What residents do: report in three steps without a script, follow, add, rate, open again; and nobody else's eyes."""

import gzip
import io
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from tests.town import OLD_WU_PHONE, build_town

pytestmark = pytest.mark.django_db
WORDS = "3栋楼道灯坏了一周，老人上下楼不方便"


@pytest.fixture
def town(three_words, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return build_town()


def a_photo(name="lamp.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def report(client, phone=OLD_WU_PHONE, **more):
    client.post("/report", {"text": WORDS, **more})
    client.post("/report/where", {"address": "南苑小区3栋"})
    client.post("/report/who", {"phone": phone, "name": "吴桂芳"})
    return client.get("/report/receipt").context["receipt"]


def wu(client):
    person = accounts.resident_by_phone(phone=OLD_WU_PHONE, now=kernel.now())
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_three_steps_lead_to_a_receipt_with_number_unit_and_day(client, town):
    told = report(client, photos=[a_photo(), a_photo("again.jpg")])
    event = events.Event.objects.get(number=told["number"])
    assert (event.said, event.address) == (WORDS, "南苑小区3栋")
    assert told["unit"] == event.lead_unit.name
    assert event.photos.count() == 2


def test_a_report_without_a_phone_is_followed_by_the_address_on_the_receipt(client, town, django_user_model):
    told = report(client, phone="")
    link = client.get("/report/receipt").context["follow_url"]
    client.cookies.clear()
    assert client.get(link).status_code == 200
    assert client.get(link.split("?")[0]).status_code == 302
    assert told["number"] in client.get(link).content.decode()


def test_too_few_words_are_refused_and_kept_with_the_photo(client, town):
    answer = client.post("/report", {"text": "灯", "photos": [a_photo()]})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"text"}
    assert re.search(r"<textarea[^>]*>灯</textarea>", answer.content.decode())
    assert answer.context["photo_count"] == 1


def test_a_file_that_is_no_photo_is_refused_by_its_content(client, town):
    answer = client.post(
        "/report", {"text": WORDS, "photos": [SimpleUploadedFile("a.jpg", b"#!/bin/sh", "image/jpeg")]}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"photos"}


def test_a_place_is_asked_for_once_nothing_tells_it(client, town):
    client.post("/report", {"text": WORDS})
    assert client.post("/report/where", {}).context["form"].errors.keys() == {"address"}
    for enough in (
        {"address": "北门街"},
        {"division": town.divisions["nanyuan"].id},
        {"lng": "112.005", "lat": "27.905"},
    ):
        assert client.post("/report/where", enough).status_code == 302


def test_a_wrong_phone_is_refused_and_nothing_is_lost(client, town):
    client.post("/report", {"text": WORDS})
    client.post("/report/where", {"address": "北门街"})
    answer = client.post("/report/who", {"phone": "1380000", "name": "吴"})
    assert answer.status_code == 422
    assert answer.context["form"]["name"].value() == "吴"
    assert answer.context["draft"]["text"] == WORDS
    assert not events.Event.objects.exists()


def test_steps_cannot_be_skipped(client, town):
    assert client.get("/report/where").url == "/report"
    assert client.get("/report/who").url == "/report"
    assert client.get("/report/receipt").url == "/"


def test_one_sees_ones_own_report_and_nobody_else_does(client, town):
    number = report(client)["number"]
    client.cookies.clear()
    assert client.get(f"/e/{number}").status_code == 302
    other = accounts.resident_by_phone(phone="13900002222", now=kernel.now())
    client.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
    refused = client.get(f"/e/{number}")
    assert refused.status_code == 404
    assert WORDS not in refused.content.decode()
    assert client.post(f"/e/{number}/add", {"words": "我来看看"}).status_code == 404
    assert WORDS in wu(client).get(f"/e/{number}").content.decode()


def test_what_is_added_stands_on_the_timeline(client, town):
    number = report(client)["number"]
    assert wu(client).post(f"/e/{number}/add", {"words": "今天二单元也黑了"}).status_code == 302
    assert "今天二单元也黑了" in client.get(f"/e/{number}").content.decode()
    assert client.post(f"/e/{number}/add", {"words": ""}).status_code == 422


def test_an_open_report_is_neither_rated_nor_opened_again(client, town):
    number = report(client)["number"]
    wu(client)
    assert client.post(f"/e/{number}/rate", {"solved": "yes", "satisfied": "5"}).status_code == 404
    assert client.post(f"/e/{number}/reopen").status_code == 404


@pytest.mark.parametrize("address", ["/", "/report", "/follow", "/reading"])
def test_a_chosen_look_is_in_the_page_itself(client, town, address):
    client.cookies["linli_look"] = "elder.contrast"
    page = client.get(address).content.decode()
    assert 'data-size="elder"' in page
    assert 'data-contrast="more"' in page


@pytest.mark.parametrize("address", ["/", "/report", "/follow"])
def test_the_first_load_is_light(client, town, address):
    page = client.get(address).content
    parts = set(re.findall(r'(?:href=|src=|import\()"/static/([^"#]+\.(?:css|js|svg))', page.decode()))
    files = [Path(finders.find(re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", part))) for part in parts]
    total = sum(len(gzip.compress(content)) for content in [page, *(path.read_bytes() for path in files)])
    assert len(files) >= 4
    assert total < 40_000
