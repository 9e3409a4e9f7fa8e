"""Call-backs 回访: the list of whom to call, the samples it was drawn by, and what was said, by unit."""

from datetime import timedelta
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
from linli.site.forms.supervision import SATISFIED, DrawForm
from linli.site.views.shell import desk

PAGE, ROUNDS, DAYS = 25, 8, 90
TABS = ("waiting", "unsolved", "done")


@desk("events.call_back")
def callbacks(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the call-back list; draw a new sample."""
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = events.draw_callbacks(by=actor, now=kernel.now(), **form.cleaned_data)
        except events.RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            n = made.calls.count()
            said = ngettext("%(n)d event is drawn out of %(all)d.", "%(n)d events are drawn out of %(all)d.", n)
            messages.success(request, said % {"n": n, "all": made.population})
            return redirect("desk:callbacks")
    context = {**accounts.desk_shell(actor, "callbacks"), "form": form, **_list(request, actor), **_drawn(actor)}
    return render(request, "site/desk/callbacks.html", context, status=422 if form.errors else 200)


def _list(request: HttpRequest, actor: accounts.Actor) -> dict[str, Any]:
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "waiting"
    order = ("id",) if tab == "waiting" else ("-called_at", "-id")
    rows = events.callbacks_seen_by(actor, tab=tab)
    page = kernel.keyset_page(rows, order=order, cursor=request.GET.get("cursor"), size=PAGE)
    counts, labels = events.callback_counts(actor), _labels()
    here = reverse("desk:callbacks")
    tabs = [
        {"label": labels[one], "url": f"{here}?tab={one}", "count": counts[one] or None, "current": one == tab}
        for one in TABS
    ]
    words = dict(SATISFIED)
    shown = [{"call": call, "satisfied": words.get(call.satisfied or 0, "")} for call in page.items]
    return {"page": page, "calls": shown, "tabs": tabs, "tab": tab}


def _labels() -> dict[str, str]:
    return {"waiting": _("To call"), "unsolved": _("Not solved"), "done": _("Done")}


def _drawn(actor: accounts.Actor) -> dict[str, Any]:
    figures = events.callback_figures(actor, since=kernel.now() - timedelta(days=DAYS))
    heads = (_("Drawn"), _("Reached"), _("Solved"), _("Satisfied"))
    return {
        "rounds": events.rounds_seen_by(actor)[:ROUNDS],
        "columns": [{"label": _("Unit")}, *({"label": head, "figure": True} for head in heads)],
        "figures": [[row.unit_name, row.drawn, row.reached, row.solved, row.satisfied] for row in figures],
    }
