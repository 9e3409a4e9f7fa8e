"""Tables in grids: titles, header trees, hints, sums, notes, signatures, several tables."""

import pytest

from linli.sheets.rules.grids import Grid, Span
from linli.sheets.rules.layouts import tables_of


def grid(*rows, merges=(), **more):
    width = max(map(len, rows))
    return Grid("Sheet1", tuple((*row, *[None] * (width - len(row))) for row in rows), tuple(merges), **more)


DOLE = grid(
    ("附件1",),
    ("低保金发放花名册",),
    ("填报单位：", "翠湖社区", None, None, "2026年9月", None),
    ("序号", "户主姓名", "领取金额", None, None, "领款人签字"),
    (None, None, "家庭补差", "重点救助", "小计", None),
    ("甲", "乙", "1", "2", "3", "4"),
    (1, "张三", 100, 60, 160, None),
    (2, "李四", 100, 60, 160, None),
    ("合计", None, 200, 120, 320, None),
    ("注：本表一式两份。",),
    ("负责人：", None, "填表人：", None, "审核人：", None),
    merges=(Span(1, 0, 1, 5), Span(3, 0, 4, 0), Span(3, 1, 4, 1), Span(3, 2, 3, 4), Span(3, 5, 4, 5)),
)


def test_every_part_of_a_dole_list_is_found():
    (table,) = tables_of(DOLE)
    assert (table.title, table.kind) == ("低保金发放花名册", "households")
    assert table.header.a1 == "A4:F5"
    assert [column.path for column in table.columns] == [
        ("序号",), ("户主姓名",), ("领取金额", "家庭补差"), ("领取金额", "重点救助"), ("领取金额", "小计"),
        ("领款人签字",),
    ]  # fmt: skip
    assert [column.span.a1 for column in table.columns] == ["A4:A5", "B4:B5", "C5", "D5", "E5", "F4:F5"]
    assert [span.a1 for span in table.columns[2].spans] == ["C4:E4", "C5"]
    assert table.hint.a1 == "A6:F6"
    assert table.body.a1 == "A7:F8"
    assert table.totals.a1 == "A9:F9"
    assert table.notes == ("注：本表一式两份。",)
    assert table.signature.a1 == "A11:F11"
    assert table.facts["填报单位"].a1 == "B3"
    assert {"负责人", "填表人", "审核人"} <= set(table.facts)


def test_names_over_several_columns_need_no_merged_cells():
    (table,) = tables_of(grid(
        ("序号", "姓名", "户籍地", None, None, "电话"), (None, None, "省", "市", "详址", None),
        (1, "张三", "甲", "乙", "丙", "1"),
    ))  # fmt: skip
    assert [column.path for column in table.columns][2:5] == [("户籍地", "省"), ("户籍地", "市"), ("户籍地", "详址")]
    assert table.body.row == 2


def test_man_and_woman_below_a_name_are_names():
    (table,) = tables_of(grid(("社区", "人口", None, "户数"), (None, "男", "女", None), ("东村", 5, 6, 3)))
    assert [column.path for column in table.columns] == [("社区",), ("人口", "男"), ("人口", "女"), ("户数",)]


def test_hints_are_not_filled_and_not_names():
    (table,) = tables_of(
        grid(("姓名", "性别", "出生日期"), ("必填", "男/女", "YYYYMMDD"), (None, None, None), last_row=9)
    )
    assert table.hint.a1 == "A2:C2"
    assert table.columns[2].hint == "YYYYMMDD"
    assert table.body.a1 == "A3:C10"


def test_two_tables_stand_one_below_the_other():
    first, second = tables_of(grid(
        ("网格员名单",), ("序号", "姓名", "电话"), (1, "张三", "19900000001"), (None,), ("楼栋长名单",),
        ("序号", "姓名", "楼栋"), (1, "李四", "3"), merges=(Span(0, 0, 0, 2), Span(4, 0, 4, 2)),
    ))  # fmt: skip
    assert (first.title, first.body.a1) == ("网格员名单", "A3:C3")
    assert (second.title, second.body.a1) == ("楼栋长名单", "A7:C7")


def test_two_lists_side_by_side_are_two_tables():
    left, right = tables_of(grid(("序号", "姓名", "序号", "姓名"), (1, "张三", 2, "李四")))
    assert (left.header.a1, right.header.a1) == ("A1:B1", "C1:D1")


def test_sums_above_all_rows_and_sums_of_a_part_are_told_apart():
    (table,) = tables_of(grid(
        ("社区", "户数", "人口"), ("合计", 9, 20), ("东村", 4, 8), ("小计", 4, 8), ("西村", 5, 12), ("南村", 1, 2),
    ))  # fmt: skip
    assert table.totals.a1 == "A2:C2"
    assert table.body.a1 == "A3:C6"
    assert table.subtotals == (3,)


@pytest.mark.parametrize("rows", [
    (("注意事项",), ("必填列：姓名、身份证号",)),
    (("张三", "东村"), ("李四", "西村")),
    ((None,),),
])  # fmt: skip
def test_what_has_no_names_of_columns_is_no_table(rows):
    assert tables_of(grid(*rows)) == ()


def test_hidden_sheet_has_no_table():
    assert tables_of(grid(("姓名", "身份证号", "电话"), (1, 2, 3), is_hidden=True)) == ()


CARD = grid(
    ("救助申请审批表",),
    ("姓名", None, "性别", None, "民族", None),
    ("身份证号", None, None, None, "联系电话", None),
    ("监护人", "姓名", None, "与本人关系", None, None),
    (None, "身份证号", None, "联系电话", None, None),
    ("家庭成员", "姓名", "与户主关系", "身份证号", "健康状况", "备注"),
    (None,),
    (None,),
    ("是否低保", "是□ 否□", "申请理由", None, None, None),
    ("注：本表一式两份。",),
    merges=(
        Span(0, 0, 0, 5), Span(2, 1, 2, 3), Span(3, 0, 4, 0), Span(3, 4, 3, 5), Span(4, 4, 4, 5), Span(5, 0, 7, 0),
        Span(8, 3, 8, 5), Span(9, 0, 9, 5),
    ),
)  # fmt: skip


def test_card_has_a_place_for_each_name_and_its_inner_list_is_a_table():
    card, members = tables_of(CARD)
    assert card.is_card
    assert (card.title, card.kind, card.body.is_empty) == ("救助申请审批表", "persons", True)
    assert [(column.path, column.place.a1) for column in card.columns] == [
        (("姓名",), "B2"), (("性别",), "D2"), (("民族",), "F2"), (("身份证号",), "B3:D3"), (("联系电话",), "F3"),
        (("监护人", "姓名"), "C4"), (("监护人", "与本人关系"), "E4:F4"), (("监护人", "身份证号"), "C5"),
        (("监护人", "联系电话"), "E5:F5"), (("是否低保",), "B9"), (("申请理由",), "D9:F9"),
    ]  # fmt: skip
    assert not members.is_card
    assert [column.path[-1] for column in members.columns][:2] == ["姓名", "与户主关系"]
    assert members.body.a1 == "B7:F8"


def test_list_with_names_beside_each_other_is_no_card():
    (table,) = tables_of(grid(("姓名", "性别", "民族"), (None, None, None), ("张三", "男", None)))
    assert not table.is_card
