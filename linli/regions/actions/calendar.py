"""Edit the working calendar 工作日历: single days and working hours."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import facts
from linli.regions.models import CalendarDay, WorkingHours
from linli.regions.rules.calendar import check_spans
from linli.regions.rules.national import FIRST_YEAR, LAST_YEAR
from linli.regions.rules.refusals import RegionRefusedError


@transaction.atomic
def mark_day(*, day: date, is_working: bool, reason: str, by: str, now: datetime) -> CalendarDay:
    """Make one day a working day or a day off, whatever the national calendar says."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise RegionRefusedError(
            _("The calendar holds the years %(first)s to %(last)s; choose a day in them.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    row, _made = CalendarDay.objects.update_or_create(
        day=day, defaults={"is_working": is_working, "reason": reason.strip()[:100]}
    )
    _tell(day, reason, by=by, now=now)
    return row


@transaction.atomic
def unmark_day(*, day: date, by: str, now: datetime) -> None:
    """Take a local edit back: the national calendar holds again."""
    gone, _rows = CalendarDay.objects.filter(day=day).delete()
    if gone:
        _tell(day, "", by=by, now=now)


@transaction.atomic
def set_working_hours(*, valid_from: date, spans: Sequence[tuple[time, time]], by: str, now: datetime) -> None:
    """Set the working hours from a day on, until the next set that is valid from a later day."""
    try:
        check_spans(tuple(spans))
    except ValueError as error:
        raise RegionRefusedError(
            _("Working hours must be in order, must not overlap and must not be empty; check start and end.")
        ) from error
    WorkingHours.objects.filter(valid_from=valid_from).delete()
    WorkingHours.objects.bulk_create(WorkingHours(valid_from=valid_from, start=start, end=end) for start, end in spans)
    _tell(valid_from, "", by=by, now=now)


def _tell(day: date, reason: str, *, by: str, now: datetime) -> None:
    kernel.bump("calendar")
    journal.publish(facts.CalendarEdited(day, reason, by), now=now)
