"""Citizen IDs and credit codes: the vectors of the standards pass, what is wrong says why."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linli.kernel.rules.checkdigits import _citizen_check, check_citizen_id, check_credit_code, check_organisation_code

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
bodies = st.builds(
    lambda region, day, order: f"{region}{day:%Y%m%d}{order:03d}",
    st.integers(110000, 829999),
    days,
    st.integers(0, 999),
)


@pytest.mark.parametrize(
    ("number", "birthday", "sex"),
    [("11010519491231002X", date(1949, 12, 31), "2"), ("34052419800101001x", date(1980, 1, 1), "1")],
)
def test_citizen_id_of_the_standard_passes(number, birthday, sex):
    check = check_citizen_id(f" {number} ")
    assert (check.valid, check.canonical, check.birthday, check.sex) == (True, number.upper(), birthday, sex)
    assert check.warning == ""


def test_citizen_id_of_the_old_form_is_made_new():
    check = check_citizen_id("110105491231002")
    assert (check.valid, check.canonical) == (True, "11010519491231002X")


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("", "18 places"),
        ("1101051949123100", "18 places"),
        ("11010519491231002Ⅹ", "One place"),
        ("1101051949123100²X", "18 places"),
        ("11010519490231002X", "date of birth"),
        ("110105490231002", "date of birth"),
        ("110105194912310021", "One place"),
    ],
)
def test_citizen_id_that_is_wrong_says_why(number, problem, settings):
    settings.LANGUAGE_CODE = "en"
    from django.utils import translation

    with translation.override("en"):
        check = check_citizen_id(number)
        assert not check.valid
        assert problem in str(check.problem)


def test_citizen_id_of_an_unknown_region_is_a_warning_only():
    body = "99010119800101001"
    check = check_citizen_id(body + _citizen_check(body))
    assert check.valid
    assert check.warning


@given(bodies, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_change_in_a_citizen_id_is_found(body, place, other):
    number = body + _citizen_check(body)
    assume(number[place] != other)
    assert check_citizen_id(number).valid
    assert not check_citizen_id(number[:place] + other + number[place + 1 :]).valid


@pytest.mark.parametrize("code", ["11511301008778183N", "115113010833722043", "91350100m000100y43"])
def test_credit_code_passes(code):
    assert check_credit_code(code)
    assert check_organisation_code(code[8:17])


@given(st.text(CREDIT_ALPHABET, min_size=17, max_size=17), st.integers(0, 17), st.sampled_from(CREDIT_ALPHABET))
def test_any_single_change_in_a_credit_code_is_found(body, place, other):
    code = next(body + check for check in CREDIT_ALPHABET if check_credit_code(body + check))
    assume(code[place] != other)
    assert not check_credit_code(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize(
    "code", ["", "9135010", "91350100I000100Y43", "11511301008778183Z", "１１５１１３０１００８７７８１８３Ｎ"]
)
def test_credit_code_of_a_wrong_form_is_refused(code):
    assert not check_credit_code(code)


def test_organisation_code_may_have_its_hyphen():
    assert check_organisation_code("00877818-3")
    assert not check_organisation_code("00877818-4")
