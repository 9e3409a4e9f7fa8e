"""Handling 办理: the unit accepts, contacts the reporter, starts, keeps notes and submits its result."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events.actions.stages import end_with_result
from linli.events.actions.step import append, locked, note, take_step
from linli.events.models import Event, EventStage
from linli.events.queries.answers import doubted
from linli.events.queries.rulebook import find_unit
from linli.events.rules.dispatch import CENTRE, Where
from linli.events.rules.refusals import RefusedError
from linli.trust import api as trust


class WordsMissingError(RefusedError):
    """The step needs words: what was done, or why it is given back."""

    sentence = _("Write what happened, in a sentence or two.")


class RisenError(RefusedError):
    """The event rose to this level and can't go down again."""

    sentence = _("This event rose to this level and can't go down again. Give others tasks, and close it here.")


class StageOverError(RefusedError):
    """The stage has ended, or belongs to a clock that runs no more."""

    sentence = _("This stage has ended already. Look at the timeline.")


def accept_event(*, event_id: UUID, by: accounts.Actor, now: datetime) -> Event:
    """Accept an event 接单: the person who accepts is its handler."""
    changes = {"accepted_at": now, "handler_id": by.person_id, "checker_id": None}
    return take_step(event_id=event_id, step="accept", by=by, now=now, public=True, changes=changes)


def return_event(*, event_id: UUID, by: accounts.Actor, now: datetime, words: str) -> Event:
    """Give an event back to the county centre 退回, with the reason."""
    _need(words)
    with transaction.atomic():
        event = Event.objects.select_related("lead_unit").get(pk=event_id)
        if event.level:
            raise RisenError
        centre = find_unit(CENTRE, Where(county_id=event.county_id))
        if centre is None:
            raise LookupError(CENTRE)
        reason = {"kind": "returned", "unit": event.lead_unit.name, "words": words}
        changes = {"lead_unit_id": centre[0], "why": [*event.why, reason]}
        trust.require(by, "events.handle", event)
        return take_step(event_id=event_id, step="return", by=by, now=now, words=words, changes=changes)


def start_event(*, event_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> Event:
    """Begin the work on site."""
    return take_step(event_id=event_id, step="start", by=by, now=now, words=words, public=True)


def note_contact(*, event_id: UUID, by: accounts.Actor, now: datetime, words: str) -> Event:
    """Keep that the reporter was contacted 首次联系; the first time stops the contact clock."""
    _need(words)
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, "events.handle", event)
        if event.contacted_at is None:
            event.contacted_at = now
            event.save(update_fields=["contacted_at"])
        append(event, step="contact", by=by, now=now, words=words)
        note(event, by=by, now=now, elements=["contact"])
    return event


def add_note(*, event_id: UUID, by: accounts.Actor, now: datetime, words: str, public: bool) -> Event:
    """Add words to the timeline: for the reporter (`public`) or for colleagues only."""
    _need(words)
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, "events.handle", event)
        append(event, step="note", by=by, now=now, words=words, public=public)
        note(event, by=by, now=now, elements=["note"])
    return event


def end_stage(
    *, event_id: UUID, stage_id: UUID, by: accounts.Actor, now: datetime, words: str = "", needed: bool = True
) -> Event:
    """Mark a stage of the handling limit as done, or, with the reason, as not needed here."""
    if not needed:
        _need(words)
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, "events.handle", event)
        stage = event.stages.select_for_update().filter(pk=stage_id, outcome="").first()
        if stage is None:
            raise StageOverError
        stage.outcome = EventStage.Outcome.DONE if needed else EventStage.Outcome.NOT_NEEDED
        stage.ended_at, stage.ended_by_id, stage.words = now, by.person_id, words
        stage.save(update_fields=["outcome", "ended_at", "ended_by", "words"])
        data = {"stage": stage.name, "late": stage.was_late, "needed": needed}
        return take_step(event_id=event_id, step="end_stage", by=by, now=now, words=words, data=data)


def submit_result(*, event_id: UUID, by: accounts.Actor, now: datetime, answer: str, inside: str = "") -> Event:
    """Submit the result 提交办理结果; stages still open end with it.

    `answer` is what the reporter will read, `inside` stays with colleagues.
    """
    _need(answer)
    with transaction.atomic():
        event = locked(event_id)
        handlers = list(dict.fromkeys([*event.handlers, by.person_id]))
        changes = {"submitted_at": now, "handler_id": by.person_id, "handlers": handlers, "public_answer": answer}
        event = take_step(
            event_id=event_id, step="submit", by=by, now=now, words=answer, public=True, changes=changes,
            data=doubted(event, answer, now),
        )  # fmt: skip
        end_with_result(event, by=by, now=now)
        if inside.strip():
            append(event, step="note", by=by, now=now, words=inside)
    return event


def _need(words: str) -> None:
    if not words.strip():
        raise WordsMissingError
