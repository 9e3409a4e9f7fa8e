"""Story: a list of doles without formulas comes back with its sums below."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from linli.accounts import api as accounts
from linli.sheets import api as sheets
from tests.basetown import planted, say
from tests.duties import MONDAY
from tests.sharingtown import allow
from tests.sheetstown import POSTS, chosen_form, colleague, listed, read


@pytest.fixture
def worker(town, clock):
    """Two old neighbours who get a dole; one of the community fills forms, another checks them."""
    planted(town, MONDAY)
    for key, name, dole in (("P7", "钱大爷", "300"), ("P8", "孙奶奶", "150.5")):
        say("police", "person", key, MONDAY, name=name, birth_date="1941-02-03", allowance_amount=dole,
            area_code=town.grids[0].code)  # fmt: skip
    for code, more in POSTS.items():
        allow(code, (*more, "registry.reveal"), MONDAY)
    return town.actor("community_worker", MONDAY)


def doles(below, formula="", merged=""):
    book = load_workbook(
        BytesIO(listed("序号", "姓名", "年龄", "补贴金额（元）", "实发金额（元）", "备注", title="高龄补贴发放表"))
    )
    sheet = book.active
    sheet["A6"], sheet["D6"] = below, formula or None
    sheet["A7"] = "填表人：          （盖章）"
    if merged:
        sheet.merge_cells(merged)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def delivered(town, content, worker):
    other = accounts.actor_for(colleague(town, MONDAY), on=MONDAY.date())
    form = chosen_form(town, content, worker, MONDAY)
    part = form.parts.get()
    given = part.columns.get(path=["实发金额（元）"])
    for line, paid in zip(part.lines.order_by("place"), ("", "300", "150.5"), strict=True):
        sheets.type_in(line_id=line.pk, column_id=given.pk, value=paid, by=worker, now=MONDAY)
    sheets.hand_in(form_id=form.pk, by=worker, now=MONDAY)
    sheets.check_form(form_id=form.pk, by=other, now=MONDAY)
    return read(sheets.deliver_form(form_id=form.pk, by=worker, now=MONDAY).content)


def test_the_sums_of_a_list_are_written_where_the_issuer_has_no_formula(town, worker):
    rows = delivered(town, doles("合计"), worker)
    assert [row[1] for row in rows[2:5]].count(None) == 0
    assert rows[5] == ["合计", None, None, 450.5, 450.5, None], "ages are not added up"


def test_a_formula_stays_and_what_is_merged_is_not_written_to(town, worker):
    rows = delivered(town, doles("合计", "=SUM(D3:D5)"), worker)
    assert rows[5] == ["合计", None, None, "=SUM(D3:D5)", 450.5, None]


def test_cells_that_the_word_for_the_sum_covers_stay_as_they_are(town, worker):
    rows = delivered(town, doles("合计", merged="A6:D6"), worker)
    assert rows[5] == ["合计", None, None, None, 450.5, None]
