"""Story: lists of lifts, dogs, firms and shelters come back filled; where it is unclear somebody says what a row is."""

import pytest

from linli.sheets.models import Meaning, Part
from tests.basetown import planted, say
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk
from tests.scenarios.test_statistics_form import brought, confirmed, sheet
from tests.sharingtown import allow
from tests.sheetstown import POSTS, colleague, read


@pytest.fixture
def office(town, clock):
    """Lifts, a dog, a firm, a shelter of the community; one elsewhere; who fills forms, and who checks them."""
    planted(town, MONDAY)
    here, there = town.grids[0].code, town.grids[2].code
    say("visits", "thing", "L1", MONDAY, name="2栋电梯", type="电梯", number="31103301002026010001", maker="柏树牌",
        address="青石巷七号院2栋", area_code=here, checked_on="2026-05-06")  # fmt: skip
    say("visits", "thing", "L2", MONDAY, name="别处电梯", type="电梯", number="X9", area_code=there)
    say("visits", "thing", "D1", MONDAY, name="来福", type="犬", number="Q-007", maker="中华田园犬", area_code=here)
    say("visits", "organisation", "O1", MONDAY, name="柏树湾面馆", credit_code="91350100M000100Y43",
        address="青石巷1号", area_code=here)  # fmt: skip
    say("visits", "place", "S1", MONDAY, name="青石巷避难点", type="应急避难场所", address="青石巷3号", capacity=120,
        area_code=here)  # fmt: skip
    for code, more in POSTS.items():
        allow(code, (*more, "registry.reveal"), MONDAY)
    return AtDesk(town.people["community_worker"]), AtDesk(colleague(town, MONDAY))


def filled(town, office, content, name, **more):
    """Let a form go its whole way; return the rows of the file that comes back, without the header."""
    worker, checker = office
    page, _form = brought(worker, content, name)
    confirmed(worker, page, _form)
    said = {"purpose": "visit", "on": "2026-11-16", "part-0-division": town.divisions["nanyuan"].id}
    answer = worker.browser.post(f"{page}/choose", {**said, **{f"part-0-{key}": one for key, one in more.items()}})
    assert answer.status_code == 302, answer.content.decode()
    worker.browser.post(f"{page}/do/hand-in")
    checker.browser.post(f"{page}/do/check")
    sent = worker.browser.post(f"{page}/deliver")
    assert sent.status_code == 200, worker.page(f"{page}/rows")
    return read(sent.content)[2:]


ASKED = (
    ("things", "住宅小区电梯基本情况台账", ("序号", "设备名称", "设备注册代码", "品牌", "安装位置", "上次检验日期"),
     {"element_0": "type", "operator_0": "is", "value_0": "电梯"},
     [1, "2栋电梯", "31103301002026010001", "柏树牌", "青石巷七号院2栋", "2026-05-06"]),
    ("things", "居民养犬登记台账", ("序号", "犬名", "犬证号", "犬种"),
     {"element_0": "type", "operator_0": "is", "value_0": "犬"}, [1, "来福", "Q-007", "中华田园犬"]),
    ("organisations", "沿街商户台账", ("序号", "单位名称", "统一社会信用代码", "经营地址"), {},
     [1, "柏树湾面馆", "91350100M000100Y43", "青石巷1号"]),
    ("places", "应急避难场所台账", ("序号", "避难场所名称", "场所类别", "地址", "容纳人数"), {},
     [1, "青石巷避难点", "应急避难场所", "青石巷3号", 120]),
)  # fmt: skip


@pytest.mark.parametrize("asked", ASKED, ids=lambda one: one[1])
def test_a_list_of_another_kind_is_read_bound_chosen_filled_and_delivered(town, clock, office, asked):
    kind, title, head, scope, row = asked
    rows = filled(town, office, sheet(title, head), f"{title}.xlsx", **scope)
    assert Part.objects.get().kind == kind
    assert rows[0][: len(row)] == row
    assert [one[1] for one in rows[1:3]] == [None, None], "whoever is elsewhere, or of another sort, is not in it"


def test_what_a_row_is_may_be_said_where_it_is_not_clear(town, clock, office):
    worker, _checker = office
    content = sheet("情况表", ("序号", "名称", "位置"))
    page, form = brought(worker, content, "情况.xlsx")
    part = form.parts.get()
    assert part.kind == "unknown"
    shown = worker.page(page)
    assert shown.index(f"{page}/kind") < shown.index(f"{page}/columns"), "what a row is, is asked before the columns"
    assert worker.browser.post(f"{page}/kind", {"part": "0", "kind": "nonsense"}).status_code == 302
    worker.browser.post(f"{page}/kind", {"part": "0", "kind": "places"})
    part.refresh_from_db()
    assert part.kind == "places"
    assert [one.element for one in part.columns.order_by("index")] == ["", "place.name", "place.address"]
    confirmed(worker, page, form)
    worker.browser.post(f"{page}/kind", {"part": "0", "kind": "things"})
    part.refresh_from_db()
    assert part.kind == "places", "once confirmed it stays"
    outsider = AtDesk(town.people["outsider"])
    assert outsider.browser.post(f"{page}/kind", {"part": "0", "kind": "things"}).status_code in {403, 404}


def test_a_column_that_nobody_knows_is_bound_by_nobody(town, clock, office):
    worker, _checker = office
    page, form = brought(worker, sheet("居民名册", ("序号", "姓名", "身份证号", "乙类代号")), "名册.xlsx")
    unknown = form.parts.get().columns.get(path=["乙类代号"])
    said = {f"column-{one.pk}": value_of(worker.page(page), one) for one in form.parts.get().columns.all()}
    assert said[f"column-{unknown.pk}"] == ""
    refused = worker.browser.post(f"{page}/columns", said)
    assert (refused.status_code, "乙类代号" in refused.content.decode()) == (422, True)
    assert worker.browser.post(f"{page}/columns", {**said, "rest": "hand"}).status_code == 302
    unknown.refresh_from_db()
    assert (unknown.element, unknown.transform["kind"]) == ("", "blank")
    assert not Meaning.objects.filter(key__contains="乙类代号").exists(), "what was only left over is not remembered"
    assert Meaning.objects.filter(element="person.name").exists()


def value_of(shown, column):
    return shown.split(f'name="column-{column.pk}"')[1].split('value="')[1].split('"')[0]
