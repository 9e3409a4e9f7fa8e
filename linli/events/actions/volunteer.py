"""Checks by resident volunteers 志愿核查: asked for by an officer, on public matters, of a result that is submitted."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import facts, states
from linli.events.actions.close import OwnWorkError
from linli.events.actions.handle import WordsMissingError
from linli.events.actions.photos import add_photos
from linli.events.actions.step import append, locked, note
from linli.events.models import Event, Photo, VolunteerCheck
from linli.events.queries.volunteering import VOLUNTEER, VolunteerTask, open_checks, task_of
from linli.events.rules.photos import CleanPhoto
from linli.events.rules.refusals import RefusedError
from linli.kernel import facts as journal
from linli.trust import api as trust

CHECK = "events.check"


class NotPublicError(RefusedError):
    """Volunteers see public matters only."""

    sentence = _("The duty list does not open this matter to volunteers.")


class NothingToLookAtError(RefusedError):
    """There is no submitted result, or volunteers were asked already."""

    sentence = _("Volunteers can be asked once there is a result, and only once at a time.")


def ask_volunteers(*, event_id: UUID, by: accounts.Actor, now: datetime) -> VolunteerCheck:
    """Put a submitted result before the volunteers of its area. Raises NotAllowed, OwnWorkError, NotPublicError."""
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, CHECK, event)
        if by.persons & {event.handler_id, *event.handlers}:
            raise OwnWorkError
        if event.matter is None or not event.matter.volunteers_may_check:
            raise NotPublicError
        waiting = VolunteerCheck.objects.filter(event=event, checked_at=None).exists()
        if event.state != states.SUBMITTED or waiting:
            raise NothingToLookAtError
        asked = VolunteerCheck.objects.create(event=event, asked_at=now, asked_by_id=by.person_id)
        append(event, step="ask_volunteer", by=by, now=now)
        note(event, by=by, now=now, elements=["ask_volunteer"])
    return asked


def look_as_volunteer(*, check_id: UUID, by: accounts.Actor, now: datetime) -> VolunteerTask | None:
    """Return what a volunteer may see of an event, or None; the look is recorded with it."""
    with transaction.atomic():
        check = open_checks(by).filter(pk=check_id).first()
        if check is None:
            return None
        note(check.event, by=by, now=now, elements=["text", "photo"], action="read")
        return task_of(check)


def check_as_volunteer(
    *, check_id: UUID, by: accounts.Actor, now: datetime, solved: bool, words: str, photos: list[CleanPhoto]
) -> VolunteerCheck:
    """Say what was found on site. Neither the reporter nor a handler may; an officer decides about the event.

    Raises NotAllowed, WordsMissingError, and LookupError where the check is not open to this person.
    """
    trust.require(by, VOLUNTEER)
    if not words.strip():
        raise WordsMissingError
    with transaction.atomic():
        check = open_checks(by).select_for_update(of=("self",)).filter(pk=check_id).first()
        if check is None:
            raise LookupError(check_id)
        event = _independent(locked(check.event_id), by)
        check.solved, check.words, check.checked_at = solved, trust.redact(words.strip()), now
        check.by_id = by.person_id
        check.save(update_fields=["solved", "words", "checked_at", "by_id"])
        append(event, step="volunteer_check", by=by, now=now, words=check.words, data={"solved": solved})
        note(event, by=by, now=now, elements=["volunteer_check"])
        add_photos(event_id=event.id, photos=photos, by=by, now=now, kind=Photo.Kind.CHECK)
        journal.publish(facts.VolunteerChecked(event_id=event.id, solved=solved), now=now)
    return check


def _independent(event: Event, by: accounts.Actor) -> Event:
    reported = bool(by.phone_token) and event.reporter_token == by.phone_token
    if reported or by.persons & {event.handler_id, *event.handlers}:
        raise OwnWorkError
    return event
