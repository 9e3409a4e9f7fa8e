"""Which desks somebody may open, and the header that every desk stands under."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts import slots
from linli.accounts.rules.actor import Actor, ActorHolding

CONSOLE = "accounts_console"
COVER = "accounts_cover"


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
        "desk_me": {"name": actor.name, "post": first and _post_words(first), "items": _own_pages(actor)},
        "desk_acting": _cover_words(actor.acting) if actor.acting else None,
        "desk_covers": [_cover_words(held) for held in actor.covers],
        "desk_act_url": reverse("accounts_act") if actor.acting or actor.covers else "",
    }


def _own_pages(actor: Actor) -> list[dict[str, str]]:
    """Return what somebody of the staff finds behind their name."""
    return [{"url": reverse(COVER), "label": _("Leave cover")}] if actor.kind == "staff" and actor.person_id else []


def _post_words(held: ActorHolding) -> str:
    return f"{held.unit_name} · {held.post_name}"


def _cover_words(held: ActorHolding) -> dict[str, Any]:
    return {"id": held.holding_id, "who": held.covered, "post": _post_words(held), "until": held.ends_at}


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
