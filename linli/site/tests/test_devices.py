"""Pages of the register of devices: lists that cost the same for one and for three, tables, the public page."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from linli.accounts import api as accounts
from linli.site.plugins.askers import ELEMENTS, PAGES
from linli.trust import api as trust
from tests.duties import MONDAY
from tests.town import build_town

pytestmark = pytest.mark.page  # signs in by itself


@pytest.fixture
def town(db, keys_in_memory, clock_on_monday):
    return build_town()


@pytest.fixture
def clock_on_monday():
    with time_machine.travel(MONDAY):
        yield


@pytest.fixture
def worker(town):
    return signed_in(town, "community_worker")


def signed_in(town, name):
    client = Client()
    client.force_login(town.people[name])
    return client


def plant(town, count=1, **more):
    for number in range(count):
        values = {
            "name": f"{number}号门禁", "kind": "door", "unit_id": town.units["nanyuan"].id, "operator": "示例物业",
            "division_id": town.divisions["nanyuan"].id, "address": "南门", "place": "gate", "purpose": "trust.doors",
            "necessity": "夜间关门", "signs": "门旁有牌", **more,
        }  # fmt: skip
        device = trust.save_device(draft=trust.DeviceDraft(**values), by=accounts.SYSTEM, now=MONDAY)
        trust.apply_device(number=device.number, by=accounts.SYSTEM, now=MONDAY)
    return device


def cost(client, path):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len([one for one in seen if "kernel_revision" not in one["sql"]])


@pytest.mark.parametrize(
    ("path", "name"),
    [("/desk/devices", "community_worker"), ("/devices", "old_wu"), ("/console/trust/asking?tab=all", "guardian"),
     ("/console/trust/assessments", "guardian")],
)  # fmt: skip
def test_a_list_costs_the_same_for_one_and_for_three(town, path, name):
    client, kind = signed_in(town, name), {"kind": "face_terminal", "alternative": "刷卡"}
    first = faced(town, kind)
    client.get(path)
    one = cost(client, path)
    for _ in range(2):
        faced(town, kind)
    assert trust.Device.objects.count() == 3
    assert first.number in client.get(path).content.decode()
    assert cost(client, path) == one


def faced(town, kind):
    values = {
        "name": "人脸机", "unit_id": town.units["nanyuan"].id, "operator": "物业", "address": "南门", "place": "gate",
        "division_id": town.divisions["nanyuan"].id, "purpose": "trust.doors", "necessity": "x", "signs": "x", **kind,
    }  # fmt: skip
    device = trust.save_device(draft=trust.DeviceDraft(**values), by=accounts.SYSTEM, now=MONDAY)
    trust.write_assessment(
        sort="device", subject=device.number, answers=dict.fromkeys(trust.ask_less_in_force().questions, "核对"),
        risk="high", measures="x", conclusion="go", valid_until=MONDAY.date() + timedelta(days=300),
        by=accounts.SYSTEM, now=MONDAY,
    )  # fmt: skip
    return trust.apply_device(number=device.number, by=accounts.SYSTEM, now=MONDAY)


def test_a_table_goes_out_and_comes_in_again_as_drafts(town, worker):
    plant(town, 2)
    for form in ("csv", "xlsx"):
        answer = worker.get(f"/desk/devices/list.{form}")
        assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(worker.get("/desk/devices/list.csv").content.decode("utf-8-sig"))))
    assert len(rows) == 3
    rows[2][list(trust.device_columns()).index("kind")] = "无人机"
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    file = SimpleUploadedFile("设备.csv", text.getvalue().encode("utf-8-sig"))
    answer = worker.post("/desk/devices/take-in", {"file": file})
    assert answer.status_code == 422
    assert "无人机" in answer.content.decode()
    assert sorted(trust.Device.objects.values_list("state", flat=True)) == ["applied", "applied", "drafted"]
    back = worker.post("/desk/devices/rejected.xlsx", {"content": answer.context["content"]})
    heads, row = load_workbook(io.BytesIO(back.content)).active.iter_rows(values_only=True)
    assert heads[: len(trust.device_columns())] == tuple(trust.device_columns().values())
    assert (row[-2], "无人机" in row[-1]) == ("3", True), "the line and the reason stand behind what it said"
    assert worker.post("/desk/devices/rejected.xlsx", {"content": "{"}).status_code == 302


def test_a_name_is_no_formula_in_a_table(town, worker):
    plant(town, name="=1+1")
    assert "'=1+1" in worker.get("/desk/devices/list.csv").content.decode()


@pytest.mark.parametrize(
    "query", ["?area=99999", "?area=x", "?kind=drone", "?tab=none", "?cursor=x", "?area=9" + "9" * 40]
)
def test_an_address_that_is_not_valid_narrows_nothing(town, worker, query):
    plant(town)
    for path in ("/desk/devices", "/devices"):
        assert Client().get("/devices" + query).status_code in {200, 302}
        assert worker.get(path + query).status_code in {200, 302}


def test_a_form_with_a_mistake_loses_nothing(town, worker):
    answer = worker.post("/desk/devices/new", {"name": "西门门禁", "necessity": "写了很久的理由"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "西门门禁" in page
    assert "写了很久的理由" in page


def test_unknown_steps_and_numbers_lead_nowhere(town, worker):
    device = plant(town)
    assert worker.post(f"/desk/devices/d/{device.number}/step", {"step": "explode"}).status_code == 404
    assert worker.get("/desk/devices/d/SB-0").status_code == 404
    assert signed_in(town, "officer").get("/desk/devices").status_code == 403


def test_drafts_and_refused_ones_are_not_public(town):
    device = plant(town)
    assert device.name in Client().get("/devices").content.decode()
    trust.decide_device(number=device.number, allowed=False, words="不需要", by=accounts.SYSTEM, now=MONDAY)
    assert device.name not in Client().get("/devices").content.decode()


def test_every_field_of_a_page_that_asks_is_known_or_asks_nothing_of_a_person():
    plain = {"tell", "unit_id", "valid_from", "valid_to", "matter_code", "paper"}
    for page in PAGES:
        names = {name for form in page.forms for name in form.base_fields}
        assert names - set(page.fields) <= plain, page.code
        assert set(page.fields.values()) <= set(ELEMENTS)
        assert set(page.fields) <= names, page.code
