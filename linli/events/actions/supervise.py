"""Supervision 督办: a note asks a unit to answer for events until a moment; the unit answers once, in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import facts
from linli.events.actions.handle import WordsMissingError
from linli.events.actions.step import append, note
from linli.events.models import Event, Supervised, SupervisionNote
from linli.events.rules.refusals import RefusedError
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.trust import api as trust

SUPERVISE, BY_LEADER, ANSWER = "events.supervise", "events.supervise_leader", "events.handle"
MOST_HOURS, MOST_EVENTS = 200, 200


class LimitMissingError(RefusedError):
    """A note needs a limit that can be kept."""

    sentence = _("Give the unit between 1 and 200 working hours to answer.")


class NothingOpenError(RefusedError):
    """None of the events is open any more."""

    sentence = _("These events have ended; there is nothing left to ask the unit for.")


class AnsweredAlreadyError(RefusedError):
    """Somebody was faster: the note is answered."""

    sentence = _("A colleague has answered this note already.")


def supervise_events(
    *, event_ids: Sequence[UUID], level: str, words: str, hours: int, by: accounts.Actor, now: datetime
) -> list[SupervisionNote]:
    """Write one note to each unit that leads some of these open events, at most 200 of them.

    `hours` are working hours to answer. Raises NotAllowed, WordsMissingError, LimitMissingError, NothingOpenError.
    """
    if not words.strip():
        raise WordsMissingError
    if not 0 < hours <= MOST_HOURS:
        raise LimitMissingError
    chosen = SupervisionNote.Level(level)
    if chosen == SupervisionNote.Level.LEADER:
        trust.require(by, BY_LEADER)
    with transaction.atomic():
        rows = Event.objects.select_for_update().filter(pk__in=list(event_ids)[:MOST_EVENTS]).order_by("id")
        events = [event for event in rows if event.is_open]
        for event in rows:
            trust.require(by, SUPERVISE, event)
        if not events:
            raise NothingOpenError
        due = regions.add_working(now, hours=hours)
        asked = {"level": chosen.value, "words": words.strip(), "made_at": now, "due_at": due}
        return [_write(part, asked, by=by, now=now) for part in _by_unit(events)]


def answer_supervision(*, note_id: UUID, by: accounts.Actor, now: datetime, words: str) -> SupervisionNote:
    """Answer a note for the unit it was written to, late or not. Raises WordsMissingError, AnsweredAlreadyError."""
    if not words.strip():
        raise WordsMissingError
    with transaction.atomic():
        asked = SupervisionNote.objects.select_for_update(of=("self",)).get(pk=note_id)
        trust.require(by, ANSWER, asked)
        if asked.answered_at is not None:
            raise AnsweredAlreadyError
        asked.answer, asked.answered_at, asked.answered_by_id = words.strip(), now, by.person_id
        asked.save(update_fields=["answer", "answered_at", "answered_by_id"])
        events = list(Event.objects.filter(supervised__note=asked).order_by("id"))
        data = {"note": str(asked.id), "late": now > asked.due_at}
        for event in events:
            append(event, step="answer_supervision", by=by, now=now, words=asked.answer, data=data)
            note(event, by=by, now=now, elements=["answer_supervision"])
        about = tuple(event.id for event in events)
        told = facts.SupervisionAnswered(note_id=asked.id, event_ids=about, unit_id=asked.unit_id)
        journal.publish(told, now=now)
    return asked


def _by_unit(events: Iterable[Event]) -> list[list[Event]]:
    found: dict[int, list[Event]] = {}
    for event in events:
        found.setdefault(event.lead_unit_id, []).append(event)
    return list(found.values())


def _write(events: Sequence[Event], asked: Mapping[str, Any], *, by: accounts.Actor, now: datetime) -> SupervisionNote:
    holdings = by.holdings_with(SUPERVISE)
    written = SupervisionNote.objects.create(
        **asked,
        unit_id=events[0].lead_unit_id,
        by_id=by.person_id,
        by_unit_id=holdings[0].unit_id if holdings else None,
    )
    Supervised.objects.bulk_create([Supervised(note=written, event=event) for event in events])
    for event in events:
        data = {"note": str(written.id), "level": written.level, "due": written.due_at.isoformat()}
        append(event, step="supervise", by=by, now=now, words=written.words, data=data)
        note(event, by=by, now=now, elements=["supervise"])
    told = facts.EventSupervised(
        note_id=written.id, event_ids=tuple(event.id for event in events), level=written.level,
        unit_id=written.unit_id, due_at=written.due_at,
    )  # fmt: skip
    journal.publish(told, now=now)
    return written
