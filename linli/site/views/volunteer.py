"""Volunteer checkers 志愿核查员: what waits to be looked at nearby, and what was found there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.supervision import VolunteerForm
from linli.trust import api as trust

VOLUNTEER = "events.volunteer"
P = ParamSpec("P")
VolunteerView = Callable[Concatenate[HttpRequest, accounts.Actor, P], HttpResponse]


def for_volunteers(view: VolunteerView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let in residents who are volunteer checkers; guests come in by their phone first."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actor = accounts.actor_of(request)
        if actor.kind == "guest":
            return redirect(reverse("accounts_enter") + "?" + urlencode({"next": request.get_full_path()}))
        if not actor.can(VOLUNTEER):
            raise trust.NotAllowed(VOLUNTEER)
        response = view(request, actor, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return guarded


@for_volunteers
def tasks(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List what waits for a look."""
    return render(request, "site/resident/volunteer.html", {"tasks": events.volunteer_tasks(actor)})


@for_volunteers
def check(request: HttpRequest, actor: accounts.Actor, check_id: UUID) -> HttpResponse:
    """Show one place to look at, and keep what was found."""
    now = kernel.now()
    task = events.look_as_volunteer(check_id=check_id, by=actor, now=now)
    if task is None:
        raise Http404
    form = VolunteerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        found = {**form.cleaned_data, "solved": form.cleaned_data["solved"] == "yes"}
        events.check_as_volunteer(check_id=check_id, by=actor, now=now, **found)
        messages.success(request, _("Thank you. An officer reads it and decides."))
        return redirect("site:volunteer")
    photos = [{"url": reverse("site:photo", args=[photo.pk]), "alt": _photo(photo)} for photo in task.photos]
    crumbs = [{"label": _("To look at"), "url": reverse("site:volunteer")}, {"label": task.title}]
    context = {"task": task, "form": form, "photos": photos, "crumbs": crumbs}
    return render(request, "site/resident/volunteer_check.html", context, status=422 if form.errors else 200)


def _photo(photo: events.Photo) -> str:
    return _("Photo of the result") if photo.kind == "result" else _("Photo of the report")
