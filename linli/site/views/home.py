"""The home page of residents, and the page on how to read it comfortably."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.resident import WhatForm
from linli.site.views.follow import case_context


def home(request: HttpRequest) -> HttpResponse:
    """Ask what is wrong, lead to what one has reported, and show the newest of it."""
    return render(request, "site/resident/home.html", {"form": WhatForm(), "menu": _menu(), **_newest(request)})


def reading(request: HttpRequest) -> HttpResponse:
    """Tell how to make the pages easier to read and to use."""
    return render(request, "site/resident/reading.html")


def _menu() -> list[dict[str, Any]]:
    phone = settings.SITE_FACTS["phone"]
    entries: list[dict[str, Any]] = [
        {
            "url": reverse("site:follow"),
            "icon": "list-details",
            "label": _("My reports"),
            "hint": _("progress, add, rate"),
        },
        {
            "url": reverse("site:follow") + "#number",
            "icon": "search",
            "label": _("Find by number"),
            "hint": _("from your receipt"),
        },
    ]
    for name, icon, label, hint in (
        ("site:answers", "message-circle", _("Asked and answered"), _("what neighbours asked")),
        ("site:data", "eye", _("Who looked at my data"), _("and what I want done with it")),
        ("site:devices", "camera", _("Devices around you"), _("door access, cameras")),
    ):
        entries.append({"url": reverse(name), "icon": icon, "label": label, "hint": hint})
    if phone:
        entries.append({"url": f"tel:{phone}", "icon": "phone", "label": _("Say it by phone"), "hint": phone})
    entries.append(
        {
            "url": reverse("site:reading"),
            "icon": "accessible",
            "label": _("Easier to read"),
            "hint": _("large print, contrast"),
        }
    )
    return entries


def _newest(request: HttpRequest) -> dict[str, Any]:
    actor = accounts.actor_of(request)
    if actor.kind != "resident":
        return {}
    newest = events.resident_events(actor=actor).first()
    now = kernel.now()
    case = newest and events.resident_case(number=newest.number, actor=actor, now=now)
    if not case:
        return {}
    return case_context(case, now=now, newest=3) | {"case_url": reverse("site:case", args=[case.number])}
