"""The working calendar in force: national days, then the county's own edits and hours."""

from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby

from linli.regions.models import CalendarDay, WorkingHours
from linli.regions.queries.snapshot import Snapshot
from linli.regions.rules.calendar import SAMPLE_HOURS, CalendarDefinition, DayRule, HoursRule, WorkingCalendar
from linli.regions.rules.national import FIRST_YEAR, LAST_YEAR, national_days


def load_calendar() -> WorkingCalendar:
    """Put the calendar together."""
    national = national_days(FIRST_YEAR, LAST_YEAR)
    edits = {
        row.day: DayRule(is_working=row.is_working, reason=row.reason)
        for row in CalendarDay.objects.filter(day__year__gte=FIRST_YEAR, day__year__lte=LAST_YEAR)
    }
    definition = CalendarDefinition(
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
        days=national.days | edits,
        hours=(SAMPLE_HOURS, *_own_hours()),
        provisional_years=national.provisional_years,
    )
    return WorkingCalendar(definition)


_calendar = Snapshot(load_calendar, names=("calendar",))


def calendar() -> WorkingCalendar:
    """Return the working calendar in force."""
    return _calendar.get()


def add_working(start: datetime, *, hours: float | Decimal | None = None, days: int | None = None) -> datetime:
    """Return the moment so many working hours, or working days, after the start (see WorkingCalendar.add_working)."""
    return _calendar.get().add_working(start, hours=hours, days=days)


def working_seconds(start: datetime, end: datetime) -> int:
    """Return the whole seconds of working time from start to end; negative when the end is earlier."""
    return _calendar.get().working_seconds(start, end)


def is_working_day(day: date) -> bool:
    """Return whether people work on the day."""
    return _calendar.get().is_working_day(day)


def _own_hours() -> list[HoursRule]:
    rows = WorkingHours.objects.order_by("valid_from", "start").values_list("valid_from", "start", "end")
    return [HoursRule(since, _spans(list(spans))) for since, spans in groupby(rows, key=lambda row: row[0])]


def _spans(rows: list[tuple[date, time, time]]) -> tuple[tuple[time, time], ...]:
    return tuple((start, end) for _, start, end in rows)
