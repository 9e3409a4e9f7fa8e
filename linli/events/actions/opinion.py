"""What the reporter adds and thinks: more information, and the two questions at the end."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.events import facts, states
from linli.events.actions.handle import WordsMissingError
from linli.events.actions.photos import keep_photos
from linli.events.actions.step import append, locked, note, take_step
from linli.events.models import ClockSpan, Event, Photo, Rating
from linli.events.rules.photos import CleanPhoto
from linli.kernel import facts as journal
from linli.trust import api as trust

OWN = "events.own"


class NotYetError(Exception):
    """An event can be rated only after its result is there."""


def add_information(
    *, event_id: UUID, by: accounts.Actor, now: datetime, words: str, photos: Sequence[CleanPhoto] = ()
) -> Event:
    """Add what the reporter says or shows later to an open event; a clock that waited for the reporter goes on."""
    if not words.strip() and not photos:
        raise WordsMissingError
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, OWN, event)
        kept = keep_photos(event, photos, by=by, now=now, kind=Photo.Kind.REPORT)
        shown = {"photos": [str(one.id) for one in kept]} if kept else {}
        append(event, step="information", by=by, now=now, words=trust.redact(words), public=True, data=shown)
        note(event, by=by, now=now, elements=["information", *(["photo"] if kept else [])])
        if event.held == ClockSpan.Kind.PAUSE:
            data = {"kind": event.held, "by_reporter": True}
            event = take_step(event_id=event.id, step="resume", by=accounts.SYSTEM, now=now, public=True, data=data)
    return event


def rate_event(
    *, event_id: UUID, by: accounts.Actor, now: datetime, solved: bool, satisfied: int, words: str = ""
) -> Rating:
    """Keep the reporter's two answers: solved or not, satisfied 1 to 5. Each answer is kept, the newest counts."""
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, OWN, event)
        if event.state not in {states.SUBMITTED, states.CHECKED, states.CLOSED}:
            raise NotYetError
        rating = Rating.objects.create(event=event, solved=solved, satisfied=satisfied, words=words, rated_at=now)
        append(event, step="rate", by=by, now=now, words=words, data={"solved": solved, "satisfied": satisfied})
        note(event, by=by, now=now, elements=["rating"])
        journal.publish(facts.EventRated(event_id=event.id, solved=solved, satisfied=satisfied), now=now)
    return rating
