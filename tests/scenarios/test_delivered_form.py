"""Story: a form goes back in its own sort of file, is checked by the unit and by who asked, and leaves a receipt."""

import csv
import hashlib
import io
import json
from datetime import timedelta

import pytest
import xlwt
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from linli.accounts import api as accounts
from linli.sheets.models import Delivery, Form, FormStep
from linli.sheets.rules.reading import read_book
from linli.trust import slots as trust_slots
from linli.trust.models import ExportFile, LedgerEntry
from tests.basetown import planted
from tests.duties import MONDAY
from tests.forms.open_document import write_ods
from tests.forms.writing import Drawn
from tests.scenarios.acting import AtDesk
from tests.sharingtown import allow
from tests.sheetstown import COLUMNS, POSTS, TITLE, colleague, roll

HEAD = ("序号", "姓名", "性别", "身份证号码", "出生日期")
LINES = ([TITLE], list(HEAD), [""] * 5, [""] * 5, ["合计", "", "", "", ""])
WU = ["1", "吴桂芳", "女", "99010119400312122X", "1940-03-12"]


@pytest.fixture
def wu(town, clock):
    """Old Wu at home; the community fills, its helper checks, the centre takes in."""
    entity, _house = planted(town, MONDAY)
    for code, more in {**POSTS, "t-officer": ("sheets.accept",)}.items():
        allow(code, more, MONDAY)
    colleague(town, MONDAY)
    return entity


def as_xls():
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("名册")
    for row, line in enumerate(LINES):
        for column, text in enumerate(line):
            sheet.write(row, column, text)
    book.save(out)
    return out.getvalue()


def as_ods(folder):
    sheet = Drawn("名册")
    for row, line in enumerate(LINES):
        for column, text in enumerate(line):
            sheet.put(row, column, text or None)
    write_ods([sheet], folder / "form.ods")
    return (folder / "form.ods").read_bytes()


def as_docx():
    document, out = Document(), io.BytesIO()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=4, cols=5)
    for row, line in enumerate(LINES[1:]):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    document.save(out)
    return out.getvalue()


def as_csv():
    return "\r\n".join(",".join(line) for line in LINES[1:]).encode("gb18030") + b"\r\n"


def rows_in(content, layout):
    if layout == "csv":
        return list(csv.reader(io.StringIO(content.decode("gb18030"))))
    if layout == "docx":
        return [[cell.text for cell in row.cells] for row in Document(io.BytesIO(content)).tables[0].rows]
    if layout == "ods":
        return [
            ["" if cell is None else str(cell) for cell in row] for row in read_book(content, "名册.ods").grids[0].rows
        ]
    return [["" if cell is None else str(cell) for cell in row]
            for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]  # fmt: skip


def filled(town, content, name, issuer="", **more):
    """Bring a form and choose the old people of the community; return its page and itself."""
    worker = AtDesk(town.people["community_worker"])
    file = SimpleUploadedFile(name, content)
    answer = worker.browser.post("/desk/forms", {"file": file, "issuer": issuer})
    page, form = answer["Location"], Form.objects.latest("id")
    shown = worker.page(page)
    said = {f"column-{one.pk}": shown.split(f'name="column-{one.pk}"')[1].split('value="')[1].split('"')[0]
            for one in form.parts.get().columns.all()}  # fmt: skip
    assert worker.browser.post(f"{page}/columns", said).status_code == 302
    scope = {
        "purpose": "visit", "on": "2026-11-16", "part-0-division": town.divisions["nanyuan"].id,
        "part-0-element_0": "birth_date", "part-0-operator_0": "years_from", "part-0-value_0": "80", **more,
    }  # fmt: skip
    assert worker.browser.post(f"{page}/choose", scope).status_code == 302
    return worker, page, form


def delivered(town, content, name, issuer=""):
    """Let a form go its whole way to the delivery; return who filled it, its page, itself and the answer."""
    worker, page, form = filled(town, content, name, issuer)
    worker.browser.post(f"{page}/do/hand-in")
    AtDesk(town.people["second"]).browser.post(f"{page}/do/check")
    return worker, page, form, worker.browser.post(f"{page}/deliver")


@pytest.mark.parametrize("layout", ["xlsx", "xls", "ods", "docx", "csv"])
def test_each_sort_of_file_comes_back_filled(town, clock, wu, tmp_path, layout):
    make = {"xlsx": roll, "xls": as_xls, "ods": lambda: as_ods(tmp_path), "docx": as_docx, "csv": as_csv}
    _worker, _page, form, sent = delivered(town, make[layout](), f"名册.{layout}")
    assert form.layout == layout
    delivery = Delivery.objects.get()
    back = {"xls": "xlsx"}.get(layout, layout)
    assert delivery.layout == back
    assert delivery.name.endswith(f"{delivery.mark}.{back}")
    rows = rows_in(sent.content, back)
    at = next(n for n, row in enumerate(rows) if row[0] == "1")
    assert [cell.split(" ")[0] for cell in rows[at][:5]] == WU
    assert any(row[0] == "合计" for row in rows[at:]), "what stood below the list still does"
    assert all(title in rows[at - 1] + rows[at - 2] for title in HEAD)
    assert delivery.digest == hashlib.sha256(sent.content).hexdigest()


def test_what_comes_back_as_another_sort_of_file_says_so_before(town, clock, wu):
    worker, page, _form = filled(town, as_xls(), "名册.xls")
    worker.browser.post(f"{page}/do/hand-in")
    AtDesk(town.people["second"]).browser.post(f"{page}/do/check")
    assert "转为 .xlsx" in worker.page(f"{page}/rows")


def test_who_asked_returns_it_with_reasons_then_takes_it_in(town, clock, wu):
    worker, page, form, _sent = delivered(town, roll(), "名册.xlsx")
    centre, outsider = AtDesk(town.people["dispatcher"]), AtDesk(town.people["outsider"])
    assert TITLE in centre.page("/desk/forms")
    shown = centre.page(f"{page}/rows")
    assert "吴桂芳" not in shown, "who takes it in reads people in the file that was delivered, not on the page"
    assert Delivery.objects.get().number in shown
    outsider.page(f"{page}/rows", 404)

    centre.browser.post(f"{page}/do/return", {"reasons": ["other"]})
    assert not FormStep.objects.filter(step="return").exists(), "another reason needs words"
    centre.browser.post(f"{page}/do/return", {"reasons": ["missing"], "words": "文化程度空着"})
    step = FormStep.objects.get(step="return")
    assert (step.reasons, step.after, step.delivery) == (["missing"], "filled", Delivery.objects.get())
    back = worker.page(f"{page}/rows")
    assert "文化程度空着" in back
    assert "能取得的数据空缺" in back
    centre.page(f"{page}/rows", 404)

    worker.browser.post(f"{page}/do/hand-in")
    worker.browser.post(f"{page}/do/check")
    assert Form.objects.get().state == "checking", "who handed it in does not check it"
    AtDesk(town.people["second"]).browser.post(f"{page}/do/check")
    worker.browser.post(f"{page}/deliver")
    centre.browser.post(f"{page}/do/accept")
    assert Form.objects.get().state == "accepted"
    receipts = worker.page(f"{page}/rows")
    assert receipts.index("已验收") < receipts.index("已退回")
    assert worker.browser.post(f"{page}/deliver").status_code == 302, "what was taken in is not delivered again"
    assert Delivery.objects.count() == 2
    assert form.pk == Form.objects.get().pk


def test_the_issuing_office_takes_in_only_what_it_issued(town, clock, wu):
    office = town.units["csgl"]
    _worker, page, form, _sent = delivered(town, roll(), "名册.xlsx", issuer=office.name)
    assert Form.objects.get().office_id == office.id
    officer, street = AtDesk(town.people["officer"]), AtDesk(town.people["street_officer"])
    street.page(f"{page}/rows", 404)
    officer.browser.post(f"{page}/do/accept")
    assert Form.objects.get(pk=form.pk).accepted_by_id == town.people["officer"].id


def test_a_delivered_file_is_handed_out_again_and_each_time_counted(town, clock, wu):
    worker, page, _form, sent = delivered(town, roll(), "名册.xlsx")
    delivery, first = Delivery.objects.get(), LedgerEntry.objects.get(action="export", object_kind="form")
    again = worker.browser.get(f"/desk/forms/deliveries/{delivery.pk}/file")
    assert again.content == sent.content
    assert "no-store" in again["Cache-Control"]
    assert ExportFile.objects.count() == 2
    entry = LedgerEntry.objects.filter(action="export", object_kind="form").latest("id")
    assert entry.pk != first.pk
    assert sorted(entry.subjects) == sorted(first.subjects)
    book = load_workbook(io.BytesIO(sent.content))
    assert delivery.mark in book.properties.lastModifiedBy
    assert book.properties.identifier == str(ExportFile.objects.get(mark=delivery.mark).entry)
    assert delivery.mark in book.active.oddFooter.center.text
    assert len(next(book.active.iter_rows(min_row=5))) == len(COLUMNS), "no column for the mark"
    for who, status in (("outsider", 404), ("second", 200), ("dispatcher", 200), ("street_officer", 404)):
        answer = AtDesk(town.people[who]).browser.get(f"/desk/forms/deliveries/{delivery.pk}/file")
        assert answer.status_code == status, who
    assert str(delivery.number) in worker.page(f"{page}/rows")


def test_rows_leave_as_data_by_page_and_by_interface(town, clock, wu):
    worker, _page, form, _sent = delivered(town, roll(), "名册.xlsx")
    delivery = Delivery.objects.get()
    lines = list(csv.reader(io.StringIO(
        worker.browser.get(f"/desk/forms/deliveries/{delivery.pk}/csv").content.decode("utf-8-sig"))))  # fmt: skip
    assert lines[0][:4] == ["序号", "姓名", "性别", "身份证号码"]
    assert lines[0][6] == "联系情况 / 本人电话"
    assert lines[1][1] == "吴桂芳"
    data = json.loads(worker.browser.get(f"/desk/forms/deliveries/{delivery.pk}/json").content)
    cell = data["tables"][0]["rows"][0]["姓名"]
    assert (cell["value"], cell["source"]) == ("吴桂芳", "公安人口信息系统")
    assert cell["time"].startswith("2026-")
    assert 0 < cell["confidence"] <= 1

    def key(name):
        issued = accounts.issue_token(holding=town.holdings[name], name=name, by=accounts.SYSTEM, now=MONDAY)
        return {"Authorization": f"Bearer {issued.raw}"}

    ours, theirs, api = key("community_worker"), key("outsider"), "/api/sheets/v1"
    browser = Client()
    (item,) = browser.get(f"{api}/forms", headers=ours).json()["items"]
    assert (item["number"], item["receipts"][0]["sha256"]) == (form.number, delivery.digest)
    assert browser.get(f"{api}/forms/{form.pk}", headers=ours).json()["state"] == "delivered"
    before = ExportFile.objects.count()
    rows = browser.get(f"{api}/deliveries/{delivery.pk}/rows", headers=ours).json()
    assert rows["tables"][0]["rows"][0]["身份证号码"]["value"] == "99010119400312122X"
    assert browser.get(f"{api}/deliveries/{delivery.pk}/file", headers=ours).status_code == 200
    assert browser.get(f"{api}/deliveries/{delivery.pk}/rows.csv", headers=ours).status_code == 200
    assert ExportFile.objects.count() == before + 3
    assert browser.get(f"{api}/forms", headers=theirs).json()["items"] == []
    for path in (f"forms/{form.pk}", *(f"deliveries/{delivery.pk}/{one}" for one in ("rows", "rows.csv", "file"))):
        assert browser.get(f"{api}/{path}", headers=theirs).status_code == 404, path
        assert browser.get(f"{api}/{path}").status_code == 401, path


def test_copies_go_when_their_grade_says_so_and_the_receipt_stays(town, clock, wu):
    worker, page, _form, _sent = delivered(town, roll(), "名册.xlsx")
    delivery = Delivery.objects.get()
    keep = trust_slots.retained.get("sheets.deliveries")
    for moment, forgotten in ((MONDAY, 0), (MONDAY + timedelta(days=400), 1), (MONDAY + timedelta(days=400), 0)):
        assert keep.forget(before={delivery.grade: moment}, now=MONDAY) == forgotten
    before = ExportFile.objects.count()
    answer = worker.browser.get(f"/desk/forms/deliveries/{delivery.pk}/file", follow=True)
    assert "不再留存" in answer.content.decode()
    assert ExportFile.objects.count() == before
    assert delivery.digest in worker.page(f"{page}/rows")


def test_the_list_by_interface_takes_as_many_queries_for_three_as_for_one(town, clock, wu, django_assert_num_queries):
    issued = accounts.issue_token(
        holding=town.holdings["community_worker"], name="forms", by=accounts.SYSTEM, now=MONDAY
    )  # fmt: skip
    browser, key = Client(), {"Authorization": f"Bearer {issued.raw}"}
    filled(town, roll("一"), "名册.xlsx")
    browser.get("/api/sheets/v1/forms", headers=key)
    for count in (1, 3):
        with django_assert_num_queries(3):
            assert len(browser.get("/api/sheets/v1/forms", headers=key).json()["items"]) == count
        for title in ("二", "三"):
            filled(town, roll(title), "名册.xlsx")
