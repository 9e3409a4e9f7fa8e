"""Story: one visit answers what a form lacks of a household; another office's form is filled without a question."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.accounts import api as accounts
from linli.exchange.models import Correction
from linli.registry import api as registry
from linli.sheets.models import Delivery, Form, Gap
from tests.basetown import planted, say
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk
from tests.sharingtown import allow
from tests.sheetstown import POSTS, colleague, filled_rows, listed

CIVIL = ("序号", "姓名", "性别", "年龄", "文化程度", "联系电话")
HEALTH = ("姓名", "学历", "出生日期", "本人联系电话")
DIPLOMA, PHONE = "70", "13900007777"


@pytest.fixture
def household(town, clock):
    """Two old brothers who live together: of one nobody knows the schooling, of the other no telephone."""
    planted(town, MONDAY)
    grid = town.grids[0].code
    home = say("police", "household", "H1", MONDAY, number="990101001", head_name="周家兴", area_code=grid)
    known = {"sex": "1", "address": "青石巷八号院1栋1单元101室", "area_code": grid}
    brothers = [
        say("police", "person", "P21", MONDAY, name="周家兴", birth_date="1938-05-06", phone="13900006666", **known),
        say("police", "person", "P22", MONDAY, name="周家旺", birth_date="1940-07-08", education="80", **known),
    ]
    ties = [registry.Tie("member_of", one, home, date(2020, 1, 1)) for one in brothers]
    registry.relate(ties=ties, source="police", by=accounts.SYSTEM, now=MONDAY)
    for code, more in POSTS.items():
        allow(code, more, MONDAY)
    colleague(town, MONDAY)
    return home


def brought(town, worker, issuer, title, names):
    """Bring a form of an office, confirm its columns as they are shown, choose the old men; return its page."""
    file = SimpleUploadedFile(f"{title}.xlsx", listed(*names, title=title))
    page = worker.browser.post("/desk/forms", {"file": file, "issuer": issuer})["Location"]
    shown = worker.page(page)
    said = {f"column-{one.pk}": shown.split(f'name="column-{one.pk}"')[1].split('value="')[1].split('"')[0]
            for one in Form.objects.latest("id").parts.get().columns.all()}  # fmt: skip
    assert worker.browser.post(f"{page}/columns", said).status_code == 302
    chosen = worker.browser.post(f"{page}/choose", {
        "purpose": "visit", "on": "2026-11-16", "part-0-division": town.divisions["nanyuan"].id,
        "part-0-element_0": "birth_date", "part-0-operator_0": "years_from", "part-0-value_0": "80",
        "part-0-element_1": "sex", "part-0-operator_1": "is", "part-0-value_1": "男",
    })  # fmt: skip
    assert chosen.status_code == 302, chosen.content.decode()
    return page


def delivered(worker, checker, page):
    worker.browser.post(f"{page}/do/hand-in")
    checker.browser.post(f"{page}/do/check")
    answer = worker.browser.post(f"{page}/deliver")
    assert answer.status_code == 200
    return {row["姓名"]: row for row in _named(filled_rows(answer.content, 2, 3))}


def _named(rows):
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def answered_at_the_door(worker):
    """Take the questions along, answer both at one door, send them back; return where that was."""
    (visit,) = json.loads(worker.page("/desk/gaps/tasks.json"))["visits"]
    values = {"person.education": DIPLOMA, "person.phone": PHONE}
    answers = [{"task": one["id"], "key": one["key"], "value": values[one["element"]], "evidence": "入户询问"}
               for one in visit["tasks"]]  # fmt: skip
    said = {"format": "linli.gap-answers", "version": 1, "answers": answers}
    sent = worker.browser.post("/desk/gaps/answers", json.dumps(said), content_type="application/json")
    assert [one["state"] for one in sent.json()["results"]] == ["taken", "taken"]
    return visit["where"]


def test_a_household_is_asked_once_and_two_offices_have_their_forms(town, clock, household):
    worker, checker = AtDesk(town.people["community_worker"]), AtDesk(town.people["second"])
    civil = brought(town, worker, "青禾县民政局", "高龄老人关爱名册", CIVIL)
    asked = worker.browser.post(f"{civil}/ask", follow=True).content.decode()
    assert "已新增 2 项入户补采任务" in asked
    gaps = {(one.element, one.visit) for one in Gap.objects.all()}
    assert gaps == {("education", household), ("phone", household)}, "both are asked in one visit to the household"
    shown = worker.page("/desk/gaps")
    assert shown.count('<form class="surface stack"') == 1
    assert ("学历" in shown, "联系电话" in shown) == (True, True)

    assert "青石巷八号院" in answered_at_the_door(worker)
    first = delivered(worker, checker, civil)
    assert (first["周家兴"]["文化程度"], first["周家兴"]["联系电话"]) == ("初级中学教育", "13900006666")
    assert (first["周家旺"]["文化程度"], first["周家旺"]["联系电话"]) == ("小学教育", PHONE)
    assert sorted(Correction.objects.values_list("element", flat=True)) == ["education", "phone"]
    assert {one.state for one in Correction.objects.all()} == {"proposed"}, "their owners have not decided yet"

    health = brought(town, worker, "青禾县卫生健康局", "老年人健康随访名单", HEALTH)
    before = worker.page(f"{health}/rows")
    assert PHONE not in before, "the base does not know it yet"
    told = worker.browser.post(f"{health}/ask", follow=True).content.decode()
    assert "2 个单元格已有近期其他表格入户问到的答复" in told
    assert Gap.objects.count() == 2, "no new question"
    assert '<form class="surface stack"' not in worker.page("/desk/gaps")
    second = delivered(worker, checker, health)
    assert (second["周家兴"]["学历"], second["周家旺"]["本人联系电话"]) == ("初级中学教育", PHONE)
    assert (second["周家兴"]["出生日期"], second["周家旺"]["学历"]) == ("1938-05-06", "小学教育")
    assert [(one.empty, one.typed) for one in Delivery.objects.order_by("at")] == [(0, 2), (0, 2)]
