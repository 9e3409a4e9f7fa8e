"""Story: an office sends a card for each old person down; each comes back filled, in the office's own file."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook, load_workbook

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.registry.models import Entity
from linli.sheets.models import Delivery, Form, Part
from linli.trust.models import LedgerEntry
from tests.basetown import planted, say
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

DOLE = (
    ("最低生活保障申请审批表",),
    ("姓名", None, "性别", None, "出生日期", None),
    ("身份证号", None, "联系电话", None, "文化程度", None),
    ("现住址", None, "民族", None, "婚姻状况", None),
    ("家庭成员", "姓名", "与申请人关系", "性别", "身份证号", "联系电话"),
    (),
    (),
    ("申请理由",),
)
HOME = (("P11", "吴大海", "1", "10"), ("P12", "吴小芳", "2", "30"), ("P13", "吴小明", "1", "20"))


@pytest.fixture
def office(town, clock):
    """Two old neighbours; one of the community fills forms, another checks them."""
    planted(town, MONDAY)
    say("police", "person", "P7", MONDAY, name="钱大爷", sex="1", birth_date="1941-02-03",
        area_code=town.grids[0].code)  # fmt: skip
    for code, more in POSTS.items():
        allow(code, more, MONDAY)
    return AtDesk(town.people["community_worker"]), AtDesk(colleague(town, MONDAY))


def at_home(town, wu):
    """Let old Wu head a household of four; one of them is registered where the clerk sees nobody."""
    home = say(
        "police", "household", "H1", MONDAY, number="990101001", head_name="吴桂芳", area_code=town.grids[0].code
    )
    members = [wu]
    for key, name, sex, kinship in HOME:
        area = town.grids[2 if key == "P13" else 0].code
        members.append(say("police", "person", key, MONDAY, name=name, sex=sex, kinship=kinship, area_code=area))
    ties = [registry.Tie("member_of", one, home, date(2020, 1, 1)) for one in members]
    registry.relate(ties=ties, source="police", by=accounts.SYSTEM, now=MONDAY)


def workbook(rows=CARD, merged=MERGED):
    book = Workbook()
    page = book.active
    page.title = "登记表"
    for row in rows:
        page.append(row)
    for one in merged:
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


def brought_card(worker, content, name):
    page = worker.browser.post("/desk/forms", {"file": SimpleUploadedFile(name, content)})["Location"]
    return page, Form.objects.latest("id")


def all_confirmed(worker, page, form):
    """Confirm every column of every part as it is shown."""
    shown = worker.page(page)
    columns = [one for part in form.parts.all() for one in part.columns.all()]
    said = {one.pk: shown.split(f'name="column-{one.pk}"')[1].split('value="')[1].split('"')[0] for one in columns}
    answer = worker.browser.post(f"{page}/columns", {f"column-{key}": words for key, words in said.items()})
    assert answer.status_code == 302, answer.content.decode()


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


def test_who_lives_together_is_filled_into_the_list_within_the_card(town, clock, office):
    worker, checker = office
    wu = Entity.objects.get(kind="person", attributes__name="吴桂芳").pk
    at_home(town, wu)
    page, form = brought_card(worker, workbook(DOLE, ("A1:F1", "A5:A7", "B8:F8")), "申请审批表.xlsx")
    inner = form.parts.get(kind="members")
    asked = {one.path[-1]: one.element for one in inner.columns.all()}
    known = {"姓名": "person.name", "性别": "person.sex", "身份证号": "person.citizen_id", "联系电话": "person.phone"}
    assert asked == {**known, "与申请人关系": ""}, "a relation to the applicant is nothing that the base keeps"
    all_confirmed(worker, page, form)
    chosen(worker, page, town.divisions["nanyuan"], **{"part-0-words": "吴桂芳"})
    shown = worker.page(f"{page}/rows")
    assert "吴大海" in shown
    assert "吴小明" not in shown, "who is out of sight is not read"

    book = load_workbook(BytesIO(delivered(worker, checker, page)))["登记表"]
    assert [book.cell(row, 2).value for row in (5, 6, 7, 8)] == ["姓名", "吴大海", "吴小芳", None]
    assert [book.cell(6, at).value for at in (3, 4)] == [None, "男"]
    assert book["A8"].value == "申请理由", "two of two rows are used, so nothing moves"
    subjects = set(LedgerEntry.objects.get(action="export", object_kind="form").subjects)
    seen = Entity.objects.filter(attributes__name__in=["吴大海", "吴小芳"])
    assert {token for one in seen for token in one.subjects} <= subjects, "they left with the file, so they stand there"
    receipt = Delivery.objects.get()
    assert receipt.rows == 1
    copy = worker.browser.get(f"/desk/forms/deliveries/{receipt.pk}/json").json()
    names = [value["value"] for table in copy["tables"] for row in table["rows"] for value in row.values()]
    assert {"吴桂芳", "吴大海", "吴小芳"} <= set(names)
    assert [table["cards"] for table in copy["tables"]] == [[1], [1, 1]], "whoever reads the copy knows whose they are"


def test_a_list_within_a_card_grows_and_the_card_stays_whole(town, clock, office):
    worker, checker = office
    at_home(town, Entity.objects.get(kind="person", attributes__name="吴桂芳").pk)
    rows, merged = (*DOLE[:6], DOLE[7]), ("A1:F1", "A5:A6", "B7:F7")
    page, form = brought_card(worker, workbook(rows, merged), "申请审批表.xlsx")
    all_confirmed(worker, page, form)
    chosen(worker, page, town.divisions["nanyuan"], **{"part-0-words": "吴桂芳"})
    book = load_workbook(BytesIO(delivered(worker, checker, page)))["登记表"]
    assert [book.cell(row, 2).value for row in (6, 7)] == ["吴大海", "吴小芳"]
    assert book["A8"].value == "申请理由"
    assert sorted(str(one) for one in book.merged_cells.ranges) == ["A1:F1", "A5:A7", "B8:F8"]
