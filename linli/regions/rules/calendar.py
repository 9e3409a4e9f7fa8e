"""Working time 工作时间 as arithmetic: which days and hours count, and where a deadline falls.

Hours count only inside working hours. Days follow the Civil Code 民法典 articles 201 and 203: the day on which a period
starts does not count, and the period ends when business closes on its last working day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
_SECOND = 1_000_000
_HOUR = 3600 * _SECOND
_WEEKEND = 5

Spans = tuple[tuple[time, time], ...]


class CalendarRangeError(ValueError):
    """A moment lies outside the years that the calendar holds."""


@dataclass(frozen=True, slots=True)
class DayRule:
    """Why one day differs from its weekday: a holiday 放假, a make-up workday 调休上班 or a local edit."""

    is_working: bool
    reason: str


@dataclass(frozen=True, slots=True)
class HoursRule:
    """Working hours of a normal working day from a date on: spans in order, not overlapping."""

    valid_from: date
    spans: Spans

    def __post_init__(self) -> None:
        """Refuse hours that are empty, backwards or overlapping."""
        check_spans(self.spans)


def check_spans(spans: Spans) -> None:
    """Raise ValueError unless the spans are in order, each longer than nothing, and do not overlap."""
    ends = [moment for span in spans for moment in span]
    steps = list(pairwise(ends))
    if not spans or any(b < a for a, b in steps) or any(end <= start for start, end in spans):
        raise ValueError("working hours must be in order and must not overlap")


# Sample: the hours of many county offices. A county sets its own as data.
SAMPLE_HOURS = HoursRule(date.min, ((time(9), time(12)), (time(13, 30), time(17, 30))))


@dataclass(frozen=True, slots=True)
class CalendarDefinition:
    """Everything a working calendar is made of: comparable, picklable, without arithmetic."""

    first_year: int
    last_year: int
    days: Mapping[date, DayRule] = field(default_factory=dict)
    hours: tuple[HoursRule, ...] = (SAMPLE_HOURS,)
    provisional_years: frozenset[int] = frozenset()


class WorkingCalendar:
    """A working calendar 工作日历, ready for fast sums. Immutable; all moments must carry a time zone."""

    def __init__(self, definition: CalendarDefinition) -> None:
        """Lay out every day of the years with its working time."""
        self.definition = definition
        self._epoch = datetime(definition.first_year, 1, 1, tzinfo=ZONE)
        self._first = self._epoch.date()
        self._spans: list[tuple[tuple[int, int], ...]] = []
        self._before: list[int] = [0]
        self._working: list[int] = []
        for index, spans in enumerate(_layout(definition)):
            self._spans.append(spans)
            self._before.append(self._before[-1] + sum(end - start for start, end in spans))
            if spans:
                self._working.append(index)

    def __reduce__(self) -> tuple[type["WorkingCalendar"], tuple[CalendarDefinition]]:
        """Pickle the definition only."""
        return WorkingCalendar, (self.definition,)

    def is_working_day(self, day: date) -> bool:
        """Return whether people work on the day."""
        return bool(self._spans[self._index_of(day)])

    def day_rule(self, day: date) -> DayRule | None:
        """Return why the day differs from its weekday, or None for an ordinary day."""
        return self.definition.days.get(day)

    def is_provisional(self, day: date) -> bool:
        """Return whether the holidays of the day's year are not announced yet, so that sums over it may change."""
        return day.year in self.definition.provisional_years

    def working_spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return the spans of working time of the day."""
        midnight = self._epoch + timedelta(days=self._index_of(day))
        micro = timedelta(microseconds=1)
        return [(midnight + micro * start, midnight + micro * end) for start, end in self._spans[self._index_of(day)]]

    def add_working(
        self, start: datetime, *, hours: float | Decimal | None = None, days: int | None = None
    ) -> datetime:
        """Return the moment that lies so many working hours, or working days, after the start.

        `hours` (>= 0): the earliest moment by which that much working time has passed; 0 gives the next working moment.
        `days` (>= 0): close of business on the n-th working day after the day of the start (that day itself does not
        count); 0 gives the next close of business. Give exactly one of them, else ValueError.
        """
        if (hours is None) == (days is None):
            raise ValueError("give either hours or days")
        if days is not None:
            return self._add_days(start, days)
        return self._add_hours(start, round((hours or 0) * _HOUR))

    def working_seconds(self, start: datetime, end: datetime) -> int:
        """Return the whole seconds of working time from start to end; negative when the end is earlier."""
        passed = self._passed(end) - self._passed(start)
        return passed // _SECOND if passed >= 0 else -(-passed // _SECOND)

    def _add_hours(self, start: datetime, amount: int) -> datetime:
        if amount < 0:
            raise ValueError("hours must not be negative")
        target = self._passed(start) + amount
        index = (bisect_left if amount else bisect_right)(self._before, target) - 1
        self._check(index)
        rest = target - self._before[index]
        for opens, closes in self._spans[index]:
            length = closes - opens
            if rest < length or (rest == length and amount):
                return self._epoch + timedelta(index, 0, opens + rest)
            rest -= length
        raise CalendarRangeError(start)  # pragma: no cover  a day found by bisection holds the moment

    def _add_days(self, start: datetime, days: int) -> datetime:
        if days < 0:
            raise ValueError("days must not be negative")
        index, clock = self._split(start)
        if days:
            place = bisect_right(self._working, index) + days - 1
        else:
            place = bisect_left(self._working, index)
            place += place < len(self._working) and self._working[place] == index and clock > self._spans[index][-1][1]
        if place >= len(self._working):
            raise CalendarRangeError(start)
        found = self._working[place]
        return self._epoch + timedelta(found, 0, self._spans[found][-1][1])

    def _passed(self, moment: datetime) -> int:
        index, clock = self._split(moment)
        passed = self._before[index]
        for opens, closes in self._spans[index]:
            if clock <= opens:
                break
            passed += min(clock, closes) - opens
        return passed

    def _split(self, moment: datetime) -> tuple[int, int]:
        if moment.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        since = moment - self._epoch
        self._check(since.days)
        return since.days, since.seconds * _SECOND + since.microseconds

    def _index_of(self, day: date) -> int:
        index = (day - self._first).days
        self._check(index)
        return index

    def _check(self, index: int) -> None:
        if not 0 <= index < len(self._spans):
            years = self.definition
            raise CalendarRangeError(f"the calendar holds the years {years.first_year} to {years.last_year}")


def _layout(definition: CalendarDefinition) -> Iterator[tuple[tuple[int, int], ...]]:
    eras = sorted(definition.hours, key=lambda rule: rule.valid_from)
    starts = [rule.valid_from for rule in eras]
    spans = [tuple((_micro(start), _micro(end)) for start, end in rule.spans) for rule in eras]
    day = date(definition.first_year, 1, 1)
    while day.year <= definition.last_year:
        rule = definition.days.get(day)
        works = rule.is_working if rule else day.weekday() < _WEEKEND
        yield spans[max(bisect_right(starts, day) - 1, 0)] if works else ()
        day += timedelta(days=1)


def _micro(moment: time) -> int:
    return ((moment.hour * 60 + moment.minute) * 60 + moment.second) * _SECOND + moment.microsecond
