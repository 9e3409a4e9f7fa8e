"""What a volunteer checker sees: the place, the words without personal data, the photos; nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from linli.accounts import api as accounts
from linli.events import states
from linli.events.models import Event, Photo, Volunteer, VolunteerCheck
from linli.events.queries.sight import in_area
from linli.regions import api as regions
from linli.trust import api as trust

VOLUNTEER, MANAGE = "events.volunteer", "accounts.manage"
SHOWN = (Photo.Kind.REPORT, Photo.Kind.RESULT)


@dataclass(frozen=True)
class VolunteerTask:
    """One event for a volunteer. `text`, `place` and `answer` are without personal data."""

    check_id: UUID
    title: str
    text: str
    place: str
    answer: str
    asked_at: datetime
    lng: float | None
    lat: float | None
    photos: Sequence[Photo]


def open_checks(actor: accounts.Actor) -> "QuerySet[VolunteerCheck]":
    """Return the checks that this volunteer may make: in their area, of results still submitted, not of own reports."""
    rows = trust.visible(actor, VOLUNTEER, VolunteerCheck.objects.filter(checked_at=None))
    rows = rows.filter(event__state=states.SUBMITTED)
    rows = rows.exclude(event__reporter_token=actor.phone_token) if actor.phone_token else rows
    return rows.select_related("event__community", "event__street").order_by("asked_at", "id")


def volunteer_tasks(actor: accounts.Actor) -> list[VolunteerTask]:
    """Return what waits for this volunteer, the oldest first, without photos."""
    return [task_of(check, with_photos=False) for check in open_checks(actor)[:50]]


def volunteer_sees(*, event_id: UUID, actor: accounts.Actor) -> bool:
    """Tell whether an event waits for a check by this volunteer, so that its public photos may be shown."""
    return actor.can(VOLUNTEER) and open_checks(actor).filter(event_id=event_id).exists()


def task_of(check: VolunteerCheck, *, with_photos: bool = True) -> VolunteerTask:
    """Return what may be seen of the event of a check."""
    event = check.event
    parts = (event.street, event.community, trust.redact(event.address))
    return VolunteerTask(
        check_id=check.id,
        title=event.title,
        text=event.text,
        place=" ".join(str(part) for part in parts if part),
        answer=trust.redact_public(event.public_answer),
        asked_at=check.asked_at,
        lng=event.lng,
        lat=event.lat,
        photos=list(event.photos.filter(kind__in=SHOWN).order_by("id")) if with_photos else (),
    )


def volunteers_seen_by(actor: accounts.Actor) -> "QuerySet[Volunteer]":
    """Return the volunteers of the areas in which this person manages accounts, each with the number of checks made."""
    made = VolunteerCheck.objects.filter(by_id=OuterRef("person_id"), checked_at__isnull=False).order_by()
    counted = made.values("by_id").annotate(n=Count("pk")).values("n")
    rows = trust.visible(actor, MANAGE, Volunteer.objects.all())
    return rows.select_related("unit", "division").annotate(checks=Coalesce(Subquery(counted), 0))


def volunteers_area(holding: accounts.ActorHolding) -> Q:
    """Return the condition "a volunteer of an area below that of the holding"."""
    return Q(division_id__in=regions.descendants(holding.division_id))


def checks_on(event_id: UUID) -> "QuerySet[VolunteerCheck]":
    """Return what volunteers were asked and said about one event, the newest first; for who may see the event."""
    return VolunteerCheck.objects.filter(event_id=event_id).order_by("-id")


def in_volunteers_area(holding: accounts.ActorHolding) -> Q:
    """Return the condition "this check is of an event in the area of the holding"."""
    return Q(event__in=Event.objects.filter(in_area(holding)))
