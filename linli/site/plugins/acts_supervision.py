"""The acts of those who look after the work of others: supervision notes, call-backs, checks by volunteers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.forms.supervision import AnswerNoteForm, CallbackForm, SuperviseForm
from linli.site.slots import DeskAct, acting


def acts() -> list[DeskAct]:
    """Return them in the order of use."""
    return [
        DeskAct(
            "call_back", _("Note the call-back"), _("What was said is noted."),
            _call_back, _to_call, CallbackForm,
            _("It stays apart from the reporter's own rating."), place=25,
        ),
        DeskAct(
            "answer_note", _("Answer the supervision note"), _("The note is answered."),
            _answer, _has_note, AnswerNoteForm,
            _("Whoever wrote the note reads it; late answers count as late."), place=65,
        ),
        DeskAct(
            "ask_volunteer", _("Ask volunteers to look"), _("Volunteers of this area can look now."),
            acting(events.ask_volunteers), _may_ask, Form,
            _("They see place, photos and the text without names; you decide."), place=95, beside="pass",
        ),
        DeskAct(
            "supervise", _("Supervise"), _("The unit has your note."),
            _supervise, _may_supervise, SuperviseForm,
            _("The unit must answer in time; the note stands in the course of the event."), place=125,
        ),
    ]  # fmt: skip


def _supervise(event_id: UUID, by: accounts.Actor, now: datetime, said: Mapping[str, Any]) -> None:
    events.supervise_events(event_ids=[event_id], by=by, now=now, **said)


def _answer(event_id: UUID, by: accounts.Actor, now: datetime, said: Mapping[str, Any]) -> None:
    asked = _unanswered(event_id, by)
    if asked is None:
        raise events.AnsweredAlreadyError
    events.answer_supervision(note_id=asked.id, by=by, now=now, **said)


def _call_back(event_id: UUID, by: accounts.Actor, now: datetime, said: Mapping[str, Any]) -> None:
    call = events.open_callback(event_id=event_id, actor=by)
    if call is None:
        raise events.CalledAlreadyError
    events.note_callback(callback_id=call.id, by=by, now=now, **said)


def _may_supervise(found: events.Case, actor: accounts.Actor) -> bool:
    return found.event.is_open and actor.can("events.supervise")


def _has_note(found: events.Case, actor: accounts.Actor) -> bool:
    return actor.can("events.handle") and _unanswered(found.event.id, actor) is not None


def _unanswered(event_id: UUID, actor: accounts.Actor) -> events.SupervisionNote | None:
    asked = events.notes_on(event_id=event_id, actor=actor).filter(answered_at=None)
    return asked.filter(unit_id__in=actor.unit_ids).order_by("due_at").first()


def _to_call(found: events.Case, actor: accounts.Actor) -> bool:
    if found.event.is_open or not actor.can("events.call_back"):
        return False
    own_work = bool(actor.persons & {found.event.handler_id, *found.event.handlers})
    return not own_work and events.open_callback(event_id=found.event.id, actor=actor) is not None


def _may_ask(found: events.Case, _actor: accounts.Actor) -> bool:
    public = found.event.matter is not None and found.event.matter.volunteers_may_check
    return public and "pass" in found.steps and not events.checks_on(found.event.id).filter(checked_at=None).exists()
