"""The one gate through which an open event changes: may? → lock → state table → append → ledger → fact."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import facts, states
from linli.events.actions.hold import change_of, ends_hold, let_go, overtake, overtakes
from linli.events.actions.stages import keep_stages
from linli.events.models import Event, Part, Track
from linli.events.queries.holding import refuse_while_held
from linli.events.queries.policies import rise_of
from linli.events.queries.use_questions import is_barred
from linli.events.rules.refusals import RefusedError
from linli.kernel import facts as journal
from linli.trust import api as trust

PURPOSE = "events.handling"
WHILE_FREE = frozenset({"submit", "close"})  # steps that nothing unfinished may hold


class OwnLookError(RefusedError):
    """The event asks about what this very person did."""

    sentence = _("This asks about your own look at somebody's data, so a colleague must see to it.")


def take_step(
    *,
    event_id: UUID,
    step: str,
    by: accounts.Actor,
    now: datetime,
    words: str = "",
    public: bool = False,
    data: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    capability: str | None = None,
) -> Event:
    """Take one step of the state table and return the event after it.

    `changes` are set on the head row. Raises trust's NotAllowed, `states.StepNotPossibleError`, and HeldError where
    the event would be submitted or closed over an open task.
    """
    with transaction.atomic():
        event = locked(event_id)
        trust.require(by, capability or states.STEPS[step].capability, event)
        if is_barred(event, by):
            raise OwnLookError
        before, after, held = event.state, states.after(step, event.state), event.held
        if step in WHILE_FREE:
            refuse_while_held(event)
        changes = {**(let_go(event, at=now) if ends_hold(step, after) else {}), **(changes or {})}
        for field, value in changes.items():
            setattr(event, field, value)
        event.state = after
        event.escalate_due = rise.at if (rise := rise_of(event)) else None
        event.save(update_fields=["state", "escalate_due", *changes])
        if overtakes(step, before, after):
            overtake([event.id], now)
        if "closed_at" in changes:
            Part.objects.filter(event=event).update(is_open=event.is_open)
        append(event, step=step, by=by, now=now, words=words, public=public, data=data, before=before)
        if event.stage_due or {"handle_due", "closed_at"} & set(changes):
            keep_stages(event, now=now)
        note(event, by=by, now=now, elements=[step])
        journal.publish(facts.EventMoved(event_id=event.id, step=step, state=after), now=now)
        if change := change_of(step, held, changes):
            until = event.held_until or event.handle_due
            journal.publish(facts.ClockChanged(event_id=event.id, change=change, why=event.held, until=until), now=now)
    return event


def append(
    event: Event,
    *,
    step: str,
    by: accounts.Actor,
    now: datetime,
    words: str = "",
    public: bool = False,
    data: Mapping[str, Any] | None = None,
    before: str = "",
) -> Track:
    """Append one row to the timeline."""
    return Track.objects.create(
        event=event,
        at=now,
        step=step,
        before=before or event.state,
        after=event.state,
        by_id=by.person_id,
        by_name=by.name,
        unit_id=unit_of(by, event),
        text=words,
        is_public=public,
        data=dict(data or {}),
    )


def note(event: Event, *, by: accounts.Actor, now: datetime, elements: Sequence[str], action: str = "change") -> None:
    """Write the use of an event's data into the ledger."""
    trust.record(
        by=by,
        action=action,
        purpose=PURPOSE,
        subjects=[event.reporter_token] if event.reporter_token else [],
        object_kind="event",
        object_id=str(event.id),
        elements=list(elements),
        now=now,
    )


def leaf_of(event: Event, what: str, now: datetime) -> trust.Leaf:
    """Return what `note` writes, for what a clock did: entries of many events are written at once."""
    return trust.compose(
        by=accounts.SYSTEM, action="change", purpose=PURPOSE,
        subjects=[event.reporter_token] if event.reporter_token else [], object_kind="event", object_id=event.id,
        elements=[what], now=now,
    )  # fmt: skip


def locked(event_id: UUID) -> Event:
    """Return the head row, locked until the transaction ends. Raises Event.DoesNotExist."""
    return Event.objects.select_for_update(of=("self",)).get(pk=event_id)


def unit_of(by: accounts.Actor, event: Event) -> int | None:
    """Return the unit for which somebody acts: the lead unit if they belong to it, else their first."""
    units = [holding.unit_id for holding in by.holdings]
    if event.lead_unit_id in units:
        return event.lead_unit_id
    return units[0] if units else None
