"""The clocks of an event from its history: when its run began, what held it, what is asked; and what is hung up."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from linli.accounts import api as accounts
from linli.events.models import ClockSpan, Event, Track
from linli.events.queries.policies import policy_at
from linli.events.queries.sight import events_seen_by
from linli.events.rules.clocks import OBJECTION, Run, Span, due_by_history
from linli.events.rules.deadlines import SCREENING_HOURS, WITHOUT_MATTER_DAYS, shorter
from linli.regions import api as regions

BEGINS = ("report", "dispatch", "redispatch", "reopen", "uphold")
DAY, HOUR = "work_day", "work_hour"


def handle_due_of(event: Event, spans: Iterable[ClockSpan] | None = None) -> datetime:
    """Recompute by when an event must be handled, from the rows of its history alone."""
    limit, unit = (event.matter.handle_limit, event.matter.handle_unit) if event.matter else (WITHOUT_MATTER_DAYS, DAY)
    run = _run(_begun(event), limit, unit)
    return due_by_history(run, _as_spans(event, spans), regions.calendar())


def stages_by_history(event: Event) -> tuple[datetime, list[datetime]]:
    """Return when the present run began, and by when each stage of the matter must end, as handling itself does."""
    begun, spans, calendar = _begun(event), _as_spans(event, None), regions.calendar()
    stages = event.matter.stages if event.matter else []
    runs = [_run(begun, stage["limit"], stage["unit"]) for stage in stages]
    return begun.at, [due_by_history(run, spans, calendar) for run in runs]


def accept_due_of(event: Event, spans: Iterable[ClockSpan] | None = None) -> datetime:
    """Recompute by when an event must be accepted: only a decision that is waited for holds this clock."""
    hours = event.matter.accept_hours if event.matter else SCREENING_HOURS
    held = [span for span in _as_spans(event, spans) if span.kind == OBJECTION]
    return due_by_history(Run(_begun(event).at, hours, HOUR), held, regions.calendar())


def begun_at(event: Event) -> datetime:
    """Return when the present run began: the report, or the latest dispatch, decision or reopening."""
    return _begun(event).at


def clock_policy(event: Event) -> dict[str, int]:
    """Return the limits of pauses and extensions that hold for an event."""
    return dict(policy_at("clocks", event.reported_at)[1])


def hung_up(*, actor: accounts.Actor) -> "QuerySet[ClockSpan]":
    """Return what is hung up and somebody may see, the next review first."""
    running = ClockSpan.objects.filter(kind=ClockSpan.Kind.HANG_UP, outcome="granted", ended_at=None)
    seen = running.filter(event__in=events_seen_by(actor).filter(held="hang_up").values("id"))
    return seen.select_related("event", "event__matter", "event__lead_unit", "unit").order_by("limit_at", "id")


def asked_of(*, actor: accounts.Actor) -> "QuerySet[ClockSpan]":
    """Return what units ask for and is not decided yet, the oldest first."""
    seen = ClockSpan.objects.filter(
        outcome="asked", event__in=events_seen_by(actor).filter(closed_at=None).values("id")
    )
    return seen.select_related("event", "event__matter", "unit", "asked_by").order_by("asked_at", "id")


def remind_from(span: ClockSpan) -> datetime:
    """Return from when the review of something hung up is called to mind."""
    days = clock_policy(span.event)["remind_days"]
    return (span.limit_at or span.asked_at) - timedelta(days=days)


def _run(begun: Track, limit: int, unit: str) -> Run:
    return Run(begun.at, shorter(limit) if begun.step == "reopen" else limit, unit)


def _begun(event: Event) -> Track:
    return Track.objects.filter(event=event, step__in=BEGINS).order_by("-id")[0]


def _as_spans(event: Event, spans: Iterable[ClockSpan] | None) -> Sequence[Span]:
    rows = event.spans.filter(outcome="granted") if spans is None else spans
    return [
        Span(row.kind, row.starts_at, row.ended_at or row.limit_at or row.starts_at, row.hours)
        for row in rows
        if row.outcome == ClockSpan.Outcome.GRANTED and row.starts_at
    ]
