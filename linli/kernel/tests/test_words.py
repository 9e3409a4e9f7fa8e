"""Times, deadlines and numbers in words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.kernel.rules import words

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 6, 20, tzinfo=UTC)  # 14:20 in Shanghai
HOUR = 3600


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def said(moment):
    return words.when_text(moment, now=NOW, zone=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (NOW, "today 14:20"),
        (NOW - timedelta(hours=15), "yesterday 23:20"),
        (NOW + timedelta(days=1), "tomorrow 14:20"),
        (NOW.replace(month=6, day=3), "3 Jun 14:20"),
        (NOW.replace(year=2025, month=6, day=3), "3 Jun 2025 14:20"),
    ],
)
def test_moments_are_said_as_people_do(moment, text):
    assert said(moment) == text


@pytest.mark.parametrize(
    ("left", "text", "tone"),
    [
        (-3 * HOUR, "3 working hours overdue", "red"),
        (-1, "0 minutes overdue", "red"),
        (0, "0 minutes left", "amber"),
        (2 * HOUR + 59, "2 working hours left", "amber"),
        (8 * HOUR, "8 working hours left", "amber"),
        (8 * HOUR + 1, "8 working hours left", "blue"),
        (17 * HOUR, "2 working days left", "blue"),
    ],
)
def test_deadlines_are_said_with_what_is_left(left, text, tone):
    clock = words.due_text(left)
    assert (clock.text, clock.tone) == (text, tone)


def test_natural_time_has_days_of_24_hours():
    assert words.due_text(47 * HOUR, working=False).text == "47 hours left"
    assert words.due_text(49 * HOUR, working=False).text == "2 days left"


@pytest.mark.parametrize(
    ("value", "chinese", "text"),
    [
        (1204, True, "1,204"),
        (9999, True, "9,999"),
        (12345, True, "1.2万"),
        (20000, True, "2万"),
        (350_000_000, True, "3.5亿"),
        (12345, False, "12,345"),
        (0.5, True, "0.5"),
        (-12000, True, "-1.2万"),
    ],
)
def test_numbers_are_written_for_reading(value, chinese, text):
    assert words.number_text(value, chinese=chinese) == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(min_value=-1e8, max_value=1e8))
def test_a_deadline_is_red_exactly_when_it_is_over(left):
    assert (words.due_text(left).tone == "red") == (left < 0)
