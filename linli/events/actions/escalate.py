"""Escalation 升级: one sweep finds what is overdue, oldest first, and lets it rise by one level. Upward only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db import connection, transaction

from linli.accounts import api as accounts
from linli.events import facts, states
from linli.events.actions.alarm import keep_dead_ends
from linli.events.actions.hold import overtake
from linli.events.actions.step import leaf_of
from linli.events.models import Event, Part
from linli.events.models.event import OPEN
from linli.events.queries.policies import ladder_at, rise_of
from linli.events.queries.rising import AGAIN, dead_end, rise_target, staffed_units
from linli.events.rules.escalation import Ladder, Level, NextRise
from linli.events.rules.standards import Problem
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.trust import api as trust

Row = dict[str, Any]
TOGETHER = 1000
LOADED = (
    "id", "number", "state", "level", "level_since", "lead_unit_id", "grid_id", "community_id", "street_id",
    "county_id", "grade", "accept_due", "handle_due", "reported_at", "closed_at", "why", "reporter_token",
    "handler_id", "accepted_at", "escalate_due",
)  # fmt: skip


@dataclass(frozen=True)
class Swept:
    """How many events rose, and how many were looked at."""

    escalated: int
    looked_at: int


@dataclass(frozen=True)
class _Rising:
    """One event with where it goes."""

    event: Event
    rise: NextRise
    level: Level
    unit_id: int
    ladder: Ladder


def sweep_overdue(*, now: datetime) -> Swept:
    """Let every event that is overdue rise, oldest first, until none is left; several sweeps may run at once.

    What has nowhere to rise stays where it is, raises an alarm, and is looked at again every hour.
    """
    staffed = staffed_units(now)
    escalated = looked_at = 0
    stuck: dict[str, Problem] = {}
    while True:
        with transaction.atomic():
            events = _due(now)
            if not events:
                break
            escalated += _sweep(events, staffed, stuck, now)
            looked_at += len(events)
    keep_dead_ends(stuck.values(), now=now)
    return Swept(escalated, looked_at)


def _due(now: datetime) -> Sequence[Event]:
    """Return the next events to look at, locked, past those that another sweep or a person holds."""
    waiting = Event.objects.filter(OPEN, escalate_due__lte=now).select_for_update(skip_locked=True, of=("self",))
    return list(waiting.only(*LOADED).order_by("escalate_due", "id")[:TOGETHER])


def _sweep(events: Sequence[Event], staffed: frozenset[int], stuck: dict[str, Problem], now: datetime) -> int:
    rising, waiting = [], []
    for event in events:
        ladder = ladder_at(event.reported_at)
        rise = rise_of(event, ladder)
        if rise is None or rise.at > now:
            event.escalate_due = rise.at if rise else None
            waiting.append(event)
        elif target := rise_target(event, rise, ladder, staffed):
            rising.append(_Rising(event, rise, *target, ladder))
        else:
            event.escalate_due = now + AGAIN
            waiting.append(event)
            problem = dead_end(rise, ladder)
            stuck[problem.subject] = problem
    Event.objects.bulk_update(waiting, ["escalate_due"])
    if rising:
        _raise(rising, now)
    return len(rising)


def _raise(rising: Sequence[_Rising], now: datetime) -> None:
    """Write down what rose: head row, escalation, timeline, helper, ledger and fact, each for all at once."""
    escalations = [_escalation(one, now) for one in rising]
    before = [(one.event.state, one.event.lead_unit_id) for one in rising]
    for one in rising:
        _change(one, now)
    _save([one.event for one in rising], now)
    _append("events_escalation", escalations)
    _append("events_track", [_track(one, *was, now) for one, was in zip(rising, before, strict=True)])
    Part.objects.bulk_create(
        [
            Part(event=one.event, unit_id=unit, since=now)
            for one, (_, unit) in zip(rising, before, strict=True)
            if unit != one.unit_id
        ],
        ignore_conflicts=True,
    )
    overtake([one.event.id for one in rising], now)
    trust.record_all([leaf_of(one.event, "escalate", now) for one in rising])
    journal.publish_all([_fact(one, unit) for one, (_state, unit) in zip(rising, before, strict=True)], now=now)


def _escalation(one: _Rising, now: datetime) -> Row:
    return {
        "id": kernel.uuid7(), "event_id": one.event.id, "from_level": one.rise.rank, "to_level": one.level.rank,
        "from_unit_id": one.event.lead_unit_id, "to_unit_id": one.unit_id, "clock": one.rise.rule.clock,
        "due": one.rise.due, "at": now, "policy_number": one.ladder.number,
    }  # fmt: skip


def _change(one: _Rising, now: datetime) -> None:
    """Change the head row: the unit of the next level has it and must accept it."""
    event = one.event
    names = {"from": accounts.unit(event.lead_unit_id).name, "unit": accounts.unit(one.unit_id).name}
    event.why = [*event.why, {"kind": "escalated", "level": one.level.name, **names}]
    event.state = states.after(_step(event.state), event.state)
    event.lead_unit_id = one.unit_id
    event.level, event.level_since = one.level.rank, now
    event.handler_id = event.accepted_at = None
    following = rise_of(event, one.ladder)
    event.escalate_due = following.at if following else None


def _step(state: str) -> str:
    """Return the step of the table: what nobody has yet stays with those who assign."""
    return "raise" if state == states.SCREENING else "escalate"


def _save(events: Sequence[Event], now: datetime) -> None:
    """Save the changed head rows in one statement."""
    rows = [
        {"id": event.id, "state": event.state, "unit": event.lead_unit_id, "level": event.level,
         "due": event.escalate_due, "why": event.why}
        for event in events
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE events_event e SET state = n.state, lead_unit_id = n.unit, level = n.level, level_since = %s,"
            " escalate_due = n.due, why = n.why, handler_id = NULL, accepted_at = NULL"
            " FROM jsonb_to_recordset(%s::jsonb)"
            " AS n(id uuid, state text, unit bigint, level smallint, due timestamptz, why jsonb) WHERE e.id = n.id",
            [now, orjson.dumps(rows).decode()],
        )


def _append(table: str, rows: Sequence[Row]) -> None:
    """Append rows to one of our tables in one document: ten thousand models would cost half of the sweep."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)",  # noqa: S608
            [orjson.dumps(rows).decode()],
        )


def _track(one: _Rising, before: str, from_unit: int, now: datetime) -> Row:
    data = {
        "from": accounts.unit(from_unit).name,
        "unit": accounts.unit(one.unit_id).name,
        "level": one.level.name,
        "clock": one.rise.rule.clock,
    }
    return {
        "id": kernel.uuid7(), "event_id": one.event.id, "at": now, "step": _step(before), "before": before,
        "after": one.event.state, "by_id": None, "by_name": accounts.SYSTEM.name, "unit_id": one.unit_id, "text": "",
        "is_public": from_unit != one.unit_id, "data": data,
    }  # fmt: skip


def _fact(one: _Rising, from_unit: int) -> facts.EventEscalated:
    return facts.EventEscalated(
        event_id=one.event.id,
        number=one.event.number,
        level=one.level.rank,
        from_unit_id=from_unit,
        unit_id=one.unit_id,
    )
