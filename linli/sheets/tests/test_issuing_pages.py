"""The pages of issuing: design by buttons, apply, decide, the public list without a sign-in; others see nothing."""

import gzip
from io import BytesIO

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from linli.sheets.models import Admission, Demand
from linli.sheets.tests.offices import NOW, admitted, applied, design, make_offices, terms

pytestmark = [pytest.mark.django_db, pytest.mark.page]
DESIGN, LIST = "/desk/forms/design", "/forms-list"


@pytest.fixture
def place(db, keys_in_memory):
    cache.clear()
    return make_offices()


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


def sheet(*rows, **more):
    """Return what the page of the designer posts: rows are (header, element, group)."""
    whole = [(*row, "", "")[:3] for row in rows]
    return {
        "title": "老人台账", "kind": "persons", "header": [row[0] for row in whole],
        "element": [row[1] for row in whole], "group": [row[2] for row in whole],
        "transform": ["blank"] * len(whole), "notes": "", **more,
    }  # fmt: skip


ROWS = (("姓名", "person.name"), ("性别", "person.sex", "基本情况"), ("口味", ""))


def heads(answer):
    return [line.split('value="')[1].split('"')[0] for line in answer.content.decode().split('name="header"')[1:]]


def queries(client, path):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_a_design_is_made_by_buttons_alone(desk):
    client = desk("civil")
    assert "姓名" in client.get(DESIGN).content.decode()
    page = client.post(DESIGN, sheet(add="姓名", act="add"))
    assert heads(page) == ["姓名"]
    page = client.post(DESIGN, sheet(*ROWS, act="down:0"))
    assert heads(page) == ["性别", "姓名", "口味"]
    assert 'value="down:1"' in page.content.decode()
    text = page.content.decode()
    assert "autofocus" in text[text.index('value="down:1"') : text.index('value="remove:1"')], "the focus goes along"
    page = client.post(DESIGN, sheet(*ROWS, act="down:1"))
    text = page.content.decode()
    assert "autofocus" in text[text.index('value="up:2"') : text.index('value="down:2"')], "at the end the other button"
    assert heads(client.post(DESIGN, sheet(*ROWS, act="remove:1"))) == ["姓名", "口味"]
    assert heads(client.post(DESIGN, sheet(*ROWS, add="+爱好", act="add")))[-1] == "爱好"
    assert "没有" in client.post(DESIGN, sheet(*ROWS, add="天上的星", act="add")).content.decode()
    assert not Admission.objects.exists(), "nothing is kept"


@pytest.mark.parametrize("act", ["up:0", "down:99999999999", "remove:-1", "up:", "nonsense", ":", "remove:9"])
def test_a_button_that_is_not_there_changes_nothing(desk, act):
    assert heads(desk("civil").post(DESIGN, sheet(*ROWS, act=act))) == ["姓名", "性别", "口味"]


def test_a_design_leaves_as_a_workbook_and_as_an_xlsform(desk):
    client = desk("civil")
    book = load_workbook(BytesIO(client.post(DESIGN, sheet(*ROWS, act="xlsx")).content))
    assert [book.active.cell(3, place).value for place in (1, 2, 3)] == ["姓名", "基本情况", "口味"]
    form = load_workbook(BytesIO(client.post(DESIGN, sheet(*ROWS, act="xlsform")).content))
    assert form.sheetnames == ["survey", "choices", "settings"]
    assert client.post(DESIGN, sheet(act="xlsx")).status_code == 422
    assert client.post(DESIGN, sheet(*ROWS, title="", act="xlsx")).status_code == 422


def test_a_design_becomes_an_application_that_another_unit_decides(desk, place):
    assert desk("civil").post(DESIGN, sheet(*ROWS, act="apply")).status_code == 302
    row = Admission.objects.get()
    here = f"/desk/forms/admissions/{row.pk}"
    said = {"basis": terms().basis, "words": "发津贴", "levels": ["community"], "frequency": "yearly",
            "first_on": "2026-11-23", "days": 3, "rows": 50}  # fmt: skip
    refused = desk("civil").post(here, said)
    assert refused.status_code == 422
    assert "2026-12-07" in refused.content.decode(), "the earliest day"
    changed = desk("civil").post(f"{DESIGN}?admission={row.pk}", sheet(*ROWS[:2], act="apply"))
    assert changed.status_code == 302
    assert desk("civil").post(here, {**said, "days": 10}).status_code == 302
    assert desk("health").get(here).status_code == 404
    assert 'value="admit"' not in desk("civil").get(here).content.decode()
    page = desk("centre").get(here).content.decode()
    assert "公安" in page
    assert f"{here}/do/admit" in page
    assert desk("centre").post(f"{here}/do/shrink", {"keep": ["0", "1"], "words": "x"}).status_code == 422
    assert desk("centre").post(f"{here}/do/shrink", {"keep": ["0"], "words": "性别库中已有"}).status_code == 302
    assert "性别库中已有" in desk("civil").get(here).content.decode()
    assert desk("civil").post(f"{here}/do/accept").status_code == 302
    row.refresh_from_db()
    assert row.state == "admitted"
    assert desk("centre").post(f"{here}/do/nonsense").status_code == 404


def test_the_list_is_read_searched_and_taken_without_a_sign_in(client, place):
    row, other = admitted(place), admitted(place, by="health", of=design("疫苗接种台账"))
    page = client.get(LIST)
    assert {row.title, other.title} <= set(page.content.decode().replace("<", ">").split(">"))
    assert len(gzip.compress(page.content)) < 20_000
    found = client.get(LIST, {"q": "疫苗"}).content.decode()
    assert other.title in found
    assert row.title not in found
    assert "没有" in client.get(LIST, {"q": "天上的星"}).content.decode()
    body = client.get(f"{LIST}.json").json()
    assert [one["number"] for one in body["forms"]] == [other.list_number, row.list_number]
    assert "饮食习惯" in client.get(f"{LIST}/{row.list_number}").content.decode()
    assert client.get(f"{LIST}/{row.number}").status_code == 404
    assert "<script" not in client.get(f"{LIST}/report").content.decode().split("<main")[1].split("</main")[0]


def test_what_is_only_applied_for_is_not_public(client, place):
    row = applied(place)
    assert row.title not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}.json").json()["forms"] == []


def test_lists_cost_the_same_with_one_row_and_with_three(desk, place, client):
    def some():
        admitted(place)
        applied(place)
        Demand.objects.create(
            number=f"W-{Demand.objects.count()}", receipt=str(Demand.objects.count()),
            title="表", issuer="局", words="x",
            division_id=place.county, reported_on=NOW.date(), due=NOW,
        )  # fmt: skip

    some()
    paths = (LIST, "/desk/forms/admissions", "/desk/forms/admissions?tab=list", "/desk/forms/demands", f"{LIST}.json")
    desk("centre")
    before = [queries(client, path) for path in paths]
    for _more in range(2):
        some()
    assert [queries(client, path) for path in paths] == before


def test_the_clerk_of_a_community_has_no_such_desk(desk):
    for path in ("admissions", "admissions/new", "design", "demands", "burden", "burden.csv", "rules"):
        assert desk("clerk").get(f"/desk/forms/{path}").status_code == 403


def test_rules_are_decided_on_their_page(desk):
    assert desk("civil").get("/desk/forms/rules").status_code == 403
    page = desk("centre").get("/desk/forms/rules")
    assert "样例" in page.content.decode()
    form = page.context["form"]
    said = {name: field.initial for name, field in form.fields.items() if name != "words"}
    wrong = desk("centre").post("/desk/forms/rules", {**said, "words": "没有变化"})
    assert wrong.status_code == 422
    done = desk("centre").post("/desk/forms/rules", {**said, "least_once": 7, "words": "多留两天"})
    assert done.status_code == 302
    assert "多留两天" in desk("centre").get("/desk/forms/rules").content.decode()
