"""The judge of filled cells: what is written otherwise than the base says is wrong."""

from datetime import date

import pytest

from linli.sheets.rules.cell_truth import is_true

WORDS = {"1": "男性", "990101001001": "南苑社区", "990101001": "南苑街道", "990101001001002": "第二网格"}
FLAG = {"kind": "flag", "yes": "√", "no": ""}


@pytest.mark.parametrize(
    ("cell", "value", "how", "is_right"),
    [
        ("吴桂芳", "吴桂芳", {"kind": "text"}, True),
        ("吴桂", "吴桂芳", {"kind": "text"}, False),
        (3, "3", {"kind": "number"}, True),
        ("1940年03月", "1940-03-12", {"kind": "date"}, True),
        (date(1940, 3, 12), "1940-03-12", {"kind": "date"}, True),
        ("1940年04月", "1940-03-12", {"kind": "date"}, False),
        (86, "1940-03-12", {"kind": "age"}, True),
        ("85", "1940-03-12", {"kind": "age"}, False),
        ("男", "1", {"kind": "code", "words": {"男性": "男"}}, True),
        ("女", "1", {"kind": "code", "words": {"男性": "男"}}, False),
        ("√", True, FLAG, True),
        ("√", False, FLAG, False),
        ("是", True, {"kind": "text"}, True),
        ("True", True, {"kind": "text"}, False),
        (1.2, 12000, {"kind": "amount", "unit": "ten_thousand"}, True),
        ("南苑街道", "990101001001002", {"kind": "area", "level": "street"}, True),
        ("南苑街道南苑社区 990101001001", "990101001001002", {"kind": "area", "level": "community"}, False),
        ("南苑社区第二网格", "990101001001002", {"kind": "area", "level": ""}, True),
        ("made up", None, {"kind": "text"}, False),
    ],
)
def test_a_cell_is_right_where_it_says_what_the_base_says(cell, value, how, is_right):
    assert is_true(cell, value, how, on=date(2026, 11, 23), label=lambda code: WORDS.get(code, code)) is is_right
