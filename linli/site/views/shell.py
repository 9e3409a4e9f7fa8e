"""The guard at the door of the desks, and the way to the one at which a person works."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.accounts import api as accounts
from linli.site.plugins.desks import SEE
from linli.trust import api as trust

__all__ = ["SEE", "desk", "start"]

desk = trust.staff

FIRST = (
    ("events.screen", "desk:dispatch"),
    ("events.handle", "desk:inbox"),
    ("events.check", "desk:inbox"),
    ("events.overview", "desk:overview"),
    ("events.see_area", "desk:inbox"),
    ("events.see_unit", "desk:inbox"),
    ("trust.audit", "trust_ledger"),
    ("accounts.manage", "accounts_console"),
    ("sheets.fill", "sheets:forms"),
    ("registry.see", "desk:base"),
)


def start(request: HttpRequest) -> HttpResponse:
    """Lead to the desk a person works at: dispatchers to the queue, leaders to the overview, auditors to the ledger."""
    actor = accounts.actor_of(request)
    if actor.kind == "guest":
        return redirect_to_login(request.get_full_path())
    if actor.kind != "staff":
        return redirect("site:home")
    first = next((name for capability, name in FIRST if actor.can(capability)), None)
    return redirect(first) if first else render(request, "site/desk/none.html", accounts.desk_shell(actor, ""))
