"""My data 我的信息: the page from which a resident reaches everything about their own data."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.accounts import api as accounts
from linli.site.views.looks import own


@require_GET
@own
def data(request: HttpRequest, _actor: accounts.Actor) -> HttpResponse:
    """Show the ways on."""
    crumbs = [{"label": _("Home"), "url": reverse("site:home")}, {"label": _("My data")}]
    return render(request, "site/resident/data.html", {"menu": _menu(), "crumbs": crumbs})


def _menu() -> list[dict[str, Any]]:
    return [
        {"url": reverse("site:looks"), "icon": "eye", "label": _("Who looked at my data"),
         "hint": _("which unit, when, what for")},
        {"url": reverse("site:rights"), "icon": "list-details", "label": _("What I want done"),
         "hint": _("copy, correct, delete, explain")},
        {"url": reverse("site:decisions"), "icon": "scale", "label": _("What machines decided"),
         "hint": _("how, and let a person decide anew")},
        {"url": reverse("site:consents"), "icon": "circle-check", "label": _("What I agreed to"),
         "hint": _("agree, withdraw at any time")},
    ]  # fmt: skip
