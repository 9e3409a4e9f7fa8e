"""Events as rows of forms 一表通: lists of what was reported and settled in an area, as the viewer may see them."""

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import states
from linli.events.models import Event
from linli.events.queries.rulebook import matters_in_force
from linli.events.queries.sight import events_seen_by
from linli.regions import api as regions
from linli.sheets import slots as sheets
from linli.trust import api as trust

WORDS = Path(__file__).resolve().parents[1] / "sample" / "form_words.csv"
MOST, PURPOSE = 20_000, "events.form_rows"
FIELDS = {"county": 3, "street": 4, "community": 5}
LABELS = {
    "number": _("Event number"),
    "title": _("Title of the event"),
    "text": _("Words of the report"),
    "matter": _("Matter"),
    "grade": _("Grade"),
    "address": _("Place of the event"),
    "community": _("Community"),
    "grid": _("Grid"),
    "reported_on": _("Day it was reported"),
    "unit": _("Lead unit"),
    "state": _("State"),
    "closed_on": _("Closed on"),
    "outcome": _("Outcome"),
}
DAYS = frozenset({"reported_on", "closed_on"})


class EventRows(sheets.RowSource):
    """Events of an area, of some days, of a matter."""

    code = "events"
    label = _("Events of the platform")

    def elements(self) -> Sequence[sheets.RowElement]:
        """Return what is known of each event; who reported it is not among it."""
        words = _words()
        return [
            sheets.RowElement(code, label, words.get(code, ()), "date" if code in DAYS else "text")
            for code, label in LABELS.items()
        ]

    def matters(self, *, now: datetime) -> Sequence[tuple[str, str]]:  # noqa: ARG002  the list in force is that of now
        """Return the matters of the duty list in force."""
        return [(one.code, one.name) for one in matters_in_force()]

    def choose(self, wish: sheets.RowWish, *, by: accounts.Actor, now: datetime) -> Sequence[str]:
        """Return the events in sight that a wish means, those merged into others left out."""
        rows = events_seen_by(by).filter(_within(wish.division_id)).exclude(state=states.MERGED)
        if wish.since:
            rows = rows.filter(reported_at__gte=_begin(wish.since))
        if wish.until:
            rows = rows.filter(reported_at__lt=_begin(wish.until + timedelta(days=1)))
        if wish.matter:
            rows = rows.filter(matter__code=wish.matter)
        found = [str(key) for key in rows.order_by("reported_at", "id").values_list("pk", flat=True)[:MOST]]
        _record("search", [], len(found), by=by, now=now)
        return found

    def read(
        self, keys: Sequence[str], *, elements: Sequence[str], by: accounts.Actor, now: datetime, case: str
    ) -> sheets.RowsFound:
        """Return events in sight with the moment of their last step; one query."""
        near = ("matter", "lead_unit", "community", "grid")
        rows = events_seen_by(by).filter(pk__in=keys).select_related(*near)
        found = {str(row.pk): row for row in rows}
        _record("fill", [f"event.{one}" for one in elements], len(found), by=by, now=now, case=case)
        return sheets.RowsFound(
            {key: [_SAID[one](row) for one in elements] for key, row in found.items()},
            {key: _last(row) for key, row in found.items()}, {},
        )  # fmt: skip


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    """Return what forms usually call each element: wording of the project, a sample."""
    found: dict[str, list[str]] = {}
    with WORDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["element"], []).append(row["word"])
    return {code: tuple(words) for code, words in found.items()}


def _record(
    action: str, read: Sequence[str], count: int, *, by: accounts.Actor, now: datetime, case: str = ""
) -> None:  # fmt: skip
    trust.record(
        by=by, action=action, purpose=PURPOSE, subjects=[], object_kind="event_list", object_id=f"{count} rows",
        elements=list(read), now=now, case=case,
    )  # fmt: skip


def _within(division_id: int) -> Q:
    division = regions.division(division_id)
    field = next((name for name, level in FIELDS.items() if level == division.level), None)
    return Q(**{f"{field}_id": division.id}) if field else Q(county_id__in=regions.descendants(division.id))


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _ending(row: Event) -> str | None:
    return str(Event.CloseReason(row.close_reason).label) if row.close_reason else None


def _last(row: Event) -> datetime:
    return row.closed_at or row.submitted_at or row.accepted_at or row.reported_at


_SAID: Mapping[str, Callable[[Event], Any]] = {
    "number": lambda row: row.number,
    "title": lambda row: row.title,
    "text": lambda row: row.text,
    "matter": lambda row: row.matter.name if row.matter else None,
    "grade": lambda row: row.grade,
    "address": lambda row: row.address or None,
    "community": lambda row: row.community.name if row.community else None,
    "grid": lambda row: row.grid.name if row.grid else None,
    "reported_on": lambda row: _day(row.reported_at),
    "unit": lambda row: row.lead_unit.name,
    "state": lambda row: str(states.LABELS[row.state]),
    "closed_on": lambda row: _day(row.closed_at),
    "outcome": lambda row: row.public_answer or _ending(row),
}
