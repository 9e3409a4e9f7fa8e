"""The pages: apply, trim in place, answer, correct from the card; others see nothing; lists cost the same."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.exchange import api as exchange
from linli.exchange.models import Application, Correction, Grant
from linli.exchange.tests.places import NOW, TODAY, applied, granted
from linli.registry.tests.factories import make_wu

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def desk(client, place):
    def sign_in(name):
        client.force_login(place.people[name])
        return client

    return sign_in


def form(place, **more):
    return {
        "elements": ["birth_date", "name"], "division": place.county, "starts_on": "2026-11-23",
        "ends_on": "2026-12-31", "quota": 50, "ways": ["verify"], "purpose": "serve", "basis": "老年人权益保障法",
        "words": "核对年龄", "step": "apply", **more,
    }  # fmt: skip


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_an_application_is_handed_in_and_trimmed_in_place(desk, place):
    assert desk("asker").post("/desk/sharing/new?kind=person", form(place)).status_code == 302
    row = Application.objects.get()
    here = f"/desk/sharing/{row.pk}"
    page = desk("police").get(here).content.decode()
    assert "老年人权益保障法" in page
    less = form(place, elements=["birth_date"], words="", verdict="approve")
    refused = desk("police").post(here, less)
    assert refused.status_code == 422
    assert 'value="name" checked' not in refused.content.decode(), "what was taken out stays out"
    assert desk("police").post(here, {**less, "words": "姓名用不着"}).status_code == 302
    assert Grant.objects.get().elements == ["birth_date"]
    assert "姓名用不着" in desk("asker").get(here).content.decode()


def test_nothing_typed_is_lost(desk, place):
    page = desk("asker").post("/desk/sharing/new", form(place, elements=[], words="低保复核要用"))
    assert page.status_code == 422
    assert "低保复核要用" in page.content.decode()


def test_a_refusal_without_words_is_sent_back(desk, place):
    here = f"/desk/sharing/{applied(place).pk}"
    assert desk("police").post(here, {"verdict": "decline", "words": ""}).status_code == 422
    assert desk("police").post(here, {"verdict": "decline", "words": "用途不清"}).status_code == 302
    assert Application.objects.get().answer == "用途不清"


def test_others_find_nothing(desk, place):
    row, grant = applied(place), granted(place)
    for path in (f"/desk/sharing/{row.pk}", f"/desk/sharing/grants/{grant.pk}"):
        assert desk("health").get(path).status_code == 404
        assert desk("worker").get(path).status_code == 403


def test_a_grant_is_revoked_on_its_page(desk, place):
    grant = granted(place)
    here = f"/desk/sharing/grants/{grant.pk}"
    assert desk("police").get(here).status_code == 200
    desk("police").post(f"{here}/end", {"step": "revoke", "words": "业务已结束"})
    assert Grant.objects.get().state == "revoked"


def test_a_community_sees_who_may_read_about_its_people(desk, place):
    granted(place)
    page = desk("worker").get("/desk/sharing/readers").content.decode()
    assert "民政局" in page
    assert "出生日期" in page


def test_a_correction_goes_from_the_card_to_the_owner(desk, place):
    wu = make_wu(place.ground.grids["xuefu1"])
    path = f"/desk/base/{wu}/correct/birth_date"
    bad = desk("worker").post(path, {"value": "", "evidence": "户口簿", "seen_on": "2026-11-23"})
    assert bad.status_code == 422
    said = {"value": "1941-03-12", "evidence": "看过户口簿原件", "seen_on": TODAY.isoformat()}
    assert desk("worker").post(path, said).status_code == 302
    row = Correction.objects.get()
    assert "学府社区居委会" in desk("neighbour").post(path, said).content.decode(), "the second reads who was first"
    here = f"/desk/corrections/{row.pk}"
    page = desk("police").get(here).content.decode()
    assert "1941-03-12" in page
    assert "看过户口簿原件" in page
    overseen = desk("data").get(here).content.decode()
    assert "看过户口簿原件" not in overseen, "who oversees sees the state only"
    card = desk("neighbour").post(f"/desk/base/{wu}", {"purpose": "verify", "steps": "1"}).content.decode()
    assert "1941-03-12" in card
    desk("police").post(f"{here}/answer", {"step": "confirm"})
    assert Correction.objects.get().state == "confirmed"
    assert desk("police").get("/desk/corrections/measures").status_code == 200


@pytest.mark.parametrize(
    ("path", "name"),
    [("/desk/sharing?tab=answer", "police"), ("/desk/sharing?tab=mine", "asker"), ("/desk/sharing/grants", "asker"),
     ("/desk/sharing/readers", "worker")],
)  # fmt: skip
def test_a_list_costs_the_same_for_one_and_for_three(desk, place, path, name):
    client = desk(name)
    applied(place)
    granted(place)
    client.get(path)
    one = queries(client, path)
    for _ in range(2):
        applied(place)
        granted(place)
    assert queries(client, path) == one


def test_a_list_of_corrections_costs_the_same_for_one_and_for_three(desk, place):
    wu, client = make_wu(place.ground.grids["xuefu1"]), desk("police")
    counts = []
    for element, value in (("birth_date", "1941-03-12"), ("sex", "1"), ("native_place", "示例市")):
        finding = exchange.Finding(wu, element, value, "看过户口簿原件", TODAY)
        exchange.propose_correction(finding=finding, by=place.actor("worker"), now=NOW)
        client.get("/desk/corrections")
        counts.append(queries(client, "/desk/corrections"))
    assert counts[0] == counts[2]
