"""Working time against a reference that walks day by day and minute by minute."""

import pickle
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from timeit import timeit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.regions.rules.calendar import (
    SAMPLE_HOURS,
    ZONE,
    CalendarDefinition,
    CalendarRangeError,
    DayRule,
    HoursRule,
    WorkingCalendar,
)
from linli.regions.rules.national import national_days

SUMMER = HoursRule(date(2026, 6, 1), ((time(8), time(12)), (time(15), time(18))))
NATIONAL = national_days(2025, 2028)
CALENDAR = WorkingCalendar(
    CalendarDefinition(2025, 2028, NATIONAL.days, (SAMPLE_HOURS, SUMMER), NATIONAL.provisional_years)
)
MINUTE = timedelta(minutes=1)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=ZONE)
)
exact_moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 30), timezones=st.sampled_from([ZONE, UTC]))  # noqa: DTZ001


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def spans_of(day):
    rule = NATIONAL.days.get(day)
    if not (rule.is_working if rule else day.weekday() < 5):
        return []
    spans = SUMMER.spans if day >= date(2026, 6, 1) else SAMPLE_HOURS.spans
    return [(datetime.combine(day, start, ZONE), datetime.combine(day, end, ZONE)) for start, end in spans]


def is_open(moment):
    return any(start <= moment < end for start, end in spans_of(moment.date()))


def naive_add_minutes(start, minutes):
    moment, left = start, minutes
    while left:
        left -= is_open(moment)
        moment += MINUTE
    return moment


def naive_add_days(start, days):
    day = start.date()
    while days:
        day += timedelta(days=1)
        days -= bool(spans_of(day))
    return spans_of(day)[-1][1]


@pytest.mark.slow
@given(moments, st.integers(1, 1500))
@settings(max_examples=150, deadline=None)
def test_add_hours_agrees_with_minute_by_minute(start, minutes):
    assert CALENDAR.add_working(start, hours=minutes / 60) == naive_add_minutes(start, minutes)


@given(moments, st.integers(1, 40))
@settings(deadline=None)
def test_add_days_agrees_with_day_by_day(start, days):
    assert CALENDAR.add_working(start, days=days) == naive_add_days(start, days)


@given(moments, st.integers(0, 4000))
@settings(max_examples=100, deadline=None)
def test_working_seconds_agrees_with_minute_by_minute(start, minutes):
    end = start + MINUTE * minutes
    counted = sum(is_open(start + MINUTE * step) for step in range(minutes))
    assert CALENDAR.working_seconds(start, end) == counted * 60
    assert CALENDAR.working_seconds(end, start) == -counted * 60


@given(exact_moments, st.integers(0, 500_000))
def test_added_seconds_are_counted_back(start, seconds):
    end = CALENDAR.add_working(start, hours=Decimal(seconds) / 3600)
    assert end >= start
    assert CALENDAR.working_seconds(start, end) == seconds


@given(exact_moments, st.integers(1, 200_000), st.integers(1, 200_000))
def test_hours_are_additive(start, one, two):
    both = CALENDAR.add_working(start, hours=Decimal(one + two) / 3600)
    halfway = CALENDAR.add_working(start, hours=Decimal(one) / 3600)
    assert CALENDAR.add_working(halfway, hours=Decimal(two) / 3600) == both


@given(exact_moments, st.integers(1, 60), st.integers(1, 60))
def test_days_are_additive(start, one, two):
    halfway = CALENDAR.add_working(start, days=one)
    assert CALENDAR.add_working(halfway, days=two) == CALENDAR.add_working(start, days=one + two)


@given(exact_moments, exact_moments, st.floats(0, 300), st.integers(0, 60))
def test_a_later_start_never_ends_earlier(one, two, hours, days):
    early, late = sorted((one, two))
    assert CALENDAR.add_working(early, hours=hours) <= CALENDAR.add_working(late, hours=hours)
    assert CALENDAR.add_working(early, days=days) <= CALENDAR.add_working(late, days=days)


@given(exact_moments, st.floats(0, 300), st.integers(0, 60))
def test_result_lies_in_working_hours(start, hours, days):
    for end in (CALENDAR.add_working(start, hours=hours), CALENDAR.add_working(start, days=days)):
        assert any(opens <= end <= closes for opens, closes in spans_of(end.date()))
        assert end >= start


def test_national_day_and_make_up_workdays_of_2026():
    assert CALENDAR.is_working_day(date(2026, 9, 20))  # Sunday, made up
    assert not CALENDAR.is_working_day(date(2026, 10, 7))
    assert CALENDAR.is_working_day(date(2026, 10, 8))
    assert CALENDAR.is_working_day(date(2026, 10, 10))  # Saturday, made up
    assert CALENDAR.day_rule(date(2026, 10, 1)).reason == "国庆节"
    assert CALENDAR.add_working(at("2026-09-30T17:30"), hours=1) == at("2026-10-08T08:30")
    assert CALENDAR.add_working(at("2026-09-30T09:00"), days=2) == at("2026-10-09T18:00")


def test_the_day_of_the_start_does_not_count():
    for clock in ("00:00", "09:00", "17:30", "23:59"):
        assert CALENDAR.add_working(at(f"2026-03-02T{clock}"), days=1) == at("2026-03-03T17:30")


def test_zero_days_is_the_next_close_of_business():
    assert CALENDAR.add_working(at("2026-03-02T10:00"), days=0) == at("2026-03-02T17:30")
    assert CALENDAR.add_working(at("2026-03-02T17:30"), days=0) == at("2026-03-02T17:30")
    assert CALENDAR.add_working(at("2026-03-02T18:00"), days=0) == at("2026-03-03T17:30")
    assert CALENDAR.add_working(at("2026-03-07T10:00"), days=0) == at("2026-03-09T17:30")


def test_zero_hours_is_the_next_working_moment():
    assert CALENDAR.add_working(at("2026-03-02T10:00"), hours=0) == at("2026-03-02T10:00")
    assert CALENDAR.add_working(at("2026-03-02T12:00"), hours=0) == at("2026-03-02T13:30")
    assert CALENDAR.add_working(at("2026-03-02T18:00"), hours=0) == at("2026-03-03T09:00")


def test_a_span_that_is_used_up_ends_at_its_close():
    assert CALENDAR.add_working(at("2026-03-02T09:00"), hours=3) == at("2026-03-02T12:00")


def test_years_not_announced_are_provisional():
    assert not CALENDAR.is_provisional(date(2026, 10, 1))
    assert CALENDAR.is_provisional(date(2028, 10, 1))


def test_local_rules_win_over_weekdays():
    days = {date(2026, 3, 3): DayRule(is_working=False, reason="暴雪停工")}
    local = WorkingCalendar(CalendarDefinition(2026, 2026, days))
    assert local.add_working(at("2026-03-02T10:00"), days=1) == at("2026-03-04T17:30")


@pytest.mark.parametrize("arguments", [{}, {"hours": 1, "days": 1}, {"hours": -1}, {"days": -1}])
def test_senseless_arguments_are_refused(arguments):
    with pytest.raises(ValueError, match=r"hours|days"):
        CALENDAR.add_working(at("2026-03-02T10:00"), **arguments)


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.add_working(datetime(2026, 3, 2), hours=1)  # noqa: DTZ001


@pytest.mark.parametrize("arguments", [{"days": 1}, {"hours": 1}])
def test_moments_beyond_the_years_are_refused(arguments):
    for start in (
        datetime(2028, 12, 29, 10, tzinfo=UTC),
        datetime(2030, 1, 1, tzinfo=UTC),
        datetime(2020, 1, 1, tzinfo=UTC),
    ):
        with pytest.raises(CalendarRangeError):
            CALENDAR.add_working(start, **arguments)


def test_overlapping_hours_are_refused():
    with pytest.raises(ValueError, match="overlap"):
        HoursRule(date(2026, 1, 1), ((time(9), time(12)), (time(11), time(13))))


def test_it_survives_pickling():
    copy = pickle.loads(pickle.dumps(CALENDAR))
    assert copy.definition == CALENDAR.definition
    assert copy.add_working(at("2026-03-02T10:00"), hours=30) == CALENDAR.add_working(at("2026-03-02T10:00"), hours=30)


def test_sums_are_fast_enough_for_the_intake():
    start = at("2026-03-02T10:00")
    best = min(timeit(lambda: CALENDAR.add_working(start, hours=40), number=1000) for _ in range(5)) / 1000
    assert best < 20e-6
