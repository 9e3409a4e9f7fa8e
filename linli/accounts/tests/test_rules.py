"""Pure rules: phones and locks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.accounts.rules.lockout import FAILURES, WINDOW, locked_until
from linli.accounts.rules.phone import mobile_number

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
seconds_ago = st.lists(st.integers(0, 3600), max_size=12)


@pytest.mark.parametrize(
    "typed",
    ["13812345678", "138 1234 5678", "138-1234-5678", "+8613812345678", "008613812345678", "１３８１２３４５６７８"],
)
def test_mobile_number_is_read_however_it_is_typed(typed):
    assert mobile_number(typed) == "13812345678"


@given(st.text(max_size=20))
def test_mobile_number_is_eleven_digits_or_nothing(text):
    number = mobile_number(text)
    assert number is None or (len(number) == 11 and number.isascii() and number.isdigit())


@given(seconds_ago)
def test_locked_until_is_in_the_future_and_at_most_a_window_away(ago):
    until = locked_until([NOW - timedelta(seconds=each) for each in ago], now=NOW)
    assert until is None or NOW < until <= NOW + WINDOW


@given(seconds_ago)
def test_locked_until_needs_five_failures_within_the_window(ago):
    until = locked_until([NOW - timedelta(seconds=each) for each in ago], now=NOW)
    if until is not None:
        fifth = until - WINDOW
        near = [each for each in ago if fifth - WINDOW <= NOW - timedelta(seconds=each) <= fifth]
        assert len(near) >= FAILURES


def test_locked_until_is_fifteen_minutes_after_the_fifth():
    failures = [NOW - timedelta(minutes=minute) for minute in (5, 4, 3, 2, 1)]
    assert locked_until(failures, now=NOW) == NOW + timedelta(minutes=14)
    assert locked_until(failures[:4], now=NOW) is None
    assert locked_until(failures, now=NOW + timedelta(minutes=14)) is None
