"""What the grading rules propose for an element from its name, its type and some values."""

import pytest

from linli.trust import api as trust


@pytest.mark.parametrize(
    ("name", "sort", "values", "expected"),
    [
        ("公民身份号码", "citizen_id", (), ("02", 3, True, "citizen_id")),
        ("慢性病情况", "text", (), ("05", 4, True, "all")),
        ("备注", "text", ("13812345678", "13912345678"), ("01", 3, False, "phone")),
        ("备注", "text", ("2型糖尿病", "高血压", "无"), ("05", 4, True, "all")),
        ("代码", "text", ("11010519491231002X",), ("02", 3, True, "citizen_id")),
        ("卡", "text", ("6222021234567890123",), ("07", 4, True, "tail")),
        ("儿童登记", "flag", (), ("01", 4, True, "all")),
        ("手机轨迹", "text", (), ("12", 4, True, "all")),
        ("姓名", "text", (), ("01", 3, False, "name")),
    ],
)
def test_rules_propose(name, sort, values, expected):
    found = trust.propose(name=name, kind="person", sort=sort, values=values)
    assert (found.category, found.grade, found.sensitive, found.mask) == expected
    assert found.reasons
    assert found.sealed == (found.grade >= 4)


def test_what_no_rule_knows_is_unsure():
    found = trust.propose(name="层数", kind="building", sort="number", values=("6", "18"))
    assert (found.grade, found.sensitive, found.confidence, found.reasons) == (1, False, 30, ())


def test_one_value_among_many_decides_nothing():
    found = trust.propose(name="备注", kind="person", sort="text", values=("好", "中", "一般", "13812345678"))
    assert found.grade == 2


def test_name_and_values_that_agree_make_it_surer():
    alone = trust.propose(name="手机", kind="person", sort="text")
    both = trust.propose(name="手机", kind="person", sort="text", values=("13812345678",))
    assert alone.confidence < both.confidence
