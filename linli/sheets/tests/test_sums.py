"""Rows of sums below lists: amounts and quantities are added up, ages and averages are not."""

import pytest

from linli.sheets.rules.sums import is_added, sum_of


@pytest.mark.parametrize(
    ("path", "kind", "is_number", "added"),
    [
        (("补贴金额（元）",), "amount", True, True),
        (("发放", "合计"), "sum", False, True),
        (("家庭人口",), "text", True, True),
        (("实发金额",), "blank", False, True),
        (("耕地面积(亩)",), "blank", False, True),
        (("补贴标准（元/月）",), "amount", True, False),
        (("人均", "年收入"), "amount", True, False),
        (("楼层",), "text", True, False),
        (("年龄",), "age", False, False),
        (("姓名",), "text", False, False),
        (("备注",), "blank", False, False),
        (("电话号码",), "text", False, False),
    ],
)
def test_amounts_and_quantities_are_added_up(path, kind, is_number, added):
    assert is_added(path, {"kind": kind}, is_number=is_number) is added


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        ([100, 200.5, None, ""], 300.5),
        (["0.1", "0.2"], 0.3),
        (["1,200", 300], 1500),
        ([None, ""], None),
        ([1, "两百"], None),
        ([True, 1], None),
        (["NaN"], None),
    ],
)
def test_a_sum_is_of_numbers_alone(values, whole):
    assert sum_of(values) == whole
