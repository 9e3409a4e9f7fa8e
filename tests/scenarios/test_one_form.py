"""Story: the street sends a roll down; it comes back filled, asked for one value at one door, and is never retyped."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from linli.exchange.models import Correction
from linli.sheets import api as sheets
from linli.sheets.models import Delivery, Form, Gap, Meaning
from linli.trust.models import LedgerEntry
from tests.basetown import planted
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk
from tests.sharingtown import allow
from tests.sheetstown import POSTS, TITLE, colleague, read, roll


@pytest.fixture
def wu(town, clock):
    """Old Wu at home; one of the community fills forms, another checks them."""
    entity, _house = planted(town, MONDAY)
    for code, more in POSTS.items():
        allow(code, more, MONDAY)
    colleague(town, MONDAY)
    return entity


def brought(worker, content):
    file = SimpleUploadedFile("高龄老人花名册.xlsx", content)
    page = worker.browser.post("/desk/forms", {"file": file, "issuer": "南苑街道办"})["Location"]
    return page, Form.objects.latest("id")


def confirmed(worker, page, form):
    """Confirm every column as it is shown."""
    shown = worker.page(page)
    said = {}
    for one in form.parts.get().columns.all():
        value = shown.split(f'name="column-{one.pk}"')[1].split('value="')[1].split('"')[0]
        said[f"column-{one.pk}"] = value
    answer = worker.browser.post(f"{page}/columns", said)
    assert answer.status_code == 302, answer.content.decode()


def chosen(worker, page, community, **more):
    said = {
        "purpose": "visit", "on": "2026-11-16", "part-0-division": community.id, "part-0-element_0": "birth_date",
        "part-0-operator_0": "years_from", "part-0-value_0": "80",
    }  # fmt: skip
    return worker.browser.post(f"{page}/choose", {**said, **more})


def test_a_roll_comes_back_filled_and_is_never_retyped(town, clock, wu):
    worker, checker = AtDesk(town.people["community_worker"]), AtDesk(town.people["second"])
    page, form = brought(worker, roll())
    assert form.title == TITLE
    confirmed(worker, page, form)
    assert Meaning.objects.filter(key__endswith="姓名", element="person.name").exists()

    assert "有 1 人" in chosen(worker, page, town.divisions["nanyuan"], deed="count").content.decode()
    assert chosen(worker, page, town.divisions["nanyuan"]).status_code == 302
    filled = worker.page(f"{page}/rows")
    assert "吴桂芳" in filled
    assert "99010119400312122X" in filled

    worker.browser.post(f"{page}/ask")
    gap = Gap.objects.get(element="education")
    answer = worker.browser.post(f"/desk/gaps/{gap.pk}", {"value": "70"})
    assert answer.status_code == 302, answer.content.decode()
    assert Correction.objects.get(element="education").entity_id == wu, "its owner is asked to confirm it"

    assert worker.browser.post(f"{page}/deliver").status_code == 302, "nobody has checked it"
    worker.browser.post(f"{page}/do/hand-in")
    assert "/do/check" not in worker.page(f"{page}/rows"), "who handed it in does not check it"
    checker.browser.post(f"{page}/do/check")
    sent = worker.browser.post(f"{page}/deliver")
    assert "接收下发表格" in worker.page(f"{page}/rows"), "the history is told in words"
    rows = read(sent.content)
    assert rows[4][:7] == [1, "吴桂芳", "女", "99010119400312122X", "1940-03-12", 86, "13800001111"]
    assert rows[4][8] == "初级中学教育"
    assert rows[8][0] == "合计"
    delivery = Delivery.objects.get()
    assert (delivery.rows, delivery.typed, delivery.changed) == (1, 1, None)
    export = LedgerEntry.objects.get(action="export", object_kind="form")
    assert export.subjects, "who stood in the file stands in the ledger"


def test_each_cell_that_came_back_is_what_the_base_says(town, clock, wu):
    worker, checker = AtDesk(town.people["community_worker"]), AtDesk(town.people["second"])
    page, form = brought(worker, roll())
    confirmed(worker, page, form)
    chosen(worker, page, town.divisions["nanyuan"])
    worker.browser.post(f"{page}/do/hand-in")
    checker.browser.post(f"{page}/do/check")
    content = worker.browser.post(f"{page}/deliver").content
    form.refresh_from_db()
    by = town.actor("community_worker", MONDAY)
    judged = sheets.judge_form(form, content, by=by, now=MONDAY)
    assert (judged.wrong, judged.closed) == ([], 0)
    assert judged.cells == 7
    book = load_workbook(BytesIO(content))
    book.active["F5"] = 85
    out = BytesIO()
    book.save(out)
    assert sheets.judge_form(form, out.getvalue(), by=by, now=MONDAY).wrong == ["年龄 1: 85"]


def test_the_next_form_is_a_difference(town, clock, wu):
    worker, checker = AtDesk(town.people["community_worker"]), AtDesk(town.people["second"])
    for _month in range(2):
        page, form = brought(worker, roll())
        confirmed(worker, page, form)
        chosen(worker, page, town.divisions["nanyuan"])
        worker.browser.post(f"{page}/do/hand-in")
        checker.browser.post(f"{page}/do/check")
        worker.browser.post(f"{page}/deliver")
    assert [one.changed for one in Delivery.objects.order_by("at")] == [None, 0]
    assert all(one.confirmed_at for one in form.parts.get().columns.all())


def test_who_has_no_business_with_the_form_sees_none_of_it(town, clock, wu):
    worker, outsider = AtDesk(town.people["community_worker"]), AtDesk(town.people["outsider"])
    page, _form = brought(worker, roll())
    allow("t-dispatcher", ("sheets.fill", "sheets.check", "sheets.answer"), MONDAY)
    assert TITLE in worker.page("/desk/forms")
    assert TITLE not in outsider.page("/desk/forms")
    outsider.page(page, 404)
