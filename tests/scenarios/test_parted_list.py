"""Story: a list with headings among its rows is not filled over them; below a single heading it is filled."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from linli.sheets import api as sheets
from linli.sheets.models import Form
from tests.basetown import planted
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk
from tests.sharingtown import allow
from tests.sheetstown import POSTS, chosen_form, colleague, read

NAMES = ("序号", "姓名", "身份证号", "补贴金额（元）")


@pytest.fixture
def worker(town, clock):
    """Old Wu at home; one of the community fills forms, another checks them."""
    planted(town, MONDAY)
    for code, more in POSTS.items():
        allow(code, more, MONDAY)
    colleague(town, MONDAY)
    return town.actor("community_worker", MONDAY)


def parted(*rows):
    book = Workbook()
    for line in (("高龄补贴发放表",), NAMES, *rows, ("填表人：",)):
        book.active.append(line or (None,))
    for row, line in enumerate(rows, 3):
        if line and line[0].startswith("（"):
            book.active.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(NAMES))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_rows_are_not_written_over_the_headings_of_a_parted_list(town, worker):
    content = parted(("（一）城镇",), (), (), ("（二）农村",), (), (), ("合计",))
    with pytest.raises(sheets.RowsRefusedError, match="3、6"):
        chosen_form(town, content, worker, MONDAY)
    form, desk = Form.objects.get(), AtDesk(town.people["community_worker"])
    assert form.parts.get().inner == [2, 5]
    said = {"purpose": "visit", "on": "2026-11-16", "part-0-division": town.divisions["nanyuan"].id}
    shown = desk.browser.post(f"/desk/forms/{form.pk}/choose", said).content.decode()
    assert "高龄补贴发放表" in shown
    assert "3、6" in shown
    form.refresh_from_db()
    assert form.state == "bound"


def test_below_a_single_heading_a_list_is_filled(town, worker):
    desk, checker = AtDesk(town.people["community_worker"]), AtDesk(town.people["second"])
    form = chosen_form(town, parted(("（一）城镇",), (), ("合计",)), worker, MONDAY)
    desk.browser.post(f"/desk/forms/{form.pk}/do/hand-in")
    checker.browser.post(f"/desk/forms/{form.pk}/do/check")
    rows = read(desk.browser.post(f"/desk/forms/{form.pk}/deliver").content)
    assert [row[0] for row in rows[2:5]] == ["（一）城镇", 1, "合计"]
    assert rows[3][1] == "吴桂芳"
