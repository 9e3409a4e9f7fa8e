"""Story: tables of figures, of houses and of events come back filled; each number leads to the list that it counts."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from linli.sheets.models import Form
from linli.trust.models import LedgerEntry
from tests.basetown import planted, say
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk, WithPhone
from tests.sharingtown import allow
from tests.sheetstown import POSTS, colleague, read

FILLS = ("sheets.fill", "sheets.check", "registry.see", "registry.reveal", "events.see_area")
FIGURES = ("社区名称", "总人口", "其中：60周岁以上", "女", "出租房屋数", "户数")


def sheet(title, head, rows=(), room=3, total=""):
    """Return a workbook: a title, one line of header, lines to fill or begun, a line of sums."""
    book = Workbook()
    page = book.active
    page.append([title])
    page.append(list(head))
    for one in rows or [[]] * room:
        page.append(list(one) or [None])
    first, last = 3, 2 + max(len(rows), room if not rows else 0)
    if total:
        page.append([total, f"=SUM(B{first}:B{last})"])
    else:
        page.cell(last + 1, 1, "填表人：")
    for line in page.iter_rows(min_row=2, max_row=last, max_col=len(head)):
        for cell in line:
            cell.value = cell.value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def base(town, clock):
    """Old Wu in one community, a pupil in another, rented houses, and who fills forms for the street."""
    planted(town, MONDAY)
    here, there = town.grids[0].code, town.grids[2].code
    say("police", "person", "P5", MONDAY, name="孙小雨", sex="2", birth_date="2015-05-01", area_code=there)
    say("police", "house", "F7", MONDAY, address="翠竹花园7栋", address_code="F7", area_code=here, rented="是", use="1")
    say("police", "household", "H1", MONDAY, number="1", head_name="吴桂芳", area_code=here)
    allow("t-officer", FILLS, MONDAY)
    for code, more in POSTS.items():
        allow(code, more, MONDAY)


def brought(worker, content, name):
    page = worker.browser.post("/desk/forms", {"file": SimpleUploadedFile(name, content)})["Location"]
    return page, Form.objects.latest("id")


def confirmed(worker, page, form):
    """Confirm every column as it is shown; return what they are shown to ask for."""
    shown = worker.page(page)
    said = {
        f"column-{one.pk}": shown.split(f'name="column-{one.pk}"')[1].split('value="')[1].split('"')[0]
        for one in form.parts.get().columns.all()
    }
    answer = worker.browser.post(f"{page}/columns", said)
    assert answer.status_code == 302, answer.content.decode()
    return list(said.values())


def chosen(worker, page, division, **more):
    said = {"purpose": "visit", "on": "2026-11-16", "part-0-division": division.id}
    answer = worker.browser.post(f"{page}/choose", {**said, **{f"part-0-{key}": one for key, one in more.items()}})
    assert answer.status_code == 302, answer.content.decode()
    return worker.page(f"{page}/rows")


def delivered(worker, checker, page):
    worker.browser.post(f"{page}/do/hand-in")
    checker.browser.post(f"{page}/do/check")
    answer = worker.browser.post(f"{page}/deliver")
    assert answer.status_code == 200, answer.status_code
    return read(answer.content)


def test_an_officer_says_what_a_column_counts_and_sees_the_number_at_once(town, clock, base):
    worker = AtDesk(town.people["street_officer"])
    names = [town.divisions[one].name for one in ("xuefu", "nanyuan")]
    page, form = brought(worker, sheet("人口房屋情况统计表", FIGURES, [[name] for name in names]), "统计表.xlsx")
    confirmed(worker, page, form)
    column = form.parts.get().columns.get(path=["女"])
    chosen(worker, page, town.divisions["street"], level="community")
    assert f"/desk/forms/columns/{column.pk}" in worker.page(f"{page}/rows")
    path = f"/desk/forms/columns/{column.pk}?of=person"
    now = worker.page(path)
    assert "女" in now, "what is counted now is said in words"
    assert now.index('name="element_1"') < now.index("更多条件") < now.index('name="element_2"'), "one empty condition"
    assert 'aria-label="条件2：' in now
    said = {"total": "", "element_0": "sex", "operator_0": "is", "value_0": "女",
            "element_1": "birth_date", "operator_1": "years_from", "value_1": "80"}  # fmt: skip
    shown = worker.browser.post(path, {**said, "deed": "count"}).content.decode()
    numbers = re.findall(r"<span>([^<]+)</span><b>(\d+)</b>", shown)
    assert numbers == [(names[0], "0"), (names[1], "1")], "who lives there and is eighty, before it is kept"
    column.refresh_from_db()
    assert column.transform["where"] != [["sex", "is", "2"], ["birth_date", "years_from", "80"]]
    assert worker.browser.post(path, said).status_code == 302
    column.refresh_from_db()
    assert column.transform["where"] == [["sex", "is", "2"], ["birth_date", "years_from", "80"]]
    assert column.confirmed_at
    assert 'value="女性"' in worker.page(path), "a code is shown as its name"
    filled = worker.page(f"{page}/rows")
    cells = re.findall(r"<td[^>]*>(.*?)</td>", filled.split(names[0])[1].split("</tr>")[0], re.DOTALL)
    assert re.sub(r"<[^>]+>", "", cells[2]).strip() == "0", "the pupil is no longer counted"
    outsider = AtDesk(town.people["outsider"])
    allow("t-dispatcher", FILLS, MONDAY)
    outsider.page(path, 404)


def test_figures_by_community_lead_to_the_lists_behind_them(town, clock, base):
    worker, checker = AtDesk(town.people["street_officer"]), AtDesk(colleague(town, MONDAY, "street_officer"))
    names = [town.divisions[one].name for one in ("xuefu", "nanyuan")]
    form_file = sheet("人口房屋情况统计表", FIGURES, [[name] for name in names], total="合计")
    page, form = brought(worker, form_file, "统计表.xlsx")
    assert form.parts.get().kind == "statistics"
    said = confirmed(worker, page, form)
    assert "60周岁及以上" in said[2], said

    filled = chosen(worker, page, town.divisions["street"], level="community")
    assert filled.index(names[0]) < filled.index(names[1]), "the issuer's own rows stay in their order"
    (link,) = set(re.findall(r'href="(/desk/forms/lines/[^"]+)">1</a>', filled.split(names[1])[1])[1:2])
    behind = worker.page(link)
    assert "共 1 条" in behind
    assert "吴*" in behind, "the list behind a number is masked as every list"
    assert "吴桂芳" not in behind
    assert LedgerEntry.objects.filter(action="list", purpose="registry.visit").exists()

    rows = delivered(worker, checker, page)
    assert rows[2][:6] == [names[0], 1, 0, 1, 0, 0]
    assert rows[3][:6] == [names[1], 1, 1, 1, 1, 1]
    assert rows[4][0] == "合计"
    assert rows[4][1] == "=SUM(B3:B4)", "the issuer's own formula stays"
    assert rows[4][2:6] == [1, 2, 1, 1], "where the issuer has none, the sum is written"


def test_figures_by_grid_take_an_empty_table(town, clock, base):
    worker = AtDesk(town.people["community_worker"])
    page, form = brought(worker, sheet("网格人口统计表", ("网格名称", "总人口", "60岁以上人数", "备注")), "网格.xlsx")
    confirmed(worker, page, form)
    filled = chosen(worker, page, town.divisions["nanyuan"], level="grid")
    assert [one.label for one in form.parts.get().lines.order_by("place")] == [one.name for one in town.grids[:2]]
    assert filled.count("/desk/forms/lines/") >= 2


def test_what_the_post_does_not_read_is_closed_in_figures_too(town, clock, base):
    worker = AtDesk(town.people["community_worker"])
    page, form = brought(worker, sheet("困难群众统计表", ("社区名称", "总人口", "低保人数")), "低保.xlsx")
    confirmed(worker, page, form)
    filled = chosen(worker, page, town.divisions["nanyuan"], level="self")
    assert "最低生活保障对象" in filled
    assert 'class="closed"' in filled
    reasons = filled.split("以下各列在此目的下不开放")[1].split("</ul>")[0]
    assert "低保人数" in reasons, "the reason can be read without a mouse"
    assert "总人口" not in reasons


def test_an_outsider_reads_neither_numbers_nor_lists(town, clock, base):
    worker, outsider = AtDesk(town.people["street_officer"]), AtDesk(town.people["outsider"])
    allow("t-dispatcher", FILLS, MONDAY)
    page, form = brought(worker, sheet("人口统计表", ("社区名称", "总人口")), "人口.xlsx")
    confirmed(worker, page, form)
    filled = chosen(worker, page, town.divisions["street"], level="community")
    link = re.search(r'href="(/desk/forms/lines/[^"]+)">\d', filled)[1]
    worker.page(link)
    outsider.page(link, 404)


def test_a_list_of_houses_is_filled(town, clock, base):
    worker = AtDesk(town.people["community_worker"])
    page, form = brought(worker, sheet("出租房屋台账", ("序号", "房屋地址", "房屋用途", "是否出租")), "出租屋.xlsx")
    assert form.parts.get().kind == "houses"
    confirmed(worker, page, form)
    filled = chosen(worker, page, town.divisions["nanyuan"], element_0="rented", operator_0="is", value_0="yes")
    assert "翠竹花园7栋" in filled


def test_a_list_of_events_is_filled_by_area_and_days(town, clock, base):
    resident = WithPhone("13900002222")
    resident.report("3栋楼道的灯坏了", division=town.divisions["nanyuan"].id)
    worker, checker = AtDesk(town.people["community_worker"]), AtDesk(colleague(town, MONDAY))
    head = ("序号", "受理时间", "事件编号", "问题描述", "所在社区", "责任单位", "处理结果", "备注")
    page, form = brought(worker, sheet("矛盾纠纷和问题排查台账", head), "事件.xlsx")
    assert form.parts.get().kind == "events"
    confirmed(worker, page, form)
    none = chosen(worker, page, town.divisions["nanyuan"], since="2026-01-01", until="2026-02-01")
    assert "楼道的灯" not in none
    filled = chosen(worker, page, town.divisions["nanyuan"], since="2026-11-01", until="2026-11-30")
    assert "楼道的灯" in filled
    assert "平台事件" in filled, "each cell says where it comes from"
    rows = delivered(worker, checker, page)
    assert rows[2][0] == 1
    assert rows[2][1] in {"2026-11-16", date(2026, 11, 16)}
    assert LedgerEntry.objects.filter(action="fill", object_kind="event_list").exists()
