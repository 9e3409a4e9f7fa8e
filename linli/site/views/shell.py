"""The guard at the door of the desks, and the way to the one at which a person works."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from linli.accounts import api as accounts
from linli.site.plugins.desks import SEE
from linli.trust import api as trust

__all__ = ["SEE", "DeskView", "desk", "start"]

P = ParamSpec("P")
DeskView = Callable[Concatenate[HttpRequest, accounts.Actor, P], HttpResponse]

FIRST = (
    ("events.screen", "desk:dispatch"),
    ("events.handle", "desk:inbox"),
    ("events.check", "desk:inbox"),
    ("events.overview", "desk:overview"),
    ("events.see_area", "desk:inbox"),
    ("events.see_unit", "desk:inbox"),
    ("trust.audit", "trust_ledger"),
    ("accounts.manage", "accounts_console"),
)


def desk(*capabilities: str) -> Callable[[DeskView[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Let in who holds any of the capabilities; send guests to sign in, refuse others with NotAllowed, keep no copy."""

    def wrap(view: DeskView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = accounts.actor_of(request)
            if actor.kind != "staff":
                return redirect_to_login(request.get_full_path())
            if not any(actor.can(capability) for capability in capabilities):
                raise trust.NotAllowed(capabilities[0])
            response = view(request, actor, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return guarded  # type: ignore[return-value]  # wraps() still shows the actor

    return wrap


def start(request: HttpRequest) -> HttpResponse:
    """Lead to the desk a person works at: dispatchers to the queue, leaders to the overview, auditors to the ledger."""
    actor = accounts.actor_of(request)
    if actor.kind == "guest":
        return redirect_to_login(request.get_full_path())
    if actor.kind != "staff":
        return redirect("site:home")
    first = next((name for capability, name in FIRST if actor.can(capability)), None)
    return redirect(first) if first else render(request, "site/desk/none.html", accounts.desk_shell(actor, ""))
