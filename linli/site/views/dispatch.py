"""The dispatcher's queue: what waits for a person to choose the matter, with the candidates; and what came back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.desk import ActForms
from linli.site.views.inbox import case_context, seconds_left
from linli.site.views.shell import desk, desk_context

QUEUE = events.InboxFilter(tab="open", scope="area", state="screening")


@desk("events.screen")
def queue(request: HttpRequest, actor: accounts.Actor, number: str | None = None) -> HttpResponse:
    """Show the queue and its first event, or the one that was asked for."""
    now = kernel.now()
    page = events.inbox_page(actor=actor, wanted=QUEUE, now=now, cursor=request.GET.get("cursor") or None)
    rows = [{**row, "left": seconds_left(row, now)} for row in page.items]
    chosen = number or (rows[0]["number"] if rows else None)
    found = events.case(number=chosen, actor=actor) if chosen else None
    if number and found is None:
        return redirect(reverse("desk:dispatch"))
    context: dict[str, Any] = {**desk_context(actor, "dispatch"), "now": now, "page": page, "rows": rows}
    if found:
        context |= case_context(found, actor, now) | {"acts": ActForms.for_case(found, actor)}
    return render(request, "site/desk/dispatch.html", context)
