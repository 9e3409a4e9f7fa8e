"""Masks keep what colleagues need and hide the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trust import api as trust


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张**"),
        ("张三丰", "张**"),
        ("欧阳锋", "欧阳**"),
        ("欧阳", "欧**"),
        ("张", "*"),
        ("阿卜杜拉·买买提", "阿**"),
        ("John Smith", "J**"),
        ("  李四 ", "李**"),
        ("", ""),
    ],
)
def test_mask_name_keeps_the_surname(name, shown):
    assert trust.mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812345678", "138****5678"),
        ("+86 138-1234-5678", "138****5678"),
        ("0731-88881234", "0731-****1234"),
        ("010 12345678", "010-****5678"),
        ("4001234567", "400-****4567"),
        ("88881234", "****34"),
        ("110", "****"),
        ("微信", "****"),
        ("", ""),
    ],
)
def test_mask_phone_keeps_what_tells_colleagues_apart(phone, shown):
    assert trust.mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("430102199001011234", "430102**********34"),
        ("43010219900101123x", "430102**********3X"),
        ("430102900101123", "430102*******23"),
        ("E12345678", "*********"),
        ("", ""),
    ],
)
def test_mask_citizen_id_keeps_the_area(number, shown):
    assert trust.mask_citizen_id(number) == shown


@given(st.text(max_size=30))
def test_masks_never_tell_the_middle(text):
    assert trust.mask_name(text) in ("", "*") or trust.mask_name(text).endswith("**")
    known = "".join(character for character in trust.mask_phone(text) if character.isdecimal())
    assert len(known) <= 8
