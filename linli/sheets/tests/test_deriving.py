"""Values become what a form asks for; what is not known, or does not fit, stays open."""

from datetime import date

import pytest

from linli.sheets.rules.deriving import derived_rows, rule_of

ON = date(2026, 3, 1)
SEX = {"1": "男", "2": "女", "yes": "是", "no": "否"}


def made(value, kind, /, **settings):
    return rule_of({"kind": kind, **settings}, on=ON, label=lambda code: SEX.get(code, code))(value)


@pytest.mark.parametrize(
    ("value", "kind", "settings", "shown"),
    [
        ("甲", "text", {}, "甲"),
        (3, "text", {}, 3),
        (3, "number", {}, 3),
        ("1950-03-01", "date", {}, date(1950, 3, 1)),
        ("1950-03-01", "date", {"layout": "%Y年%m月"}, "1950年03月"),
        ("1950-03-01", "date", {"layout": "%Y%m%d"}, "19500301"),
        ("nonsense", "date", {}, None),
        ("1", "code", {"write": "label"}, "男"),
        ("1", "code", {"write": "code"}, "1"),
        ("1", "code", {"words": {"男": "男性"}}, "男性"),
        (True, "flag", {}, "是"),
        (False, "flag", {"yes": "√", "no": "×"}, "×"),
        (False, "flag", {"yes": "√", "no": ""}, ""),
        (True, "text", {}, "是"),
        (False, "text", {}, "否"),
        ("110101195003011234", "tail", {"digits": 6}, "011234"),
        (123456, "amount", {"unit": "ten_thousand"}, 12.3456),
        (800, "amount", {"unit": "yuan", "kept": "month", "per": "year"}, 9600),
        (800, "amount", {"unit": "yuan", "per": ""}, 800),
        ("1950-03-01", "age", {}, 76),
        ("1950-03-02", "age", {}, 75),
        ("2000-02-29", "age", {"on": "2026-02-28"}, 25),
        ("1986-07-01", "years_since", {}, 39),
        ("2027-01-01", "age", {}, None),
        (64, "range", {"table": [[None, 60, "中"], [60, 80, "老"], [80, None, "高龄"]]}, "老"),
        (80, "range", {"table": [[None, 60, "中"], [60, 80, "老"], [80, None, "高龄"]]}, "高龄"),
        ("x", "range", {"table": [[None, 60, "中"]]}, None),
        ("1957-03-09", "range", {"of": "age", "table": [[None, 60, "中"], [60, None, "老"]]}, "老"),
        ("anything", "blank", {}, None),
        (None, "constant", {"value": "柏树湾街道"}, "柏树湾街道"),
        (None, "age", {}, None),
        ("", "text", {}, None),
    ],
)
def test_a_value_becomes_what_the_column_asks_for(value, kind, settings, shown):
    assert made(value, kind, **settings) == shown


def test_ids_are_written_with_15_or_18_places():
    old = "990101500301123"
    new = made(old, "id15", digits=18)
    assert len(new) == 18
    assert made(new, "id15", digits=15) == old
    assert made(new, "part", take="birth_date") == date(1950, 3, 1)
    assert made(new, "part", take="sex") == "男"
    assert made("1", "part", take="sex") is None


def test_columns_are_reckoned_from_others_of_the_row():
    transforms = [
        {"kind": "row_number"}, {"kind": "number"}, {"kind": "number"}, {"kind": "sum", "columns": [1, 2]},
        {"kind": "difference", "columns": [3, 1]}, {"kind": "ratio", "columns": [1, 3]},
    ]  # fmt: skip
    rows = [[None, 1, 3, None, None, None], [None, None, 2.5, None, None, None], [None] * 6]
    found = list(derived_rows(transforms, rows, on=ON, labels=[str] * 6))
    assert found == [[1, 1, 3, 4, 3, 0.25], [2, None, 2.5, 2.5, None, None], [3, None, None, None, None, None]]


def test_numbers_of_rows_begin_anew_with_each_block():
    found = derived_rows(
        [{"kind": "row_number", "restarts": True}], [["一组"], ["一组"], ["二组"]], on=ON, labels=[str]
    )
    assert [row[0] for row in found] == [1, 2, 1]
