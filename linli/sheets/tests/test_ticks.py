"""Boxes are ticked in the issuer's own words; what is not clear stays as it came."""

import pytest

from linli.sheets.rules.ticks import has_boxes, ticked


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("男□ 女□", "女", "男□ 女☑"),
        ("□是  □否", "是", "☑是  □否"),
        ("○城镇 ○农村", "农村", "○城镇 ●农村"),
        ("□小学 □初中 □高中及以上", "初中", "□小学 ☑初中 □高中及以上"),
        ("□小学 □初中 □高中", "初级中学教育", "□小学 □初中 □高中"),
        ("□低保 □低保边缘", "低保", "☑低保 □低保边缘"),
        ("□低保 □低保边缘", "低保边缘户", "□低保 □低保边缘"),
        ("是□ 否□", "", "是□ 否□"),
    ],
)
def test_the_box_by_the_value_is_ticked(text, value, shown):
    assert has_boxes(text)
    assert ticked(text, value) == shown


def test_one_box_alone_is_no_choice():
    assert not has_boxes("□ 本人承诺以上信息属实")
