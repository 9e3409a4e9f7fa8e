"""The deadline as history makes it: the limit from a start, moved by every pause, extension and hang-up since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from linli.events.rules.deadlines import Calendar, handle_due

EXTEND, HANG_UP, OBJECTION = "extend", "hang_up", "objection"
CALENDAR_DAY = "calendar_day"
SECONDS = 3600


class WorkingCalendar(Calendar, Protocol):
    """The part of the working calendar that pauses need."""

    def working_seconds(self, start: datetime, end: datetime) -> int:
        """Return the seconds of working time between two moments."""


@dataclass(frozen=True)
class Run:
    """One run of a clock: when it began, and its limit in `unit` (work_hour, work_day, calendar_day)."""

    start: datetime
    limit: int
    unit: str


@dataclass(frozen=True)
class Span:
    """What held or lengthened a clock. `ends` is its end, or while it runs its limit; `hours` are working hours."""

    kind: str
    starts: datetime
    ends: datetime
    hours: int = 0


def due_by_history(run: Run, spans: Iterable[Span], calendar: WorkingCalendar) -> datetime:
    """Return the deadline of a run after every span that began or ended in it, in their order.

    A pause moves the deadline by the working time that it took (by the time itself where the limit is in calendar
    days), but never one that had passed before. An extension adds working hours to the deadline, or to its own
    beginning where that is later. What was hung up begins its limit anew when it comes back.
    """
    due = handle_due(run.limit, run.unit, run.start, calendar)
    for span in sorted(spans, key=lambda one: (one.starts, one.ends)):
        if span.ends >= run.start and not (span.kind == EXTEND and span.starts < run.start):
            due = _moved(due, run, span, calendar)
    return due


def _moved(due: datetime, run: Run, span: Span, calendar: WorkingCalendar) -> datetime:
    if span.kind == EXTEND:
        return calendar.add_working(max(due, span.starts), hours=span.hours)
    if span.kind == HANG_UP:
        return handle_due(run.limit, run.unit, span.ends, calendar)
    starts = max(span.starts, run.start)
    if starts >= due:
        return due
    if run.unit == CALENDAR_DAY:
        return due + (span.ends - starts)
    lost = calendar.working_seconds(starts, span.ends)
    return calendar.add_working(due, hours=lost / SECONDS) if lost else due
