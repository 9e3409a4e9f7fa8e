"""The guard at a door: lets pass who may, refuses the others without telling what is behind."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from linli.accounts import api as accounts
from linli.trust.queries.rights import may, may_know
from linli.trust.rules.refusals import Hidden, NotAllowed

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
StaffView = Callable[Concatenate[HttpRequest, accounts.Actor, P], HttpResponse]


def require(actor: accounts.Actor, capability: str, subject: Model | None = None) -> None:
    """Return when the actor may. Raises Hidden (404) for a row the actor may not know of, else NotAllowed (403)."""
    if may(actor, capability, subject):
        return
    if subject is not None and not may_know(actor, subject):
        raise Hidden(capability)
    raise NotAllowed(capability)


def needs(capability: str) -> Callable[[View[P]], View[P]]:
    """Guard a view: who is not signed in is asked to, who lacks the capability gets a 403 page."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = accounts.actor_of(request)
            if actor.kind == "guest":
                return redirect_to_login(request.get_full_path())
            require(actor, capability)
            return view(request, *args, **kwargs)

        guarded.capability = capability  # type: ignore[attr-defined]  # the wall test reads it
        return guarded

    return decorate


def staff(*capabilities: str) -> Callable[[StaffView[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Let in staff who hold any of the capabilities; send guests to sign in, refuse others, keep no copy.

    The view is given who acts. Others are refused with NotAllowed.
    """

    def wrap(view: StaffView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = accounts.actor_of(request)
            if actor.kind != "staff":
                return redirect_to_login(request.get_full_path())
            if not any(actor.can(capability) for capability in capabilities):
                raise NotAllowed(capabilities[0])
            response = view(request, actor, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return guarded

    return wrap
