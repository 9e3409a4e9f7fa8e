"""What is done on an event: each act is one form, one action, one sentence about what follows."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.desk import FORMS, ActForms
from linli.site.views.dispatch import show_queue
from linli.site.views.inbox import show_event
from linli.site.views.lists import kept_query
from linli.site.views.shell import SEE, desk

Doing = Callable[[UUID, accounts.Actor, datetime, dict[str, Any]], Any]
REFUSALS = (
    events.StepNotPossibleError,
    events.OwnWorkError,
    events.WordsMissingError,
    events.UnknownMatterError,
    events.WindowOverError,
)


@require_POST
@desk(*SEE)
def do_act(request: HttpRequest, actor: accounts.Actor, number: str, act: str) -> HttpResponse:
    """Do one act and come back to the event; a mistake keeps what was typed."""
    found = events.case(number=number, actor=actor)
    if found is None or act not in FORMS:
        raise Http404
    form = FORMS[act](request.POST, request.FILES, prefix=act)
    if not form.is_valid():
        return _again(request, actor, found, act, form)
    try:
        DOING[act](found.event.id, actor, kernel.now(), form.cleaned_data)
    except REFUSALS as refused:
        form.add_error(None, _refusal(refused))
        return _again(request, actor, found, act, form)
    messages.success(request, _done(act))
    if request.GET.get("back") == "dispatch":
        return redirect("desk:dispatch")
    return redirect(reverse("desk:event", args=[number]) + kept_query(request))


@require_POST
@desk("events.reveal")
def reveal(request: HttpRequest, actor: accounts.Actor, number: str) -> HttpResponse:
    """Show who reported, for a purpose; the look stands in the ledger."""
    found = events.case(number=number, actor=actor)
    if found is None:
        raise Http404
    try:
        revealed = events.reveal_reporter(
            event_id=found.event.id, by=actor, purpose=request.POST.get("purpose", ""), now=kernel.now()
        )
    except events.PurposeMissingError:
        messages.error(request, _("Choose what you need the name and phone for, then look again."))
        return redirect(reverse("desk:event", args=[number]) + kept_query(request))
    return show_event(request, actor, found, revealed=revealed)


def _pass_and_close(event_id: UUID, by: accounts.Actor, now: datetime, said: dict[str, Any]) -> None:
    events.check_result(event_id=event_id, by=by, now=now, passed=True)
    events.close_event(event_id=event_id, by=by, now=now, **said)


def _submit(event_id: UUID, by: accounts.Actor, now: datetime, said: dict[str, Any]) -> None:
    photos = said.pop("photos")
    events.submit_result(event_id=event_id, by=by, now=now, **said)
    if photos:
        events.add_photos(event_id=event_id, photos=photos, by=by, now=now, kind=events.Photo.Kind.RESULT)


def _plain(action: Callable[..., Any], **fixed: Any) -> Doing:
    def doing(event_id: UUID, by: accounts.Actor, now: datetime, said: dict[str, Any]) -> Any:
        return action(event_id=event_id, by=by, now=now, **said, **fixed)

    return doing


DOING: dict[str, Doing] = {
    "accept": _plain(events.accept_event),
    "start": _plain(events.start_event),
    "return": _plain(events.return_event),
    "contact": _plain(events.note_contact),
    "note": _plain(events.add_note),
    "submit": _submit,
    "pass": _pass_and_close,
    "send_back": _plain(events.check_result, passed=False),
    "close": _plain(events.close_event),
    "dispatch": _plain(events.dispatch_event),
    "reject": _plain(events.reject_event),
    "reopen": _plain(events.reopen_event),
}


def _again(request: HttpRequest, actor: accounts.Actor, found: events.Case, name: str, form: Form) -> HttpResponse:
    again: dict[str, Any] = {"acts": ActForms.for_case(found, actor, (name, form)), "wrong": name}
    if request.GET.get("back") == "dispatch":
        return show_queue(request, actor, found, status=422, **again)
    return show_event(request, actor, found, status=422, **again)


def _refusal(refused: Exception) -> str:
    if isinstance(refused, events.OwnWorkError):
        return _("You handled this event, so somebody else must check it.")
    if isinstance(refused, events.WordsMissingError):
        return str(refused)
    if isinstance(refused, events.UnknownMatterError):
        return _("This matter is not in the duty list any more; choose another.")
    if isinstance(refused, events.WindowOverError):
        return _("The time in which the reporter may open it again is over.")
    return _("Somebody was faster: the event has moved on. Look at the timeline, then decide again.")


def _done(name: str) -> str:
    return {
        "accept": _("You have accepted the event; you are its handler."),
        "start": _("Work has begun."),
        "submit": _("The result is submitted; somebody else checks it now."),
        "return": _("The event is back at the county centre."),
        "contact": _("The contact is noted."),
        "note": _("The note is added."),
        "pass": _("The result is checked and the event is closed."),
        "send_back": _("The event is back with the unit."),
        "close": _("The event is closed."),
        "dispatch": _("The event is dispatched."),
        "reject": _("The event is not taken up; the reporter reads why."),
        "reopen": _("The event is open again."),
    }[name]
