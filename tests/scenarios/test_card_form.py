"""Story: an office sends a card for each old person down; each comes back filled, in the office's own file."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook, load_workbook

from linli.sheets.models import Delivery, Form, Part
from linli.trust.models import LedgerEntry
from tests.basetown import plant, say
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk
from tests.scenarios.test_one_form import chosen, confirmed
from tests.sharingtown import allow
from tests.sheetstown import POSTS, colleague

CARD = (
    ("高龄老人情况登记表",),
    ("姓名", None, "性别", "男□ 女□", "出生日期", None),
    ("身份证号", None, None, None, "联系电话", None),
    ("现住址", None, None, None, "文化程度", None),
    ("是否独居", "□是 □否", "紧急联系人", None, "备注", None),
)
MERGED = ("A1:F1", "B3:D3", "B4:D4")


@pytest.fixture
def office(town, clock):
    """Two old neighbours; one of the community fills forms, another checks them."""
    plant(town, MONDAY)
    say("police", "person", "P7", MONDAY, name="钱大爷", sex="1", birth_date="1941-02-03",
        area_code=town.grids[0].code)  # fmt: skip
    for code, more in POSTS.items():
        allow(code, more, MONDAY)
    return AtDesk(town.people["community_worker"]), AtDesk(colleague(town, MONDAY))


def workbook():
    book = Workbook()
    page = book.active
    page.title = "登记表"
    for row in CARD:
        page.append(row)
    for one in MERGED:
        page.merge_cells(one)
    page.column_dimensions["B"].width = 33
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def document():
    made = Document()
    made.add_paragraph(CARD[0][0])
    table = made.add_table(rows=len(CARD) - 1, cols=6)
    for row, words in zip(table.rows, CARD[1:], strict=True):
        for cell, said in zip(row.cells, words, strict=True):
            cell.text = said or ""
    for row in (1, 2):
        table.cell(row, 1).merge(table.cell(row, 3))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def brought(worker, content, name):
    page = worker.browser.post("/desk/forms", {"file": SimpleUploadedFile(name, content)})["Location"]
    form = Form.objects.latest("id")
    assert Part.objects.get(form=form).is_card
    return page, form


def delivered(worker, checker, page):
    worker.browser.post(f"{page}/do/hand-in")
    checker.browser.post(f"{page}/do/check")
    answer = worker.browser.post(f"{page}/deliver")
    assert answer.status_code == 200, answer.status_code
    return answer.content


def test_a_card_for_one_person_comes_back_in_the_offices_own_file(town, clock, office):
    worker, checker = office
    page, form = brought(worker, workbook(), "登记表.xlsx")
    confirmed(worker, page, form)
    assert "登记卡" in worker.page(f"{page}/rows")
    assert chosen(worker, page, town.divisions["nanyuan"], **{"part-0-words": "吴桂芳"}).status_code == 302
    assert "吴桂芳" not in str(Part.objects.get(form=form).scope), "the name that was looked for is not kept"
    filled = worker.page(f"{page}/rows")
    assert "吴桂芳" in filled
    assert "钱大爷" not in filled

    sheet = load_workbook(BytesIO(delivered(worker, checker, page)))["登记表"]
    assert [sheet[one].value for one in ("B2", "D2", "F2", "B3", "F3")] == [
        "吴桂芳", "男□ 女☑", "1940-03-12", "99010119400312122X", "13800001111",
    ]  # fmt: skip
    assert (sheet["A1"].value, sheet["B5"].value) == (CARD[0][0], "☑是 □否")
    assert sheet.column_dimensions["B"].width == 33
    assert sorted(str(one) for one in sheet.merged_cells.ranges) == sorted(MERGED)
    receipt = Delivery.objects.get()
    assert (receipt.rows, receipt.layout) == (1, "xlsx")
    assert len(LedgerEntry.objects.get(action="export", object_kind="form").subjects) >= 1


def test_cards_for_several_come_as_one_file_each(town, clock, office):
    worker, checker = office
    page, form = brought(worker, document(), "登记表.docx")
    confirmed(worker, page, form)
    assert chosen(worker, page, town.divisions["nanyuan"]).status_code == 302
    packed = ZipFile(BytesIO(delivered(worker, checker, page)))
    receipt = Delivery.objects.get()
    assert (receipt.rows, receipt.layout, receipt.name[-4:]) == (2, "zip", ".zip")
    names = sorted(packed.namelist())
    assert [name[4:] for name in names] == ["吴桂芳.docx", "钱大爷.docx"] or [name[4:] for name in names] == [
        "钱大爷.docx", "吴桂芳.docx",
    ]  # fmt: skip
    said = {name[4:7]: Document(BytesIO(packed.read(name))).tables[0] for name in names}
    assert said["吴桂芳"].cell(1, 1).text == "99010119400312122X"
    assert said["钱大爷"].cell(0, 3).text == "男☑ 女□"
    assert said["钱大爷"].cell(1, 1).text == "", "what is not known stays empty"
    copy = worker.browser.get(f"/desk/forms/deliveries/{receipt.pk}/file")
    assert copy["Content-Type"] == "application/zip"
