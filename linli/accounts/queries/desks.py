"""Which desks somebody may open, and the header that every desk stands under."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts import slots
from linli.accounts.rules.actor import Actor

CONSOLE = "accounts_console"


def desks_of(actor: Actor) -> list[slots.Desk]:
    """Return the desks that this person may open, in order."""
    open_to = [desk for desk in slots.desks.all() if any(actor.can(one) for one in desk.capabilities)]
    return sorted(open_to, key=lambda desk: desk.place)


def desk_shell(actor: Actor, current: str) -> dict[str, Any]:
    """Return what kernel/desk.html needs: the desks, the search, and who this is. `current` is a desk's code."""
    desks = desks_of(actor)
    first = actor.holdings[0] if actor.holdings else None
    return {
        "desk_nav": _nav(desks, current),
        "desk_home": resolve_url(settings.LOGIN_REDIRECT_URL),
        "desk_search_url": next((reverse(desk.url_name) for desk in desks if desk.searches), ""),
        "desk_me": {"name": actor.name, "post": first and f"{first.unit_name} · {first.post_name}", "items": []},
    }


def _nav(desks: Sequence[slots.Desk], current: str) -> list[dict[str, Any]]:
    """Return the desks of daily work; those of the console stand behind one entry."""
    nav = [
        {"url": reverse(desk.url_name), "label": desk.label, "current": desk.code == current}
        for desk in desks
        if not desk.manages
    ]
    managed = [desk for desk in desks if desk.manages]
    if len(managed) == 1:
        only = managed[0]
        return [*nav, {"url": reverse(only.url_name), "label": only.label, "current": only.code == current}]
    if managed:
        here = current in {CONSOLE, *(desk.code for desk in managed)}
        nav.append({"url": reverse(CONSOLE), "label": _("Console"), "current": here})
    return nav
