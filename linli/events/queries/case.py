"""One event, whole: for the officer who works on it, and in plain words for who reported it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from linli.accounts import api as accounts
from linli.events import states
from linli.events.models import ClockSpan, Escalation, Event, EventStage, Objection, Photo, PublicAnswer, Rating, Track
from linli.events.queries.sight import events_seen_by
from linli.events.queries.stages import stages_of
from linli.events.queries.suggesting import Suggestion, suggestions
from linli.events.queries.use_questions import is_barred, is_of_former_ward
from linli.events.rules.explaining import by_machine
from linli.events.rules.reasons import sentence
from linli.events.rules.windows import reopen_until
from linli.kernel import api as kernel
from linli.trust import api as trust

NEAR_DEGREES, MOST_SIMILAR = 0.003, 5
WITH = ("matter", "lead_unit", "community", "street", "county", "grid", "handler", "checker", "duty_list")
SEEN_WITH = (*WITH, "reporter")
FOLLOW = "events.follow"


@dataclass(frozen=True)
class Case:
    """An event with everything its page shows an officer. `reporter` is masked: 张** · 138****1111."""

    event: Event
    tracks: Sequence[Track]
    photos: Sequence[Photo]
    helpers: Sequence[str]
    why: Sequence[str]
    steps: Sequence[str]
    suggestions: Sequence[Suggestion]
    ratings: Sequence[Rating]
    has_reporter: bool
    is_public: bool
    reporter: str
    spans: Sequence[ClockSpan] = ()
    objections: Sequence[Objection] = ()
    escalations: Sequence[Escalation] = ()
    stages: Sequence[EventStage] = ()


@dataclass(frozen=True)
class Line:
    """One line of the resident's timeline: when, which step, and the words of the officer or reporter."""

    at: datetime
    step: str
    unit: str
    words: str


@dataclass(frozen=True)
class ResidentCase:
    """What who reported an event sees of it. `text` is without personal data."""

    event_id: UUID
    number: str
    title: str
    text: str
    state: str
    state_label: str
    place: str
    unit_name: str
    unit_phone: str
    reported_at: datetime
    handle_due: datetime
    is_open: bool
    answer: str
    lines: Sequence[Line]
    photos: Sequence[Photo]
    may_add: bool
    may_rate: bool
    may_reopen: bool
    reopen_until: datetime | None
    rating: Rating | None
    with_others: bool = False
    by_machine: bool = False


def case(*, number: str, actor: accounts.Actor) -> Case | None:
    """Return the event with this number as an officer may see it, or None."""
    seen = events_seen_by(actor).filter(number=number)
    event = seen.select_related(*SEEN_WITH).prefetch_related("parts__unit").first()
    if event is None:
        return None
    steps = steps_open_to(actor, event)
    return Case(
        event=event,
        suggestions=suggestions(event) if "dispatch" in steps else (),
        tracks=list(event.tracks.select_related("unit").order_by("id")),
        photos=list(event.photos.order_by("id")),
        helpers=[part.unit.name for part in event.parts.all()],
        why=[sentence(reason) for reason in event.why],
        steps=steps,
        ratings=list(event.ratings.order_by("-id")),
        has_reporter=hasattr(event, "reporter"),
        is_public=not event.is_open and PublicAnswer.objects.filter(event=event, withdrawn_at=None).exists(),
        reporter=_masked_reporter(event),
        spans=list(event.spans.select_related("unit", "asked_by", "decided_by").order_by("id")),
        objections=list(event.objections.select_related("unit", "office", "unit_decided").order_by("id")),
        escalations=list(event.escalations.select_related("from_unit", "to_unit").order_by("at")),
        stages=stages_of(event),
    )


def steps_open_to(actor: accounts.Actor, event: Event) -> list[str]:
    """Return the steps that this actor may take on this event now, in the order of the state table."""
    if is_barred(event, actor):
        return []
    own_work = bool(actor.persons & {event.handler_id, *event.handlers})
    held: dict[str, bool] = {}  # one query for each capability, however many steps need it
    for step in states.possible(event.state):
        capability = states.STEPS[step].capability
        if capability not in held:
            may = actor.can(capability) and not (capability == "events.check" and own_work)
            held[capability] = may and trust.may(actor, capability, event)
    open_now = [step for step in states.possible(event.state) if held[states.STEPS[step].capability]]
    return [step for step in open_now if not (step == "return" and event.level)]


def similar_events(*, event: Event, actor: accounts.Actor) -> "list[Event]":
    """Return up to five other open events of the same matter near this one (about 300 m), or in its community."""
    if event.matter is None:
        return []
    near = Q(community_id=event.community_id) if event.community_id else Q(pk=None)
    if event.lng is not None and event.lat is not None:
        near = Q(
            lng__range=(event.lng - NEAR_DEGREES, event.lng + NEAR_DEGREES),
            lat__range=(event.lat - NEAR_DEGREES, event.lat + NEAR_DEGREES),
        )
    rows = events_seen_by(actor).filter(near, closed_at=None, matter__code=event.matter.code)
    return list(rows.exclude(pk=event.pk).order_by("-id")[:MOST_SIMILAR])


def resident_case(*, number: str, actor: accounts.Actor, key: str = "", now: datetime) -> ResidentCase | None:
    """Return what the reporter may see: by their phone (actor), or by the key that their receipt carried."""
    event = _of_reporter(number, actor, key)
    if event is None or is_of_former_ward(event, actor, now):
        return None
    until = reopen_until(event.closed_at, settings.LINLI_REOPEN_DAYS) if event.closed_at else None
    mine = actor.kind == "resident" and event.reporter_token == actor.phone_token
    finished = event.state in {states.SUBMITTED, states.CHECKED, states.CLOSED}
    return ResidentCase(
        event_id=event.id,
        number=event.number,
        title=event.title,
        text=event.text,
        state=event.state,
        state_label=str(states.LABELS[event.state]),
        place=event.address or " ".join(str(part) for part in (event.street, event.community) if part),
        unit_name=event.lead_unit.name,
        unit_phone=event.lead_unit.phone,
        reported_at=event.reported_at,
        handle_due=event.handle_due,
        is_open=event.is_open,
        answer=event.public_answer,
        lines=lines_of(event),
        photos=list(event.photos.filter(follower=None).order_by("id")),
        may_add=mine and event.is_open,
        may_rate=mine and finished,
        may_reopen=mine and event.state == states.CLOSED and until is not None and now <= until,
        reopen_until=until,
        rating=event.ratings.order_by("-id").first(),
        by_machine=mine and by_machine(event.model_version, event.why),
    )


def resident_events(*, actor: accounts.Actor) -> "QuerySet[Event]":
    """Return the events that a resident reported, the newest first."""
    return events_seen_by(actor).select_related("lead_unit", "matter").order_by("-id")


def holds_receipt(event_id: UUID, key: str) -> bool:
    """Tell whether this key came with the receipt of the event."""
    return bool(key) and secrets.compare_digest(key.encode(), follow_key(event_id).encode())


def follow_key(event_id: UUID) -> str:
    """Return the key that lets whoever holds the receipt follow one event without a phone."""
    return kernel.keyed_token(str(event_id), context=FOLLOW)[:16]


def lines_of(event: Event) -> list[Line]:
    """Return the public timeline of an event."""
    tracks = event.tracks.filter(is_public=True).select_related("unit").order_by("id")
    return [
        Line(track.at, track.step, track.unit.name if track.unit else track.data.get("unit", ""), track.text)
        for track in tracks
    ]


def _masked_reporter(event: Event) -> str:
    if not hasattr(event, "reporter"):
        return ""
    name, phone = event.reporter.name.reveal(), event.reporter.phone.reveal()
    return " · ".join(part for part in (name and trust.mask_name(name), phone and trust.mask_phone(phone)) if part)


def _of_reporter(number: str, actor: accounts.Actor, key: str) -> Event | None:
    rows = Event.objects.select_related(*WITH)
    if actor.kind == "resident":
        own = events_seen_by(actor).filter(number=number).select_related(*WITH).first()
        if own:
            return own
    event = rows.filter(number=number).first() if key else None
    return event if event and holds_receipt(event.id, key) else None
