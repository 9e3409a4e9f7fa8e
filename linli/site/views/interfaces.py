"""What everybody may read through Open311: the county decides it matter by matter."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.interfaces import OpenMattersForm
from linli.site.views.shell import desk

INTERFACES = "events.interfaces"


@desk(INTERFACES)
def public_matters(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the matters with those that are public, and change them."""
    if request.method == "POST":
        form = OpenMattersForm(request.POST)
        if form.is_valid():
            count = events.set_open_matters(**form.cleaned_data, by=actor, now=kernel.now())
            words = ngettext("%(n)s change counts from now on.", "%(n)s changes count from now on.", count)
            messages.success(request, words % {"n": count})
            return redirect("desk:open-matters")
    standing = {row.matter_code: row for row in events.open_matters()}
    rows = [(duty, standing.get(duty.code)) for duty in events.matters_in_force()]
    context = {"rows": rows, "open": len(standing), "address": request.build_absolute_uri("/open311/discovery.json")}
    return render(request, "site/desk/open_matters.html", {**interface_shell(actor, "desk:open-matters"), **context})


def interface_shell(actor: accounts.Actor, here: str) -> dict[str, Any]:
    """Return header and tabs of the pages of interfaces."""
    labels = {"desk:webhooks": _("Webhooks"), "desk:open-matters": _("Public matters")}
    tabs = [{"url": reverse(name), "label": label, "current": name == here} for name, label in labels.items()]
    return {**accounts.desk_shell(actor, "interfaces"), "tabs": tabs}
