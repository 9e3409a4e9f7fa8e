"""Manuals as workbooks: as cities write them, with bad cells named, and round without loss."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.actions.duty import ITEM_FIELDS
from linli.events.models import AreaDuty, DutyList
from linli.events.queries.rulebook import rule_book
from linli.events.queries.standards import items_of
from linli.events.rules import standard_cells as cells
from tests.town import MONDAY

HEAD = ["大类", "小类", "责任单位", "立案条件", "处置时限", "结案条件", "备注", "考核分值"]
ROWS = [
    ["市容环境", "暴露垃圾", "城市管理局", "垃圾超过半平方米", "7工作时", "垃圾清除", "", "2"],
    ["", "私搭乱建", "城市管理局", "新建未封顶", "停工4工作时；处罚7工作日；拆除20工作日", "拆除并清运", "重点", "5"],
    ["公用设施", "楼道照明", "社区", "灯不亮", "3个工作日", "恢复照明", "", ""],
]


def workbook(rows, head=HEAD, title="城市管理立案结案规范"):
    book = Workbook()
    book.active.append([title])
    book.active.append(head)
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def taken(content, base=None):
    return events.import_standards(content=content, name="手册.xlsx", by=accounts.SYSTEM, now=MONDAY, base=base)


def in_force():
    return DutyList.objects.get(pk=rule_book(MONDAY).version_id)


def test_a_city_manual_becomes_a_draft(town):
    draft = taken(workbook(ROWS))
    first, second, third = draft.items.order_by("place")
    assert (first.class_path, first.name, first.lead) == (["市容环境", "暴露垃圾"], "暴露垃圾", "department:csgl")
    assert (first.handle_limit, first.handle_unit, first.stages) == (7, "work_hour", [])
    assert (first.opening_words, first.closing_words, first.more) == ("垃圾超过半平方米", "垃圾清除", {"考核分值": "2"})
    assert second.class_path[0] == "市容环境", "merged cells hold their words once"
    assert [(one["name"], one["limit"], one["unit"]) for one in second.stages] == [
        ("停工", 4, "work_hour"), ("处罚", 7, "work_day"), ("拆除", 20, "work_day"),
    ]  # fmt: skip
    assert (second.handle_limit, second.handle_unit, third.lead) == (20, "work_day", "community")
    assert (draft.is_draft, draft.unread, draft.columns) == (True, [], ["考核分值"])
    assert events.version_problems(draft) == []


@pytest.mark.slow
def test_bad_cells_are_named_by_row_and_column_and_nothing_is_lost(town):
    rows = [
        *ROWS,
        ["市容环境", "井盖缺失", "不存在的局", "缺失", "很快", "补齐", "", "1"],
        ["市容环境", "路灯", "城市管理局", "", "0工作日", "", "", ""],
    ]
    draft = taken(workbook(rows))
    assert draft.items.count() == 3
    found = [
        (one["row"], one["column"], one["header"], one["value"]) for row in draft.unread for one in row["problems"]
    ]
    assert found == [
        (6, "E", "处置时限", "很快"), (6, "C", "责任单位", "不存在的局"), (7, "E", "处置时限", "0工作日"),
    ]  # fmt: skip
    assert draft.unread[0]["cells"]["立案条件"] == "缺失"
    assert draft.unread[0]["cells"]["考核分值"] == "1"
    content = saved(events.write_manual(draft))
    assert "井盖缺失".encode() not in content, "a workbook is packed"
    again = taken(content)
    assert again.items.count() == 3, "rows that were not taken stand on a sheet of their own"
    events.mend_from_file(
        duty_list=draft, content=workbook([["市容环境", "井盖缺失", "城市管理局", "缺失", "1工作日", "补齐", "", "1"]]),
        by=accounts.SYSTEM, now=MONDAY,
    )  # fmt: skip
    draft.refresh_from_db()
    assert (draft.items.count(), [row["cells"]["小类"] for row in draft.unread]) == (4, ["路灯"])


@pytest.mark.parametrize("content", [b"no workbook", workbook([], ["甲", "乙"])], ids=["no workbook", "other columns"])
def test_what_is_no_manual_is_refused(town, content):
    with pytest.raises(events.FileRefusedError):
        taken(content)


def test_columns_that_a_manual_lacks_stay_as_they_are(town):
    base = in_force()
    base.items.filter(code="T-01").update(class_path=["公用设施", "楼道照明"], grade="A")
    AreaDuty.objects.create(
        duty_list=base, matter_code="T-01", division_id=town.divisions["xuefu"].id, lead="department:csgl"
    )
    draft = taken(workbook(ROWS), base)
    kept = draft.items.get(code="T-01")
    assert (kept.grade, kept.keywords, kept.handle_limit, kept.co_units) == ("A", ["楼道灯"], 3, ["street"])
    assert draft.area_duties.count() == 1
    assert sorted(draft.items.values_list("code", flat=True)) == ["N0001", "N0002", "T-01"]


@pytest.mark.slow
def test_a_version_goes_out_and_comes_in_the_same(town):
    draft = taken(workbook(ROWS), in_force())
    for item in draft.items.all():
        item.evidence = {"photo_after": ["photo", "document"]}
        item.templates = [{"name": "已办结", "text": "您好，\n【说明】已处理。"}, {"name": "二", "text": "=1+1"}]
        item.leads = {"county": "department:csgl", "community": "community"}
        item.keywords = ["一、二", "三"]
        item.note = "=SUM(A1)\n第二行"
        item.closing_conditions = ["reply_text", "photo_after"]
        item.save()
    AreaDuty.objects.create(
        duty_list=draft, matter_code="N0001", division_id=town.divisions["xuefu"].id, lead="department:csgl"
    )
    rule = {"words": ["灯，坏", "灯"], "areas": [town.divisions["street"].id], "hours": [22, 6], "grades": ["C"],
            "channels": ["hotline"], "classes": [["公用设施"]]}  # fmt: skip
    events.save_rule(
        duty_list=draft, name="夜里", target="street", conditions=rule, by=accounts.SYSTEM, now=MONDAY, note="注"
    )
    again = taken(saved(events.write_manual(draft)))
    said = [list(items_of(one).values(*(set(ITEM_FIELDS) - {"place"}))) for one in (draft, again)]
    assert said[0] == said[1]
    assert events.differences(draft, again) == []
    assert (again.columns, again.unread) == (draft.columns, [])


words = st.text(st.sampled_from("甲乙丙、，,；;：=1【】 "), min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.lists(words, max_size=4))
def test_lists_come_back(parts):
    assert cells.read_list(cells.write_list(parts)) == parts


@given(
    st.lists(
        st.fixed_dictionaries({"name": st.sampled_from(["", "已办结", "二"]), "text": words}), min_size=1, max_size=3
    )
)
def test_templates_come_back(templates):
    assert cells.read_templates(cells.write_templates(templates)) == templates


stage = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["停工", "第1阶段", "阶段2"]),
        "limit": st.integers(1, 99),
        "unit": st.sampled_from(list(cells.UNIT_WORDS)),
    }
)


@given(st.lists(stage, min_size=1, max_size=4))
def test_stages_come_back(stages):
    said = {"stages": stages, "handle_limit": stages[-1]["limit"], "handle_unit": stages[-1]["unit"]}
    assert cells.read_limit(cells.write_limit(said)) == said
