"""The desks about time and about whose event it is: objections before an office; what is asked for, late or hung up."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.views.lists import seconds_left
from linli.site.views.shell import desk

SHOWN = 100


@desk("events.arbitrate")
def arbitration(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show what waits for this office, and the precedents that hold."""
    now = kernel.now()
    waiting = events.objections_before(actor=actor)[:SHOWN]
    return _show(
        request, actor, "arbitration",
        rows=[{"it": one, "left": seconds_left(one.due, now), **_link(one.event)} for one in waiting],
        precedents=list(events.precedents_seen_by(actor=actor)[:SHOWN]),
        matters={duty.code: duty.name for duty in events.matters_in_force()},
    )  # fmt: skip


@desk("events.handle", "events.dispatch")
def time_desk(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show what units ask for, which stages are late, and what is hung up with its date of review."""
    now = kernel.now()
    return _show(
        request, actor, "time",
        asked=[{"it": span, **_link(span.event)} for span in events.asked_of(actor=actor)[:SHOWN]],
        late=[
            {"it": stage, "left": seconds_left(stage.due, now), **_link(stage.event)}
            for stage in events.late_stages(actor=actor, now=now)[:SHOWN]
        ],
        hung_up=list(_hung_up(events.hung_up(actor=actor)[:SHOWN], now)),
    )  # fmt: skip


def _hung_up(spans: Iterable[events.ClockSpan], now: datetime) -> Iterable[dict[str, Any]]:
    for span in spans:
        yield {"it": span, "near": events.remind_from(span) <= now, **_link(span.event)}


def _link(event: events.Event) -> dict[str, Any]:
    return {"event": event, "url": reverse("desk:event", args=[event.number])}


def _show(request: HttpRequest, actor: accounts.Actor, name: str, **context: Any) -> HttpResponse:
    shell = accounts.desk_shell(actor, name)
    return render(request, f"site/desk/{name}.html", {**shell, "now": kernel.now(), **context})
