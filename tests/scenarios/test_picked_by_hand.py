"""Story: an officer picks by hand what a column asks for; it is written as forms write it."""

import pytest

from linli.sheets import api as sheets
from linli.sheets.models import Form
from tests.basetown import planted, say
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk
from tests.sharingtown import allow
from tests.sheetstown import POSTS, colleague, filled_rows, listed


@pytest.fixture
def worker(town, clock):
    """Two old neighbours, one of whom lives alone; one of the community fills forms, another checks them."""
    planted(town, MONDAY)
    say("police", "person", "P7", MONDAY, name="钱大爷", sex="1", birth_date="1941-02-03", lives_alone="否",
        area_code=town.grids[0].code)  # fmt: skip
    for code, more in POSTS.items():
        allow(code, more, MONDAY)
    colleague(town, MONDAY)
    return town.actor("community_worker", MONDAY)


def by_hand(town, content, picks, worker):
    """Bring a form, say on its page what each column asks for, choose the old people; return the file sent back."""
    desk, checker = AtDesk(town.people["community_worker"]), AtDesk(town.people["second"])
    form = sheets.bring_form(issued=sheets.Issued(content, "名册.xlsx"), by=worker, now=MONDAY)
    page = f"/desk/forms/{form.pk}"
    said = {f"column-{one.pk}": picks[one.label] for one in form.parts.get().columns.all()}
    assert desk.browser.post(f"{page}/columns", said).status_code == 302
    desk.browser.post(f"{page}/choose", {
        "purpose": "visit", "on": "2026-11-16", "part-0-division": town.divisions["nanyuan"].id,
        "part-0-element_0": "birth_date", "part-0-operator_0": "years_from", "part-0-value_0": "80",
    })  # fmt: skip
    shown = desk.page(f"{page}/rows")
    desk.browser.post(f"{page}/do/hand-in")
    checker.browser.post(f"{page}/do/check")
    return shown, filled_rows(desk.browser.post(f"{page}/deliver").content, 3)


@pytest.mark.parametrize(("header", "yes", "no"), [("个人状况", "是", "否"), ("有无独自居住", "有", "无")])
def test_yes_and_no_are_written_in_words(town, worker, header, yes, no):
    picks = {"姓名": "姓名", header: "独居老人"}
    shown, rows = by_hand(town, listed("姓名", header), picks, worker)
    assert {name: said for name, said in rows if name} == {"吴桂芳": yes, "钱大爷": no}
    assert "True" not in shown
    assert Form.objects.get().parts.get().columns.get(path=[header]).transform["kind"] == "flag"
