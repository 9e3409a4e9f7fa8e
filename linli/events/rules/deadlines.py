"""The clocks of an event: by when it must be accepted, the reporter contacted, and the matter handled."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from linli.events.rules.dispatch import Duty

SCREENING_HOURS, WITHOUT_MATTER_DAYS = 2, 5
REOPENED_SHARE = 2


class Calendar(Protocol):
    """The part of the working calendar that clocks need."""

    def add_working(self, start: datetime, *, hours: float | None = None, days: int | None = None) -> datetime:
        """Return the moment when so much working time has passed."""


@dataclass(frozen=True)
class Deadlines:
    """Three moments, aware."""

    accept: datetime
    contact: datetime
    handle: datetime


def deadlines(duty: Duty | None, start: datetime, calendar: Calendar) -> Deadlines:
    """Return the deadlines of an event that began at `start`. Without a matter the centre's own limits hold."""
    if duty is None:
        return Deadlines(
            calendar.add_working(start, hours=SCREENING_HOURS),
            calendar.add_working(start, days=1),
            calendar.add_working(start, days=WITHOUT_MATTER_DAYS),
        )
    return Deadlines(
        calendar.add_working(start, hours=duty.accept_hours),
        calendar.add_working(start, hours=duty.contact_hours),
        handle_due(duty.handle_limit, duty.handle_unit, start, calendar),
    )


def handle_due(limit: int, unit: str, start: datetime, calendar: Calendar) -> datetime:
    """Return when handling must end. `unit` is one of work_hour, work_day, calendar_day."""
    if unit == "calendar_day":
        return start + timedelta(days=limit)
    if unit == "work_hour":
        return calendar.add_working(start, hours=limit)
    return calendar.add_working(start, days=limit)


def shorter(limit: int) -> int:
    """Return the limit of a reopened event: half, at least one."""
    return max(1, limit // REOPENED_SHARE)
