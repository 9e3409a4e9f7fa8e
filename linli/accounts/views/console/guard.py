"""Who may enter the console of accounts, and what its pages stand in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from linli.accounts.queries.actors import actor_of
from linli.accounts.queries.authority import GRANT, MANAGE, may_grant
from linli.accounts.queries.desks import desk_shell
from linli.accounts.rules.actor import Actor
from linli.accounts.rules.refusals import AccountRefusedError

P = ParamSpec("P")
ConsoleView = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]


def console_for(
    *capabilities: str,
) -> Callable[[ConsoleView[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Let in who has any of the capabilities; send guests to sign in, refuse others."""

    def wrap(view: ConsoleView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = actor_of(request)
            if not actor.is_known:
                return redirect_to_login(request.get_full_path())
            if not any(actor.can(capability) for capability in capabilities):
                raise PermissionDenied
            response = view(request, actor, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return guarded

    return wrap


def console(view: ConsoleView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let in who manages accounts or gives rights; each action says who of them may."""
    return console_for(MANAGE, GRANT)(view)


def page(request: HttpRequest, actor: Actor, name: str, context: dict[str, Any]) -> HttpResponse:
    """Show a page of the console; a form that was refused answers 422."""
    tabs = (("people", _("People")), ("units", _("Units")), ("posts", _("Posts")))
    current = context["tab"]
    shell = {
        "tabs": [{"url": reverse(f"accounts_{tab}"), "label": label, "current": tab == current} for tab, label in tabs],
        "may_manage": actor.can(MANAGE),
        "may_grant": may_grant(actor),
        **desk_shell(actor, "people"),
    }
    refused = getattr(context.get("form"), "errors", None)
    return render(request, f"accounts/console/{name}.html", {**shell, **context}, status=422 if refused else 200)


def attempt(form: Form, field: str | None, deed: Callable[[], object]) -> bool:
    """Do it; say on the form what speaks against it. Returns whether it was done."""
    try:
        deed()
    except AccountRefusedError as refusal:
        form.add_error(field, str(refusal))
    except ValidationError as error:
        form.add_error(field, error)
    else:
        return True
    return False


def attempt_here(request: HttpRequest, deed: Callable[[], object], done: str) -> None:
    """Do it; tell on the next page that it is done, or what speaks against it."""
    try:
        deed()
    except AccountRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
