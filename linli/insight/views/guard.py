"""Who may enter the pages of insight."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from linli.accounts import api as accounts
from linli.trust import api as trust

P = ParamSpec("P")
StaffView = Callable[Concatenate[HttpRequest, accounts.Actor, P], HttpResponse]


def staff(*capabilities: str) -> Callable[[StaffView[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Let in staff who hold any of the capabilities; send guests to sign in, refuse others, keep no copy."""

    def wrap(view: StaffView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = accounts.actor_of(request)
            if actor.kind != "staff":
                return redirect_to_login(request.get_full_path())
            if not any(actor.can(capability) for capability in capabilities):
                raise trust.NotAllowed(capabilities[0])
            response = view(request, actor, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return guarded

    return wrap
