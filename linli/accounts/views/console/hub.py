"""The first page of the console: what somebody may manage here, each with a sentence what it is for."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET

from linli.accounts.queries.actors import actor_of
from linli.accounts.queries.desks import CONSOLE, desk_shell, desks_of


@require_GET
def hub(request: HttpRequest) -> HttpResponse:
    """List the pages of the console that this person may open; who may open one alone goes there."""
    actor = actor_of(request)
    managed = [desk for desk in desks_of(actor) if desk.manages]
    if not managed:
        raise PermissionDenied
    if len(managed) == 1:
        return redirect(managed[0].url_name)
    found = [{"url": reverse(desk.url_name), "label": desk.label, "hint": desk.hint} for desk in managed]
    response = render(request, "accounts/console/hub.html", {**desk_shell(actor, CONSOLE), "managed": found})
    add_never_cache_headers(response)
    return response
