"""Volunteer checkers 志愿核查员 at the console: who they are, where and since when; appointed, paused, ended."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.supervision import AppointForm, EndForm
from linli.site.views.shell import desk

MANAGE, PAGE = "accounts.manage", 30
REFUSED = (events.RefusedError, accounts.AccountRefusedError)


@desk(MANAGE)
def volunteers(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the volunteers of the area, the newest first, and appoint one by the telephone they sign in with."""
    form = AppointForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = events.appoint_volunteer(**form.cleaned_data, by=actor, now=kernel.now())
        except REFUSED as refused:
            form.add_error("phone", str(refused))
        else:
            messages.success(request, _("%(phone)s is a volunteer checker now.") % {"phone": made.shown})
            return redirect("desk:volunteers")
    rows = events.volunteers_seen_by(actor)
    page = kernel.keyset_page(rows, order=("-id",), cursor=request.GET.get("cursor"), size=PAGE)
    context = {
        **accounts.desk_shell(actor, "volunteers"),
        "form": form,
        "page": page,
        "rows": [_row(one) for one in page.items],
        "end_form": EndForm(),
    }
    return render(request, "site/desk/volunteers.html", context, status=422 if form.errors else 200)


@require_POST
@desk(MANAGE)
def pause(request: HttpRequest, actor: accounts.Actor, volunteer_id: UUID) -> HttpResponse:
    """Let a volunteer rest."""
    done = _("Paused: from now on nothing is shown to this volunteer.")
    return _do(request, actor, volunteer_id, events.pause_volunteer, done)


@require_POST
@desk(MANAGE)
def resume(request: HttpRequest, actor: accounts.Actor, volunteer_id: UUID) -> HttpResponse:
    """Let a volunteer go on."""
    return _do(request, actor, volunteer_id, events.resume_volunteer, _("This volunteer may check again."))


@require_POST
@desk(MANAGE)
def end(request: HttpRequest, actor: accounts.Actor, volunteer_id: UUID) -> HttpResponse:
    """End it, with a reason."""
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose why it ends."))
        return redirect("desk:volunteers")
    done = _("Ended; the checks that were made stay.")
    return _do(request, actor, volunteer_id, events.end_volunteer, done, **form.cleaned_data)


def _do(
    request: HttpRequest,
    actor: accounts.Actor,
    volunteer_id: UUID,
    deed: Callable[..., object],
    done: str,
    **said: Any,
) -> HttpResponse:
    if not events.volunteers_seen_by(actor).filter(pk=volunteer_id).exists():
        raise Http404
    try:
        deed(volunteer_id=volunteer_id, by=actor, now=kernel.now(), **said)
    except REFUSED as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("desk:volunteers")


def _row(one: Any) -> dict[str, Any]:
    today = timezone.localdate(kernel.now())
    over = bool(one.ended_at) or bool(one.valid_to and one.valid_to < today)
    state, tone = _("checks"), "green"
    if over:
        state, tone = (one.get_ended_because_display() if one.ended_at else _("term is over")), ""
    elif one.paused_at:
        state, tone = _("paused"), "amber"
    elif one.valid_from > today:
        state, tone = _("not yet"), "blue"
    return {"row": one, "state": state, "tone": tone, "over": over, "ended": bool(one.ended_at)}
