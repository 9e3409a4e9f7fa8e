"""Pauses, suspensions, extensions and hang-ups 暂停、中止、延期、挂账: asked, decided, ended, reviewed; all kept."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.events.actions.handle import WordsMissingError
from linli.events.actions.hold import hold, let_go
from linli.events.actions.step import append, locked, take_step
from linli.events.models import ClockSpan, Event
from linli.events.queries.clocks import clock_policy, handle_due_of, remind_from
from linli.events.rules.holds import (
    AskedAlreadyError,
    HeldAlreadyError,
    LimitError,
    NoMoreError,
    NotHeldError,
    NothingAskedError,
    OverdueError,
    OwnQuestionError,
)
from linli.regions import api as regions
from linli.trust import api as trust

Kind = ClockSpan.Kind
MOST = {
    Kind.PAUSE: "pause_days",
    Kind.SUSPEND: "suspend_days",
    Kind.EXTEND: "extend_hours",
    Kind.HANG_UP: "hang_up_days",
}
MEASURED = {Kind.EXTEND: "hours", Kind.HANG_UP: "review"}
TOGETHER = 200


def pause_event(*, event_id: UUID, by: accounts.Actor, now: datetime, words: str, days: int) -> Event:
    """Stop the clock while the reporter must answer, for at most `days` working days. Then it goes on by itself."""
    with transaction.atomic():
        event = _free(event_id, by, words)
        _within(event, Kind.PAUSE, days)
        if event.handle_due <= now:
            raise OverdueError
        span = _span(event, Kind.PAUSE, by, now, words, days)
        span.outcome, span.starts_at = ClockSpan.Outcome.GRANTED, now
        span.limit_at = regions.add_working(now, days=days)
        span.save()
        return take_step(
            event_id=event_id, step="pause", by=by, now=now, words=words, public=True, changes=hold(event, span)
        )


def ask_for_time(*, event_id: UUID, by: accounts.Actor, now: datetime, kind: str, words: str, amount: int) -> Event:
    """Ask the centre for a suspension (working days), an extension (working hours) or to hang up (days to review)."""
    wanted = Kind(kind)
    with transaction.atomic():
        event = (_known if wanted == Kind.EXTEND else _free)(event_id, by, words)
        _within(event, wanted, amount)
        if event.spans.filter(outcome=ClockSpan.Outcome.ASKED).exists():
            raise AskedAlreadyError
        granted = event.spans.filter(outcome=ClockSpan.Outcome.GRANTED, kind=Kind.EXTEND).count()
        if wanted == Kind.EXTEND and granted >= clock_policy(event)["extensions"]:
            raise NoMoreError
        _span(event, wanted, by, now, words, amount).save()
        data = {"kind": wanted.value, "amount": amount}
        return take_step(event_id=event_id, step="ask_clock", by=by, now=now, words=words, data=data)


def decide_time(*, event_id: UUID, by: accounts.Actor, now: datetime, granted: bool, words: str = "") -> Event:
    """Grant or refuse what a unit asked for; not by who asked."""
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, "events.dispatch", event)
        span = event.spans.filter(outcome=ClockSpan.Outcome.ASKED).first()
        if span is None:
            raise NothingAskedError
        if span.asked_by_id in by.persons:
            raise OwnQuestionError
        if not granted and not words.strip():
            raise WordsMissingError
        if granted and event.held and span.kind != Kind.EXTEND:
            raise HeldAlreadyError
        span.decided_by_id, span.decided_at, span.answer = by.person_id, now, words
        changes = _granted(event, span, now) if granted else _refused(span)
        data = {"kind": span.kind, "amount": span.amount, "granted": granted}
        return take_step(
            event_id=event_id, step="decide_clock", by=by, now=now, words=words, data=data, changes=changes
        )


def resume_event(*, event_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> Event:
    """Let the clock go on before the limit: the reporter answered, the reason is gone, or it comes back to work."""
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, "events.handle", event)
        if not event.held or event.held == Kind.OBJECTION:
            raise NotHeldError
        return take_step(event_id=event_id, step="resume", by=by, now=now, words=words, public=True)


def review_hang_up(*, event_id: UUID, by: accounts.Actor, now: datetime, words: str, days: int) -> Event:
    """Look at something hung up again and leave it there until a new date of review, so many days from now."""
    with transaction.atomic():
        event = _known(event_id, by, words, "events.dispatch")
        if event.held != Kind.HANG_UP:
            raise NotHeldError
        _within(event, Kind.HANG_UP, days)
        let_go(event, at=now)
        span = _span(event, Kind.HANG_UP, by, now, words, days)
        span.decided_by_id, span.decided_at = by.person_id, now
        changes = _granted(event, span, now)
        return take_step(
            event_id=event_id, step="review", by=by, now=now, words=words, data={"amount": days}, changes=changes
        )


def tend_clocks(*, now: datetime) -> tuple[int, int]:
    """End what has reached its limit, and call reviews to mind. Returns how many of each."""
    return _end_passed(now), _remind(now)


def _end_passed(now: datetime) -> int:
    ended = 0
    while True:
        with transaction.atomic():
            events = Event.objects.select_for_update(skip_locked=True, of=("self",)).filter(held_until__lte=now)
            batch = list(events.exclude(held="").order_by("held_until")[:TOGETHER])
            for event in batch:
                data = {"kind": event.held, "by_limit": True}
                take_step(event_id=event.id, step="resume", by=accounts.SYSTEM, now=now, public=True, data=data)
            ended += len(batch)
        if not batch:
            return ended


def _remind(now: datetime) -> int:
    rows = ClockSpan.objects.select_related("event").select_for_update(skip_locked=True, of=("self",))
    with transaction.atomic():
        running = rows.filter(kind=Kind.HANG_UP, outcome="granted", ended_at=None, reminded_at=None)
        due = [span for span in running if remind_from(span) <= now]
        for span in due:
            span.reminded_at = now
            span.save(update_fields=["reminded_at"])
            until = span.limit_at.isoformat() if span.limit_at else ""
            append(span.event, step="review_due", by=accounts.SYSTEM, now=now, data={"until": until})
    return len(due)


def _granted(event: Event, span: ClockSpan, now: datetime) -> dict[str, object]:
    span.outcome, span.starts_at = ClockSpan.Outcome.GRANTED, now
    if span.kind == Kind.EXTEND:
        span.hours = span.amount
        span.save()
        return {"handle_due": handle_due_of(event)}
    days = span.amount
    span.limit_at = now + timedelta(days=days) if span.kind == Kind.HANG_UP else regions.add_working(now, days=days)
    span.save()
    return hold(event, span)


def _refused(span: ClockSpan) -> dict[str, object]:
    span.outcome = ClockSpan.Outcome.REFUSED
    span.save()
    return {}


def _known(event_id: UUID, by: accounts.Actor, words: str, capability: str = "events.handle") -> Event:
    event = locked(event_id)
    trust.require(by, capability, event)
    if not words.strip():
        raise WordsMissingError
    return event


def _free(event_id: UUID, by: accounts.Actor, words: str) -> Event:
    event = _known(event_id, by, words)
    if event.held:
        raise HeldAlreadyError
    return event


def _within(event: Event, kind: ClockSpan.Kind, amount: int) -> None:
    most = clock_policy(event)[MOST[kind]]
    if not 0 < amount <= most:
        raise LimitError(most, MEASURED.get(kind, "days"))


def _span(  # noqa: PLR0917  private: one row with all that is known of it
    event: Event, kind: ClockSpan.Kind, by: accounts.Actor, now: datetime, words: str, amount: int
) -> ClockSpan:
    return ClockSpan(
        event=event, kind=kind, outcome=ClockSpan.Outcome.ASKED, words=words, amount=amount,
        unit_id=event.lead_unit_id, asked_by_id=by.person_id, asked_at=now,
    )  # fmt: skip
