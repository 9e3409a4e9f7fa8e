"""The acts along the life of an event: dispatch, accept, work, answer, check, close, open again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.forms.desk import CloseForm, DispatchForm, NoteForm, RejectForm, ResultForm, WordsForm
from linli.site.slots import DeskAct, acting, at_step


def acts() -> list[DeskAct]:
    """Return them in the order of use."""
    return [*_of_the_unit(), *_of_the_checker(), *_of_the_dispatcher()]


def _of_the_unit() -> list[DeskAct]:
    return [
        DeskAct(
            "accept", _("Accept"), _("You have accepted the event; you are its handler."),
            acting(events.accept_event), at_step("accept"), place=10,
        ),
        DeskAct(
            "submit", _("Submit the result"), _("The result is submitted; somebody else checks it now."),
            _submit, at_step("submit"), ResultForm,
            _("Somebody else checks the result before the event is closed."), place=20,
        ),
        DeskAct(
            "start", _("Start work"), _("Work has begun."),
            acting(events.start_event), at_step("start"), place=60, beside="submit",
        ),
        DeskAct(
            "contact", _("Note a contact with the reporter"), _("The contact is noted."),
            acting(events.note_contact), _works_on_it, WordsForm, place=70,
        ),
        DeskAct(
            "note", _("Add a note"), _("The note is added."), acting(events.add_note), _works_on_it, NoteForm, place=80
        ),
        DeskAct(
            "return", _("Give back"), _("The event is back at the county centre."),
            acting(events.return_event), at_step("return"), WordsForm,
            _("The event goes to the county centre, which gives it to another unit."), place=100, beside="accept",
        ),
    ]  # fmt: skip


def _of_the_checker() -> list[DeskAct]:
    ends = _("The event ends, and the reporter is told. They may have it opened again.")
    return [
        DeskAct(
            "pass", _("Pass and close"), _("The result is checked and the event is closed."),
            _pass_and_close, at_step("pass"), CloseForm, ends, place=30, initial=_answered,
        ),
        DeskAct(
            "close", _("Close"), _("The event is closed."),
            acting(events.close_event), at_step("close"), CloseForm, ends, place=40, initial=_answered,
        ),
        DeskAct(
            "send_back", _("Send back to the unit"), _("The event is back with the unit."),
            acting(events.check_result, passed=False), at_step("send_back"), WordsForm,
            _("The unit works on it again; the deadline stays."), place=90, beside="pass",
        ),
    ]  # fmt: skip


def _of_the_dispatcher() -> list[DeskAct]:
    return [
        DeskAct(
            "dispatch", _("Dispatch"), _("The event is dispatched."),
            acting(events.dispatch_event), at_step("dispatch"), DispatchForm,
            _("The unit sees it at once, and its deadlines begin."), place=50, initial=_first_candidate,
        ),
        DeskAct(
            "reject", _("Do not take up"), _("The event is not taken up; the reporter reads why."),
            acting(events.reject_event), at_step("reject"), RejectForm,
            _("The event ends without work, and the reporter reads why."), place=110, beside="dispatch",
        ),
        DeskAct(
            "reopen", _("Open again"), _("The event is open again."),
            acting(events.reopen_event), at_step("reopen"), WordsForm,
            _("The unit that had it works on it again."), place=120,
        ),
    ]  # fmt: skip


def _works_on_it(found: events.Case, actor: accounts.Actor) -> bool:
    return actor.can("events.handle") and bool({"submit", "start"} & set(found.steps))


def _answered(found: events.Case) -> Mapping[str, Any]:
    return {"answer": found.event.public_answer}


def _first_candidate(found: events.Case) -> Mapping[str, Any]:
    return {"chosen": found.suggestions[0].key} if found.suggestions else {}


def _pass_and_close(event_id: UUID, by: accounts.Actor, now: datetime, said: dict[str, Any]) -> None:
    events.check_result(event_id=event_id, by=by, now=now, passed=True)
    events.close_event(event_id=event_id, by=by, now=now, **said)


def _submit(event_id: UUID, by: accounts.Actor, now: datetime, said: dict[str, Any]) -> None:
    photos = said.pop("photos")
    events.submit_result(event_id=event_id, by=by, now=now, **said)
    if photos:
        events.add_photos(event_id=event_id, photos=photos, by=by, now=now, kind=events.Photo.Kind.RESULT)
