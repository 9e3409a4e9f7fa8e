"""XLSForm goes out and comes in with the same columns; a drawn form is a workbook as issuers write them."""

from dataclasses import dataclass
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import Workbook, load_workbook

from linli.sheets.rules import drawing, xlsforms
from linli.sheets.rules.designs import Design, DesignColumn, moved
from linli.sheets.rules.transforms import made
from linli.sheets.rules.wording import usual_transform
from linli.sheets.tests.offices import book_of


@dataclass(frozen=True)
class Known:
    kind: str
    code: str
    label: str
    type: str = "text"
    table: str = ""


ELEMENTS = (
    Known("person", "name", "姓名"), Known("person", "citizen_id", "公民身份号码", "citizen_id"),
    Known("person", "sex", "性别", "code", "sex"), Known("person", "birth_date", "出生日期", "date"),
    Known("person", "phone", "联系电话", "phone"), Known("person", "alone", "是否独居", "flag"),
    Known("house", "area", "建筑面积", "number"), Known("household", "head_name", "户主姓名"),
)  # fmt: skip
OWN = tuple(f"person.{one.code}" for one in ELEMENTS if one.kind == "person")
PATHS = (*OWN, "person.household.head_name", "person.home.area")
CODES = {"sex": {"1": "男性", "2": "女性"}}
BY_PATH = {path: next(one for one in ELEMENTS if one.code == path.rpartition(".")[2]) for path in PATHS}
words = some.text(some.characters(categories=["Lo", "Ll", "Nd"]), min_size=1, max_size=8).map(str.strip).filter(bool)


def bound(path, header, group=""):
    return DesignColumn((group, header) if group else (header,), path, usual_transform(BY_PATH[path]))


def free(header, group=""):
    return DesignColumn((group, header) if group else (header,), "", made("blank"))


def out(design):
    return xlsforms.workbook_of(design, ELEMENTS, CODES, version="1")


def lines(design, sheet="survey"):
    return [
        [cell or "" for cell in row] for row in load_workbook(BytesIO(out(design)))[sheet].iter_rows(values_only=True)
    ]


def drawn(design):
    return load_workbook(BytesIO(drawing.workbook_of(design, ELEMENTS, CODES, rows=3)))


WHOLE = Design(
    "老人台账", "persons",
    (bound("person.name", "姓名"), bound("person.citizen_id", "身份证号"), bound("person.sex", "性别", "基本情况"),
     bound("person.birth_date", "出生日期", "基本情况"), bound("person.phone", "电话"), bound("person.alone", "独居"),
     bound("person.home.area", "面积"), free("饮食习惯")),
)  # fmt: skip


def test_an_xlsform_has_types_groups_and_constraints():
    heads, *rows = lines(WHOLE)
    assert heads[:3] == ["type", "name", "label::中文 (zh)"]
    assert [row[:3] for row in rows] == [
        ["text", "person__name", "姓名"], ["text", "person__citizen_id", "身份证号"],
        ["begin_group", "group_1", "基本情况"], ["select_one sex", "person__sex", "性别"],
        ["date", "person__birth_date", "出生日期"], ["end_group", "", ""], ["text", "person__phone", "电话"],
        ["select_one yes_no", "person__alone", "独居"], ["decimal", "person__home__area", "面积"],
        ["text", "q_8", "饮食习惯"],
    ]  # fmt: skip
    assert "[0-9X]" in rows[1][3]
    assert rows[6][5] == "numbers"
    assert ["sex", "2", "女性"] in lines(WHOLE, "choices")
    assert ["yes_no", "1", "是"] in lines(WHOLE, "choices")
    assert lines(WHOLE, "settings")[1][0] == "老人台账"


def test_what_follows_from_others_is_asked_of_nobody():
    with_number = Design("台账", "persons", (DesignColumn(("序号",), "", made("row_number")), *WHOLE.columns))
    assert [row[1] for row in lines(with_number)] == [
        row[1].replace("q_8", "q_9") for row in lines(WHOLE)
    ]  # fmt: skip


def test_an_xlsform_of_others_is_bound_by_its_labels():
    grid = [("type", "name", "label::English (en)", "label::中文 (zh)"), ("note", "hello", "", "您好"),
            ("begin group", "a", "基本", ""), ("text", "who", "姓名", ""), ("end group", "", "", ""),
            ("integer", "meals", "每日几餐", "")]  # fmt: skip
    book = book_with(survey=grid)
    found = xlsforms.design_of(book, ELEMENTS)
    assert found.kind == "persons"
    assert [(one.path, one.element) for one in found.columns] == [
        (("基本", "姓名"), "person.name"),
        (("每日几餐",), ""),
    ]


def test_a_workbook_without_a_survey_is_no_xlsform():
    assert xlsforms.design_of(book_with(Sheet1=[("姓名", "性别")]), ELEMENTS) is None


def test_a_label_is_never_a_formula():
    assert lines(Design("台账", "persons", (free("=1+1"),)))[1][2] == "'=1+1"
    assert drawn(Design("=2+2", "persons", (free("=1+1"),))).active["A1"].value == "'=2+2"


def book_with(**sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = BytesIO()
    book.save(content)
    return book_of(content.getvalue())


columns = some.lists(
    some.one_of(
        some.builds(bound, some.sampled_from(PATHS), words, some.sampled_from(["", "基本情况", "家庭"])),
        some.builds(free, words.map(lambda text: f"问{text}"), some.sampled_from(["", "家庭"])),
    ),
    min_size=1, max_size=8, unique_by=lambda one: one.path,
)  # fmt: skip


@given(columns, words, some.sampled_from(["persons", "households"]))
def test_columns_go_out_and_come_in_the_same(some_columns, title, kind):
    design = Design(title, kind, tuple(some_columns))
    found = xlsforms.design_of(book_of(out(design)), ELEMENTS)
    assert (found.kind, found.columns) == (kind, design.columns)
    assert found.title == title


def test_a_drawn_form_has_a_title_a_header_in_two_rows_and_lists():
    book = drawn(Design(WHOLE.title, WHOLE.kind, WHOLE.columns, ("每户一行",)))
    sheet = book.active
    assert sheet["A1"].value == "老人台账"
    assert {str(one) for one in sheet.merged_cells.ranges} >= {"A1:H1", "C3:D3", "A3:A4", "H3:H4"}
    assert [sheet.cell(4, place).value for place in (3, 4)] == ["性别", "出生日期"]
    assert [sheet.cell(3, place).value for place in (1, 2, 3, 5)] == ["姓名", "身份证号", "基本情况", "电话"]
    assert "每户一行" in sheet["A8"].value
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("C5:C7", "lists!$A$1:$A$2")
    assert book["lists"].sheet_state == "hidden"
    assert (sheet["B5"].number_format, sheet["D5"].number_format) == ("@", "General")


def test_a_drawn_form_of_one_column_is_whole():
    sheet = drawn(Design("台账", "persons", (free("姓名"),))).active
    assert [sheet.cell(row, 1).value for row in (1, 3)] == ["台账", "姓名"]


@given(columns, some.integers(-1, 9), some.sampled_from([-1, 1]))
def test_moving_loses_no_column(some_columns, place, by):
    assert sorted(moved(some_columns, place, by), key=repr) == sorted(some_columns, key=repr)


@pytest.mark.parametrize(("place", "by", "expected"), [(0, 1, "bac"), (0, -1, "abc"), (2, 1, "abc"), (2, -1, "acb")])
def test_a_column_moves_by_one_and_stays_at_the_ends(place, by, expected):
    assert "".join(one.leaf for one in moved([free(letter) for letter in "abc"], place, by)) == expected
