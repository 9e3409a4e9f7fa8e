"""What is done on an event: each act is one form, one action, one sentence about what follows."""

from typing import Any

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
from linli.site.forms.acts import acts_of
from linli.site.rules.words import step_words
from linli.site.slots import desk_acts
from linli.site.views.dispatch import show_queue
from linli.site.views.inbox import show_event
from linli.site.views.lists import kept_query
from linli.site.views.shell import SEE, desk


@require_POST
@desk(*SEE)
def do_act(request: HttpRequest, actor: accounts.Actor, number: str, act: str) -> HttpResponse:
    """Do one act and come back to the event; a mistake keeps what was typed."""
    found = events.case(number=number, actor=actor)
    chosen = next((one for one in desk_acts.all() if one.code == act), None)
    if found is None or chosen is None:
        raise Http404
    form = chosen.form(request.POST, request.FILES, prefix=act)
    if not form.is_valid():
        return _again(request, actor, found, act, form)
    try:
        chosen.do(found.event.id, actor, kernel.now(), form.cleaned_data)
    except events.RefusedError as refused:
        found = events.case(number=number, actor=actor) or found
        form.add_error(None, _refusal(refused, found))
        return _again(request, actor, found, act, form)
    messages.success(request, str(chosen.done))
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
    except events.PurposeMissingError as refused:
        messages.error(request, str(refused))
        return redirect(reverse("desk:event", args=[number]) + kept_query(request))
    return show_event(request, actor, found, revealed=revealed)


def _again(request: HttpRequest, actor: accounts.Actor, found: events.Case, name: str, form: Form) -> HttpResponse:
    again: dict[str, Any] = {"acts": acts_of(found, actor, (name, form)), "wrong": name}
    if request.GET.get("back") == "dispatch":
        return show_queue(request, actor, found, status=422, **again)
    return show_event(request, actor, found, status=422, **again)


def _refusal(refused: events.RefusedError, found: events.Case) -> str:
    """Say why it was refused; who comes second is told who was first, and with what."""
    last = found.tracks[-1]
    who = last.by_name or (last.unit.name if last.unit else "")
    if not who or not isinstance(refused, events.StepNotPossibleError):
        return str(refused)
    first = _("Last: %(what)s, by %(who)s.") % {"what": step_words(last.step, last.data), "who": who}
    return f"{refused} {first}"
