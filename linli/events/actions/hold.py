"""Holding the clock of an event and letting it go on: rows are kept, and due times recomputed from them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.events import states
from linli.events.models import ClockSpan, Event, Objection
from linli.events.queries.clocks import accept_due_of, handle_due_of

ENDING = frozenset({"resume", "overrule"})
HOLDING = frozenset({states.ACCEPTED, states.IN_PROGRESS})


def ends_hold(step: str, after: str) -> bool:
    """Tell whether a step lets the clock go on: it says so, or somebody else's clock begins."""
    return step in ENDING or after not in HOLDING


def overtakes(step: str, before: str, after: str) -> bool:
    """Tell whether a step leaves nothing to decide about objections and time: it goes to others or has ended."""
    return before in states.WITH_HANDLER and (step == "dispatch" or after not in states.WITH_HANDLER)


def hold(event: Event, span: ClockSpan) -> dict[str, object]:
    """Return the changes of the head row once `span` runs; the deadline counts its limit in."""
    return {"held": span.kind, "held_until": span.limit_at, **_dues(event)}


def let_go(event: Event, *, at: datetime) -> dict[str, object]:
    """End what holds the clock at a moment and return the changes of the head row; nothing where it runs."""
    if not event.held:
        return {}
    for span in ClockSpan.objects.filter(event=event, outcome="granted", ended_at=None).exclude(limit_at=None):
        span.ended_at = min(max(at, span.starts_at or at), span.limit_at or at)
        span.save(update_fields=["ended_at"])
    return {"held": "", "held_until": None, **_dues(event)}


def change_of(step: str, held: str, changes: Mapping[str, Any]) -> str:
    """Return what a step did to the clock that `held` held: paused, resumed, extended; empty where nothing."""
    if changes.get("held", held) != held:
        return "paused" if changes["held"] else "resumed"
    return "extended" if step == "decide_clock" and "handle_due" in changes else ""


def overtake(event_ids: Sequence[UUID], now: datetime) -> None:
    """Let objections lapse that nobody needs to decide any more: the event rose, ended, or went on."""
    waiting = Objection.objects.filter(event_id__in=event_ids, outcome=Objection.Outcome.OPEN)
    waiting.update(outcome=Objection.Outcome.LAPSED, decided_at=now)
    asked = ClockSpan.objects.filter(event_id__in=event_ids, outcome=ClockSpan.Outcome.ASKED)
    asked.update(outcome=ClockSpan.Outcome.REFUSED, decided_at=now)


def _dues(event: Event) -> dict[str, object]:
    dues: dict[str, object] = {"handle_due": handle_due_of(event)}
    return dues if event.accepted_at else {**dues, "accept_due": accept_due_of(event)}
