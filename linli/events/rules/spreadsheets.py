"""Lists as spreadsheets want them: columns, local times, and no cell that a program takes for a formula."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel

EVENT_COLUMNS = {
    "number": _("Number"),
    "title": _("Title"),
    "matter__name": _("Matter"),
    "grade": _("Grade"),
    "state": _("State"),
    "lead_unit__name": _("Lead unit"),
    "street__name": _("Street"),
    "community__name": _("Community"),
    "address": _("Address"),
    "reported_at": _("Reported"),
    "handle_due": _("Due"),
    "stage_due": _("Next stage due"),
    "closed_at": _("Closed"),
}


def event_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Any]]:
    """Yield the lines of an event list as a spreadsheet wants them, the header first. Times are local, without zone."""
    yield [str(label) for label in EVENT_COLUMNS.values()]
    for row in rows:
        yield [_cell(row[column]) for column in EVENT_COLUMNS]


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    return kernel.safe_cell(value) if isinstance(value, str) else value
