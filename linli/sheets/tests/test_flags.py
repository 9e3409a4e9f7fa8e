"""Columns of yes and no: each says yes only where its condition holds, and nothing where nothing is known."""

from datetime import date

import pytest

from linli.sheets.rules.binding import propose
from linli.sheets.rules.cell_truth import is_true
from linli.sheets.rules.derivations import FLAGS_BY_NAME
from linli.sheets.rules.deriving import rule_of
from linli.sheets.rules.grids import Grid
from linli.sheets.rules.layouts import tables_of

ON = date(2026, 3, 1)
SAID = {
    "died_on": "2025-01-02", "disability_card": "99010119400312122X43", "chronic_disease": "高血压",
    "special_group": "困境儿童、孤儿", "support_mode": "集中供养", "went_on": "2025-01-02", "went_to": "某省某市",
    "fire_key": True,
}  # fmt: skip
OTHERWISE = {"fire_key": False}


@pytest.fixture
def flag(elements, codes):
    def flag_(name, title="人员花名册", whose="姓名"):
        (table,) = tables_of(Grid("Sheet1", ((title, None), (whose, name), (None, None)), merges=()))
        return propose(table, elements, {}, codes)[1]

    return flag_


def written(how, value):
    return rule_of(how, on=ON)(value)


def both(found, yes, no):
    """Say what is written of a value that holds and of one that does not, and that the judge agrees to no other."""
    how = found.transform.as_data()
    for value, right, wrong in ((yes, "是", "否"), (no, "否", "是")):
        assert written(how, value) == right
        assert is_true(right, value, how, on=ON, label=str)
        assert not is_true(wrong, value, how, on=ON, label=str)
    assert written(how, None) is None, "what is not known is asked for: no is a statement, too"
    assert not is_true("否", None, how, on=ON, label=str)


@pytest.mark.parametrize("name", sorted(FLAGS_BY_NAME))
def test_a_flag_of_a_name_follows_its_condition(flag, name):
    kind, element, operator, value = FLAGS_BY_NAME[name]
    title, whose = ("企业名单", "企业名称") if kind == "organisation" else ("人员花名册", "姓名")
    found = flag(f"是否{name}", title, whose)
    assert found.element == f"{kind}.{element}"
    assert found.transform.settings.get("when", ["=", "yes"]) == [operator, value]
    otherwise = {"=": OTHERWISE.get(element) if value == "yes" else {"02": "01", "01": "02"}.get(value), "known": "无"}
    both(found, SAID.get(element, value), otherwise.get(operator, "低保边缘"))


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("是否党员", "01", "13"),
        ("是否中共党员", "01", "02"),
        ("是否预备党员", "02", "01"),
        ("是否人户分离", "02", "01"),
        ("是否人户一致", "01", "02"),
        ("是否流动人口", "02", "01"),
        ("是否留守儿童", "留守儿童", "留守老人"),
        ("是否低保", True, False),
        ("有无低保", True, False),
    ],
)
def test_a_flag_of_a_group_follows_what_the_group_is(flag, name, yes, no):
    found = flag(name)
    assert found.transform.kind == "flag"
    how = {**found.transform.as_data(), "yes": "是", "no": "否"}
    assert written(how, yes) == "是"
    assert written(how, no) == "否"
    assert is_true("是", yes, how, on=ON, label=str)
    assert is_true("否", no, how, on=ON, label=str)
    assert not is_true("是", no, how, on=ON, label=str)
    assert written(how, None) is None


@pytest.mark.parametrize(
    ("when", "value", "is_yes"),
    [
        (["=", "01"], "01", True),
        (["=", "01"], "1", False),
        (["!=", "01"], "02", True),
        (["!=", "01"], "01", False),
        (["=", "yes"], True, True),
        (["=", "yes"], False, False),
        (["contains", "孤儿"], "孤儿,困境儿童", True),
        (["contains", "孤儿"], "困境儿童", False),
        (["known", ""], "任何", True),
        (["known", ""], "否", False),
        (["known", ""], "无", False),
        ([">=", "60"], 60, True),
        (["<", "18"], 18, False),
    ],
)
def test_a_condition_is_kept_to(when, value, is_yes):
    how = {"kind": "flag", "yes": "√", "no": "×", "when": when}
    right, wrong = ("√", "×") if is_yes else ("×", "√")
    assert written(how, value) == right
    assert is_true(right, value, how, on=ON, label=str)
    assert not is_true(wrong, value, how, on=ON, label=str)


@pytest.mark.parametrize(
    ("when", "value"),
    [(["like", "x"], "x"), (["known", ""], "丧失劳动能力"), (["known", ""], "无锡市"), ([">", "1"], "x")],
)
def test_what_a_condition_cannot_decide_stays_open(when, value):
    how = {"kind": "flag", "yes": "是", "no": "否", "when": when}
    assert written(how, value) is None
