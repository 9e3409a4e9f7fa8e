"""Webhooks: the kinds of messages, which events they are about, and what they say."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

TEST, HOT = "test", "hot.issue.found"
KINDS = {
    "event.reported": _("reported: somebody reported something"),
    "event.dispatched": _("dispatched: another unit or matter"),
    "event.moved": _("moved: any step that changes the state"),
    "event.closed": _("closed, with its reason"),
    "event.reopened": _("opened again by the reporter"),
    "event.rated": _("rated by the reporter"),
    "event.escalated": _("escalated: overdue, a higher level has it"),
    "stage.missed": _("stage missed: a stage of the limit is late"),
    "clock.changed": _("clock: stopped, going on, or extended"),
    "event.objected": _("objection raised: the unit says that it is another's"),
    "objection.decided": _("objection decided: it moved or stayed"),
    "task.given": _("task given to a unit"),
    "task.answered": _("task answered by the unit"),
    "task.ended": _("task signed off or withdrawn"),
    "whistle.blown": _("whistle blown: units called to the scene"),
    "whistle.responded": _("whistle answered: a unit came or answered"),
    "event.supervised": _("supervision note given"),
    "supervision.answered": _("supervision note answered"),
    "events.linked": _("linked: merged, part of, same or related"),
    "events.unlinked": _("link ended, such as split again"),
    "source.raised": _("source raised: one matter recurs at one place"),
    HOT: _("hot issue found: many people report one thing"),
}
FROM_FACT = (
    "step", "state", "reason", "solved", "satisfied", "level", "change", "why", "until", "moved", "task_id", "due",
    "done", "stage_id", "whistle_id", "arrived", "late", "note_id", "due_at", "link", "causes",
)  # fmt: skip
ASKED = {
    "event.objected": "office_id",
    "task.given": "unit_id",
    "task.answered": "unit_id",
    "task.ended": "unit_id",
    "whistle.blown": "unit_ids",
    "whistle.responded": "unit_id",
    "event.supervised": "unit_id",
    "supervision.answered": "unit_id",
}
"""Which field of a fact names the units it is about, where those are not the lead unit."""


def kind_of(fact_kind: str) -> str:
    """Return what a fact is called in messages: `events.EventClosed` is `event.closed`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", ".", fact_kind.rpartition(".")[2]).lower()


def events_of(fact: Any) -> tuple[UUID, ...]:
    """Return the events that a fact is about, one message for each; none for a hot issue."""
    several: tuple[UUID, ...] = getattr(fact, "event_ids", ())
    return several or ((fact.event_id,) if hasattr(fact, "event_id") else ())


def asked_of(kind: str, fact: Any) -> tuple[int, ...]:
    """Return the units a fact is about where those are not the lead unit."""
    found = getattr(fact, ASKED[kind]) if kind in ASKED else ()
    return tuple(found) if isinstance(found, tuple) else (found,)


def message_id(fact_id: UUID, event_id: UUID, several: int) -> UUID:
    """Return the id under which a fact is told of an event: its own, or one for each of several events."""
    return fact_id if several == 1 else uuid5(fact_id, str(event_id))


def message(kind: str, told_at: datetime, fact: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a message. Of the fact only plain marks are taken: no words, names or places of people."""
    marks = {name: _plain(fact[name]) for name in FROM_FACT if name in fact}
    return {"type": kind, "timestamp": told_at.isoformat(timespec="milliseconds"), "data": {**about, **marks}}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
