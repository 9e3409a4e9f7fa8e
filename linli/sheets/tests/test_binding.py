"""Columns are bound: by name, by role, by neighbours, by values, by what an officer confirmed."""

import csv

import pytest

from linli.registry import api as registry
from linli.sheets.rules.binding import CONFIRMED, LIKELY, SURE, Learnt, learnt_key, propose
from linli.sheets.rules.grids import Grid, Span
from linli.sheets.rules.layouts import tables_of
from linli.sheets.rules.lexicon import SAMPLE, words
from linli.sheets.rules.patterns import patterned
from linli.sheets.rules.transforms import KINDS, made, transform_of
from tests.forms.make import gold


@pytest.fixture
def bound(elements, codes):
    def bound_(names, *rows, title="", learnt=None, **more):
        names = tuple(names)
        above = ((title, *[None] * (len(names) - 1)),) if title else ()
        (table,) = tables_of(Grid("Sheet1", (*above, names, *rows), **more))
        return table, propose(table, elements, learnt, codes)

    return bound_


def test_plain_names_are_sure(bound):
    _, found = bound(["姓名", "公民身份号码", "性别", "民族", "联系电话"])
    assert [one.element for one in found] == [
        "person.name", "person.citizen_id", "person.sex", "person.ethnic", "person.phone",
    ]  # fmt: skip
    assert all(one.confidence >= SURE for one in found)
    assert found[0].reason.message % found[0].reason.parameters


def test_role_leads_over_a_relation(bound):
    _, found = bound(["姓名", "户主姓名", "户主身份证号", "监护人姓名", "监护人电话"], title="儿童花名册")
    assert [one.element for one in found[1:]] == [
        "person.household.head_name", "person.household.head.citizen_id", "person.guardian.name",
        "person.guardian.phone",
    ]  # fmt: skip


def test_telephone_after_a_guardian_is_the_guardians_where_the_person_was_asked(bound):
    _, found = bound(["姓名", "联系电话", "监护人姓名", "联系电话"])
    assert [one.element for one in found][1::2] == ["person.phone", "person.guardian.phone"]
    assert found[3].confidence < SURE


def test_id_in_a_list_of_households_is_that_of_the_head(bound):
    table, found = bound(["户主姓名", "身份证号码", "家庭人口"], title="低保户花名册")
    assert table.kind == "households"
    assert [one.element for one in found] == ["household.head_name", "household.head.citizen_id", "household.size"]


def test_age_of_a_day_and_party_age_are_reckoned(bound):
    _, found = bound(["姓名", "年龄（截至2026年12月31日）", "党龄"])
    assert (found[1].element, found[1].transform) == ("person.birth_date", made("age", unit="year", on="2026-12-31"))
    assert found[2].element == "person.joined_party_on"


def test_layout_of_a_day_is_read_from_hint_and_samples(bound):
    _, found = bound(["姓名", "出生日期", "入党时间"], ("必填", "格式：YYYY/MM/DD", "如2001.07"))
    assert [one.transform.settings["layout"] for one in found[1:]] == ["%Y/%m/%d", "%Y.%m"]


def test_words_of_a_drop_down_are_kept_for_codes(bound):
    _, found = bound(["姓名", "性别"], choices={1: ("男", "女")})
    assert found[1].transform.settings["words"] == {"男性": "男", "女性": "女"}


def test_what_the_person_of_a_row_is_called_goes_before_an_attribute(bound):
    _, found = bound(["参保人姓名", "参保人身份证号", "老人签字"], title="花名册")
    assert [one.element for one in found] == ["person.name", "person.citizen_id", ""]
    assert found[2].transform.kind == "blank"


def test_sum_by_formula_names_its_columns(bound):
    _, found = bound(["姓名", "生活补贴", "护理补贴", "合计"], ("张三", 1, 2, None), formulas={(1, 3): "SUM(B2:C2)"})
    assert found[3].transform == made("sum", columns=[1, 2])


def test_counts_by_area_have_their_conditions(bound):
    table, found = bound(
        ["社区", "总户数", "60岁以上老年人", "0-17岁", "低保人数"], ("东村", 1, 2, 3, 4), title="统计表"
    )
    assert table.kind == "statistics"
    assert found[0].element == "area.name"
    assert [one.transform.settings.get("where") for one in found[1:]] == [
        [], [["age", ">=", "60"]], [["age", ">=", "0"], ["age", "<=", "17"]], [["low_income", "=", "yes"]],
    ]  # fmt: skip


def test_values_that_contradict_a_name_take_its_certainty(bound):
    rows = [("张三", f"内容{number}") for number in range(5)]
    _, found = bound(["姓名", "身份证号"], *rows)
    assert found[1].element == "person.citizen_id"
    assert found[1].confidence < LIKELY


def test_values_speak_where_a_name_does_not(bound):
    rows = [("张三", f"1990000000{number}") for number in range(5)]
    _, found = bound(["姓名", "某某栏目"], *rows)
    assert found[1].element == "person.phone"
    assert found[1].confidence < SURE


def test_unknown_name_is_left_to_the_officer(bound):
    _, found = bound(["姓名", "性别", "门禁情况"])
    assert found[2].confidence < LIKELY


def test_confirmation_is_remembered_for_every_writing_of_the_name(bound):
    said = Learnt("person.skill", made("text"))
    learnt = {learnt_key("persons", ("绝 活",)): said}
    _, found = bound(["姓名", "性别", "*绝活："], learnt=learnt, title="花名册")
    assert (found[2].element, found[2].confidence) == ("person.skill", CONFIRMED)


def test_nothing_outside_the_dictionary_is_proposed(bound, elements):
    (table,) = tables_of(Grid("a", (("姓名", "身份证号", "联系电话"),)))
    few = [one for one in elements if one.code != "phone"]
    assert propose(table, few)[2].element == ""


def test_paths_lead_somewhere_and_transforms_are_known(elements):
    known = {f"{one.kind}.{one.code}" for one in elements} | {"area.name"}
    columns = [column for form in gold() for table in form["tables"] for column in table["columns"]]
    assert columns
    for column in columns:
        assert not column["transform"] or column["transform"] in KINDS
        if column["element"] not in {"", "area.name"}:
            assert f"{registry.kind_at(column['element'])}.{column['element'].rsplit('.', 1)[-1]}" in known, column
    assert all(way.kind for way in registry.WAYS.values())


def test_transform_survives_being_kept():
    one = made("date", layout="%Y%m%d")
    assert transform_of(one.as_data()) == one


def test_age_is_looked_up_in_the_ranges_of_a_list(bound):
    _, found = bound(["姓名", "年龄段", "性别"], choices={1: ("59岁及以下", "60-69岁", "70岁以上")})
    assert (found[1].element, found[1].transform.kind) == ("person.birth_date", "range")
    assert found[1].transform.settings["table"] == [
        [None, 60, "59岁及以下"], [60, 70, "60-69岁"], [70, None, "70岁以上"],
    ]  # fmt: skip


def test_other_things_and_other_people_are_not_the_row(bound):
    names = ["姓名", "身份证号", "联系电话", "网格员", "联系电话", "新生儿出生日期", "现住房面积"]
    _, found = bound(names, title="居民花名册")
    assert [one.element for one in found][2:6] == ["person.phone", "", "", ""]
    assert all(one.confidence < SURE for one in found[3:])


def test_name_that_is_not_known_is_the_persons_where_the_list_has_no_other(bound):
    _, found = bound(["序号", "义务兵姓名", "身份证号", "领取人姓名"], title="义务兵优待金花名册")
    assert [one.element for one in found[1:]] == ["person.name", "person.citizen_id", ""]
    assert found[1].confidence < SURE


def test_nothing_is_sure_where_it_is_not_clear_what_a_row_is(bound):
    table, found = bound(["名称", "位置", "联系电话", "备注"], ("甲", "乙", "丙", "丁"), title="登记")
    assert table.kind == "unknown"
    assert all(one.confidence < SURE for one in found[:3])


def test_name_that_nobody_listed_is_known_by_its_parts(bound):
    names = ["姓名", "现享受津贴种类", "归属社区", "目前从事行业"]
    assert not any(one in words() for one in names[1:])
    _, found = bound(names, title="老年人花名册")
    assert [one.element for one in found][1:] == ["person.allowance_kind", "person.area_code", "person.occupation"]
    assert all(LIKELY <= one.confidence < SURE for one in found[1:])


def test_patterns_name_elements_and_read_no_long_names(elements):
    known = {f"{one.kind}.{one.code}" for one in elements} | {"*.area_code"}
    with (SAMPLE / "patterns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(f"{row['kind']}.{row['element']}" in known for row in rows)
    assert patterned("社保卡银行账号")
    assert patterned("社保卡银行" * 30 + "账号") == ()


def test_lifts_are_things_and_not_the_firms_that_keep_them(bound):
    names = ["序号", "电梯编号", "安装位置", "品牌", "上次检验日期", "下次检验日期", "维保单位"]
    table, found = bound(names, title="在用电梯台账")
    assert table.kind == "things"
    assert [one.element for one in found] == [
        "", "thing.number", "thing.address", "thing.maker", "thing.checked_on", "", "",
    ]  # fmt: skip


def test_list_with_the_head_and_the_relation_to_him_is_of_people(bound):
    table, found = bound(["户主姓名", "签约人姓名", "与户主关系", "身份证号"], title="家庭签约名册")
    assert table.kind == "persons"
    assert [one.element for one in found] == [
        "person.household.head_name", "person.name", "person.kinship", "person.citizen_id",
    ]  # fmt: skip


def test_telephone_behind_somebody_who_is_not_known_is_not_the_rows(bound):
    _, found = bound(["姓名", "身份证号", "送餐员", "联系电话"], title="老人名册")
    assert found[3].element == ""
    _, found = bound(["姓名", "身份证号", "送餐时间", "联系电话"], title="老人名册")
    assert found[3].element == "person.phone"


def test_telephone_is_of_whom_a_short_name_means(bound):
    _, found = bound(["单位名称", "负责人", "联系电话", "消防安全责任人", "责任人电话"], title="企业台账")
    assert [one.element for one in found][3:] == ["organisation.safety_manager", "organisation.safety_phone"]


def test_what_stands_below_somebody_of_a_group_is_not_the_rows(elements):
    rows = (("姓名", "身份证号", "保证人", None), (None, None, "姓名", "工作单位"), *[("甲", "x", "乙", "丙")] * 3)
    grid = Grid("a", rows, merges=(Span(0, 0, 1, 0), Span(0, 1, 1, 1), Span(0, 2, 0, 3)))
    (table,) = tables_of(grid)
    assert [one.path for one in table.columns][2:] == [("保证人", "姓名"), ("保证人", "工作单位")]
    found = propose(table, elements)
    assert [one.element for one in found] == ["person.name", "person.citizen_id", "", ""]


def test_rate_by_meal_is_no_allowance(bound):
    _, found = bound(["姓名", "身份证号", "补贴标准（元/月）"], title="老人名册")
    assert found[2].element == "person.allowance_amount"
    _, found = bound(["姓名", "身份证号", "补贴标准（元/餐）"], title="老人名册")
    assert found[2].element == ""
