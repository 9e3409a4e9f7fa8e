"""Money: months and years, yuan and ten thousand yuan; what nobody knows the time of stays open."""

from datetime import date
from types import SimpleNamespace

import pytest

from linli.sheets.queries.columns import written_by_hand
from linli.sheets.rules.amounts import period_of
from linli.sheets.rules.binding import propose
from linli.sheets.rules.cell_truth import is_true
from linli.sheets.rules.deriving import rule_of
from linli.sheets.rules.grids import Grid
from linli.sheets.rules.layouts import tables_of

ON = date(2026, 3, 1)


TITLES = {"户主姓名": "低保户名册", "姓名": "人员名册", "企业名称": "企业名单"}


@pytest.fixture
def bound(elements, codes):
    """Return what is proposed for the second column of a list."""

    def bound_(names):
        (table,) = tables_of(Grid("Sheet1", ((TITLES[names[0]], None), names, (None, None))))
        return propose(table, elements, {}, codes)[1]

    return bound_


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("家庭年收入（元）", "year"),
        ("家庭年收入（元/月）", "month"),
        ("月租金（元/年）", "year"),
        ("养老金月标准（元）", "month"),
        ("每月发放", "month"),
        ("11月份补贴", ""),
        ("2026年补贴（元）", ""),
        ("补贴标准（元）", ""),
        ("年度奖金", ""),
        ("元/人/月", "month"),
        ("人均年收入（元）", "year"),
    ],
)
def test_a_name_says_for_which_time_an_amount_is(words, period):
    assert period_of(words) == period


@pytest.mark.parametrize(
    ("names", "element", "kept", "shown"),
    [
        (("户主姓名", "家庭年收入（元）"), "household.income", 36000, 36000),
        (("户主姓名", "家庭年收入（元/月）"), "household.income", 10000, 833.33),
        (("户主姓名", "家庭年收入（万元）"), "household.income", 36000, 3.6),
        (("户主姓名", "家庭年收入"), "household.income", 36000, 36000),
        (("姓名", "月收入（元）"), "person.income_month", 3000, 3000),
        (("姓名", "月收入（元/年）"), "person.income_month", 3000, 36000),
        (("姓名", "补贴标准（元/月）"), "person.allowance_amount", 300, 300),
        (("姓名", "补贴标准（元）"), "person.allowance_amount", 300, 300),
        (("姓名", "补贴标准（元/年）"), "person.allowance_amount", 300, None),
        (("企业名称", "注册资金（万元）"), "organisation.capital", 500, 500),
        (("企业名称", "注册资金（元）"), "organisation.capital", 500, 5000000),
    ],
)
def test_an_amount_is_written_for_the_time_and_in_the_unit_of_the_column(bound, names, element, kept, shown):
    found = bound(names)
    assert found.element == element
    how = found.transform.as_data()
    assert rule_of(how, on=ON)(kept) == shown
    for cell in {kept, kept * 12, kept / 12, round(kept / 12, 2), kept / 10000, kept * 10000, shown} - {None}:
        assert is_true(cell, kept, how, on=ON, label=str) is (shown is not None and abs(cell - shown) < 0.005)


def test_an_amount_that_is_picked_by_hand_is_converted_as_well(elements):
    income = next(one for one in elements if (one.kind, one.code) == ("household", "income"))
    column = SimpleNamespace(path=["家庭月收入"], choices=[])
    assert rule_of(written_by_hand(column, income).as_data(), on=ON)(36000) == 3000
    column = SimpleNamespace(path=["家庭收入情况"], choices=[])
    assert written_by_hand(column, income).kind == "text"
