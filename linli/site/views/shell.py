"""The shell of the desks: who is here, which desks they may open, and the guard at the door."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.trust import api as trust

P = ParamSpec("P")
DeskView = Callable[Concatenate[HttpRequest, accounts.Actor, P], HttpResponse]

SEE = ("events.see_area", "events.see_unit")
FIRST = (
    ("events.screen", "desk:dispatch"),
    ("events.handle", "desk:inbox"),
    ("events.check", "desk:inbox"),
    ("events.overview", "desk:overview"),
    ("events.see_area", "desk:inbox"),
    ("events.see_unit", "desk:inbox"),
    ("trust.audit", "trust_ledger"),
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
    return redirect(first) if first else render(request, "site/desk/none.html", desk_context(actor, ""))


def desk_context(actor: accounts.Actor, current: str) -> dict[str, Any]:
    """Return what kernel/desk.html needs: the desks this person may open, the search, and who they are."""
    first = actor.holdings[0] if actor.holdings else None
    nav = [
        {"url": reverse(name), "label": label, "current": key == current}
        for key, name, label, capabilities in _desks()
        if any(actor.can(capability) for capability in capabilities)
    ]
    return {
        "desk_nav": nav,
        "desk_home": reverse("desk:start"),
        "desk_search_url": reverse("desk:inbox") if any(actor.can(capability) for capability in SEE) else "",
        "desk_me": {"name": actor.name, "post": first and f"{first.unit_name} · {first.post_name}", "items": []},
    }


def _desks() -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [
        ("desk", "desk:inbox", _("Inbox"), SEE),
        ("dispatch", "desk:dispatch", _("Dispatch"), ("events.screen",)),
        ("map", "desk:map", _("Map"), SEE),
        ("overview", "desk:overview", _("Overview"), ("events.overview",)),
        ("entry", "desk:entry", _("New report"), ("events.report",)),
        ("tickets", "desk:tickets", _("Hotline files"), ("events.import",)),
        ("ledger", "trust_ledger", _("Use ledger"), ("trust.audit",)),
    ]
