"""Supervision notes: to answer, given, late; and how those who supervise and those who answer stand, by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from linli.accounts import api as accounts
from linli.events.models import Event, Supervised, SupervisionNote
from linli.events.queries.sight import in_area
from linli.trust import api as trust

SUPERVISE, ANSWER = "events.supervise", "events.handle"
NOTE_TABS = ("open", "late", "answered", "all")


@dataclass(frozen=True)
class NoteFigures:
    """The notes of one unit: how many, answered in time, answered late, and not answered though due."""

    unit_id: int
    unit_name: str
    notes: int
    in_time: int
    late: int
    missing: int


def notes_seen_by(actor: accounts.Actor) -> "QuerySet[SupervisionNote]":
    """Return the notes about events in the area one supervises, and those to the units one works in."""
    rows = SupervisionNote.objects.all()
    if actor.kind == "system":
        return rows
    return trust.visible(actor, SUPERVISE, rows) | trust.visible(actor, ANSWER, rows)


def notes_page(actor: accounts.Actor, *, tab: str, unit_id: int | None, now: datetime) -> "QuerySet[SupervisionNote]":
    """Return the notes under a tab with their units and events."""
    rows = notes_seen_by(actor).filter(_of_tab(tab, now))
    if unit_id:
        rows = rows.filter(Q(unit_id=unit_id) | Q(by_unit_id=unit_id))
    about = Supervised.objects.select_related("event").order_by("event__handle_due")
    return rows.select_related("unit", "by_unit").prefetch_related(Prefetch("about", about))


def note_counts(actor: accounts.Actor, now: datetime) -> dict[str, int]:
    """Return how many notes stand under each tab."""
    counts = {tab: Count("pk", filter=_of_tab(tab, now)) for tab in NOTE_TABS if tab != "all"}
    return notes_seen_by(actor).aggregate(**counts)


def notes_on(*, event_id: UUID, actor: accounts.Actor) -> "QuerySet[SupervisionNote]":
    """Return the notes about one event that this person may see, the newest first."""
    return notes_seen_by(actor).filter(about__event_id=event_id).select_related("unit", "by_unit").order_by("-id")


def supervisors(actor: accounts.Actor, *, since: datetime, now: datetime) -> Sequence[NoteFigures]:
    """Return how many notes each supervising unit gave since a moment, and how they were answered."""
    return _figures(actor, "by_unit", since, now)


def supervised_units(actor: accounts.Actor, *, since: datetime, now: datetime) -> Sequence[NoteFigures]:
    """Return how many notes each unit got since a moment, and how it answered."""
    return _figures(actor, "unit", since, now)


def about_area(holding: accounts.ActorHolding) -> Q:
    """Return the condition "this note is about an event in the area of the holding"."""
    inside = Event.objects.filter(in_area(holding))
    return Q(Exists(Supervised.objects.filter(note_id=OuterRef("pk"), event__in=inside)))


def to_unit(holding: accounts.ActorHolding) -> Q:
    """Return the condition "this note is for the unit of the holding"."""
    return Q(unit_id=holding.unit_id)


def _figures(actor: accounts.Actor, field: str, since: datetime, now: datetime) -> Sequence[NoteFigures]:
    rows = (
        SupervisionNote.objects.filter(pk__in=notes_seen_by(actor).filter(made_at__gte=since).values("pk"))
        .exclude(**{field: None})
        .values_list(f"{field}_id", f"{field}__name")
        .annotate(
            notes=Count("pk"),
            in_time=Count("pk", filter=Q(answered_at__lte=F("due_at"))),
            late=Count("pk", filter=Q(answered_at__gt=F("due_at"))),
            missing=Count("pk", filter=Q(answered_at=None, due_at__lt=now)),
        )
    )
    return sorted((NoteFigures(*row) for row in rows), key=lambda row: row.unit_name)


def _of_tab(tab: str, now: datetime) -> Q:
    return {
        "open": Q(answered_at=None),
        "late": Q(answered_at=None, due_at__lt=now),
        "answered": Q(answered_at__isnull=False),
    }.get(tab, Q())
