"""Story: the clerk looks at one row of a form: who says what, corrects a value, leaves somebody out, takes them in."""

import pytest

from linli.sheets.models import Line, Part
from linli.trust.models import LedgerEntry
from tests.basetown import planted, say
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk
from tests.scenarios.test_statistics_form import brought, chosen, confirmed, sheet
from tests.sharingtown import allow
from tests.sheetstown import POSTS, colleague, read


@pytest.fixture
def office(town, clock):
    planted(town, MONDAY)
    say("police", "person", "P7", MONDAY, name="钱大爷", sex="1", birth_date="1941-02-03",
        area_code=town.grids[0].code)  # fmt: skip
    for code, more in POSTS.items():
        allow(code, more, MONDAY)
    return AtDesk(town.people["community_worker"]), AtDesk(colleague(town, MONDAY))


def filled(town, worker):
    page, form = brought(worker, sheet("高龄老人花名册", ("序号", "姓名", "性别", "联系电话")), "名册.xlsx")
    confirmed(worker, page, form)
    chosen(worker, page, town.divisions["nanyuan"])
    return page, form


def row_of(form, name, worker):
    """Return the page of the row in which somebody stands, as it is found from the table."""
    for line in Line.objects.filter(part__form=form):
        if f"· {name}" in worker.page(f"/desk/forms/lines/{line.pk}/row"):
            return line, f"/desk/forms/lines/{line.pk}"
    raise AssertionError(name)


def test_one_row_tells_who_says_what_and_takes_corrections(town, office):
    worker, checker = office
    page, form = filled(town, worker)
    line, url = row_of(form, "钱大爷", worker)
    assert f"{url}/row" in worker.page(f"{page}/rows")
    shown = worker.page(f"{url}/row")
    assert all(words in shown for words in ("公安", "2026-11-16", "可信度", "缺项"))
    seen = set(line.entity.subjects)
    assert seen & {token for one in LedgerEntry.objects.all() for token in one.subjects}, (
        "the look stands in the ledger"
    )

    column = Part.objects.get(form=form).columns.get(path=["姓名"])
    worker.browser.post(f"{url}/do/write", {"column": column.pk, "value": "钱大海"})
    shown = worker.page(f"{url}/row")
    assert all(words in shown for words in ("钱大海", "手工填写", "恢复为库中数据"))
    worker.browser.post(f"{url}/do/take-back", {"column": column.pk})
    assert "钱大海" not in worker.page(f"{url}/row")
    worker.browser.post(f"{url}/do/write", {"column": column.pk, "value": "钱海"})

    worker.browser.post(f"{page}/do/hand-in")
    assert "恢复为库中数据" not in checker.page(f"{url}/row"), "who checks reads, and changes nothing"
    worker.browser.post(f"{url}/do/write", {"column": column.pk, "value": "别人"})
    checker.browser.post(f"{page}/do/check")
    assert "钱海" in [row[1] for row in read(worker.browser.post(f"{page}/deliver").content)]


def test_a_row_is_left_out_with_its_reason_and_taken_in_again(town, office):
    worker, _checker = office
    page, form = filled(town, worker)
    _line, url = row_of(form, "钱大爷", worker)
    worker.browser.post(f"{url}/do/leave-out", {"words": "已去世"})
    assert f"{page}/left-out" in worker.page(f"{page}/rows")
    assert "钱大爷" not in worker.page(f"{page}/rows")
    listed = worker.page(f"{page}/left-out")
    assert "钱大爷" in listed
    assert "已去世" in listed
    worker.browser.post(f"{url}/do/take-in")
    assert "钱大爷" in worker.page(f"{page}/rows")
    assert "没有剔除的行" in worker.page(f"{page}/left-out")
