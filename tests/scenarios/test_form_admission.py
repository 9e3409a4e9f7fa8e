"""Story: a department wants a form, less of it is admitted, it ends by itself; one that nobody admitted is reported."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.kernel import api as kernel
from linli.sheets.actions.admit import expire_forms
from linli.sheets.models import Admission, Demand, Form
from linli.sheets.rules import drawing
from tests.basetown import planted
from tests.duties import MONDAY
from tests.issuingtown import POSTS, drawn
from tests.scenarios.acting import AtDesk
from tests.sharingtown import allow
from tests.sheetstown import POSTS as FILLERS

KNOWN = (("姓名", "person.name"), ("性别", "person.sex"), ("出生日期", "person.birth_date"))
NEW = (*KNOWN, ("饮食习惯", ""))
TITLE = "高龄老人饮食情况登记表"


@pytest.fixture
def county(town, clock):
    """A county whose base knows old Wu; an office issues, the centre admits, a community fills."""
    planted(town, MONDAY)
    for code, more in (*POSTS.items(), *FILLERS.items()):
        allow(code, more, MONDAY)
    return town


@pytest.fixture
def office(county):
    return AtDesk(county.people["officer"])


@pytest.fixture
def centre(county):
    return AtDesk(county.people["dispatcher"])


def blank(columns):
    return SimpleUploadedFile(f"{TITLE}.xlsx", drawing.workbook_of(drawn(TITLE, columns), [], {}))


def applied(office, columns, **more):
    """Apply with a file, as an office has it, and return the address of the application."""
    answer = office.browser.post("/desk/forms/admissions/new", {"file": blank(columns)})
    assert answer.status_code == 302, answer.content.decode()
    said = {
        "basis": "老年人权益保障法第三十三条", "words": "安排老年食堂", "levels": ["community"], "frequency": "once",
        "first_on": f"{kernel.now():%Y-%m-%d}", "days": 5, "rows": 120,
    }  # fmt: skip
    return answer["Location"], office.browser.post(answer["Location"], {**said, **more})


def test_a_form_is_admitted_with_less_and_ends_by_itself(county, clock, office, centre):
    page, answer = applied(office, KNOWN)
    assert answer.status_code == 302
    assert "建议：改为查询" in centre.page(page)
    centre.browser.post(f"{page}/do/refuse", {"reason": "query", "words": "库中已有，请申请用数"})
    assert "请申请用数" in office.page(page)

    page, answer = applied(office, NEW, days=1)
    assert answer.status_code == 422, "below the floor"
    assert "最早可要求" in answer.content.decode()
    page, answer = applied(office, NEW)
    assert answer.status_code == 302
    shown = centre.page(page)
    assert "建议：精简列" in shown
    ticked = re.findall(r'name="keep" value="(\d+)" checked', shown)
    assert ticked == ["0", "3"], "whose row it is, and what nobody knows"
    office.browser.post(f"{page}/do/admit")
    assert Admission.objects.latest("id").state == "applied", "no office admits its own form"
    centre.browser.post(f"{page}/do/shrink", {"keep": ticked, "words": "性别和出生日期库中已有"})
    assert TITLE not in Client().get("/forms-list").content.decode()
    office.browser.post(f"{page}/do/accept")
    row = Admission.objects.latest("id")
    public = Client().get(f"/forms-list/{row.list_number}").content.decode()
    assert "饮食习惯" in public
    assert "出生日期" not in public

    clock.to(MONDAY + timedelta(days=40))
    assert TITLE not in Client().get("/forms-list").content.decode(), "over, though no task has run yet"
    assert expire_forms(now=kernel.now()) == 1
    assert "已到期" in office.page(page)


def test_a_community_sees_whether_a_form_is_on_the_list(county, office, centre):
    worker = AtDesk(county.people["community_worker"])
    page = worker.browser.post("/desk/forms", {"file": blank(NEW)})["Location"]
    assert "清单外" in worker.page(page)
    assert "/forms-list/report" in worker.page(page)
    here, _answer = applied(office, NEW)
    centre.browser.post(f"{here}/do/admit")
    shown = worker.page(page)
    assert "清单内" in shown
    assert Admission.objects.get().list_number in shown
    more = worker.browser.post("/desk/forms", {"file": blank((*NEW, ("存款余额", "")))})["Location"]
    assert "超出准入内容" in worker.page(more)
    assert Form.objects.count() == 2


def test_what_the_list_does_not_have_is_not_filled(county, office, centre):
    here, _answer = applied(office, NEW)
    centre.browser.post(f"{here}/do/admit")
    worker = AtDesk(county.people["community_worker"])
    more = blank((*NEW, ("联系电话", "person.phone")))
    page = worker.browser.post("/desk/forms", {"file": more})["Location"]
    form = Form.objects.get()
    columns = {one.path[0]: f"column-{one.pk}" for one in form.parts.get().columns.all()}
    said = {column: name if name != "饮食习惯" else "" for name, column in columns.items()}
    assert worker.browser.post(f"{page}/columns", {**said, "rest": "1"}).status_code == 302
    assert 'name="basis"' not in worker.page(f"{page}/rows"), "the list has it"
    chosen = {"purpose": "visit", "on": "2026-11-16", "part-0-division": county.divisions["nanyuan"].id}
    assert worker.browser.post(f"{page}/choose", chosen).status_code == 302
    shown = worker.page(f"{page}/rows")
    assert "吴桂芳" in shown
    assert "13800001111" not in shown
    assert f"准入清单（{Admission.objects.get().list_number}）内没有这一列" in shown
    form.refresh_from_db()
    assert form.admission == Admission.objects.get()


def test_a_form_that_nobody_admitted_is_reported_without_a_name(county, clock, office, centre):
    somebody = Client()
    page = somebody.get("/forms-list/report").content.decode()
    division = county.divisions["county"].id
    assert f'value="{division}"' in page
    said = {"title": "孤寡老人统计表", "issuer": "城管局", "words": "今天下午就要", "division_id": division}
    code = re.search(r"<b>([2-9A-Z-]{19})</b>", somebody.post("/forms-list/report", said).content.decode()).group(1)
    row = Demand.objects.get()
    here = f"/desk/forms/demands/{row.pk}"
    assert "今天下午就要" in centre.page(here)
    office.page(here, 404)
    centre.browser.post(f"{here}/do/ask", {"unit": county.units["csgl"].pk, "words": "请说明依据"})
    clock.later(hours=3)
    office.browser.post(f"{here}/do/answer", {"words": "系临时统计，已收回"})
    closed = {"outcome": "stop:taken_back", "words": "已收回，不用再填"}
    assert office.browser.post(f"{here}/do/close", closed).status_code == 403, "not the office itself"
    assert centre.browser.post(f"{here}/do/close", closed).status_code == 302
    told = somebody.post("/forms-list/answer", {"code": code.lower()}).content.decode()
    assert "系临时统计，已收回" in told
    assert "已收回，不用再填" in told
    for name in ("officer", "dispatcher"):
        assert county.people[name].name not in told
    AtDesk(county.people["outsider"]).page(here, 404)
