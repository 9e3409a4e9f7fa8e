"""The dispatcher's queue: what waits for a person to choose the matter, with the candidates; and what came back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.views.inbox import PART, WHOLE, case_context
from linli.site.views.lists import seconds_left
from linli.site.views.shell import desk

QUEUE = events.InboxFilter(tab="open", scope="area", state="screening")
BACK = "?back=dispatch"


@desk("events.screen")
def queue(request: HttpRequest, actor: accounts.Actor, number: str | None = None) -> HttpResponse:
    """Show the queue and the one that was asked for, else its first."""
    found = events.look_at_case(number=number, by=actor, now=kernel.now()) if number else None
    if number and found is None:
        return redirect("desk:dispatch")
    return show_queue(request, actor, found, part=request.headers.get("HX-Target") == "main")


def show_queue(
    request: HttpRequest,
    actor: accounts.Actor,
    found: events.Case | None,
    *,
    part: bool = False,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Render the queue with one event, or only the event's columns."""
    now = kernel.now()
    context: dict[str, Any] = {"base": PART, "now": now}
    chosen = found is not None
    if not part:
        page = events.inbox_page(actor=actor, wanted=QUEUE, now=now, cursor=request.GET.get("cursor") or None)
        rows = [{**row, "left": seconds_left(row["handle_due"], now)} for row in page.items]
        context |= {"base": WHOLE, **accounts.desk_shell(actor, "dispatch"), "page": page, "rows": rows}
        if found is None and rows:
            found = events.look_at_case(number=rows[0]["number"], by=actor, now=now)
    if found:
        context |= case_context(found, actor, now)
    context |= {"query": BACK, "chosen": chosen, **more}
    return render(request, "site/desk/dispatch.html", context, status=status)
