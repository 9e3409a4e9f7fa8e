"""What insight does when it hears of an event: mark it anew."""

from collections.abc import Sequence
from typing import Any

from linli.events import facts as events
from linli.insight.actions.refresh import refresh_marks
from linli.kernel import api as kernel
from linli.kernel import facts as journal


@journal.receives(events.EventReported)
def mark_reported(told: Sequence[journal.Delivered[events.EventReported]]) -> None:
    """Count a new event."""
    _mark(told)


@journal.receives(events.EventDispatched)
def mark_dispatched(told: Sequence[journal.Delivered[events.EventDispatched]]) -> None:
    """Count an event for the unit that has it now."""
    _mark(told)


@journal.receives(events.EventMoved)
def mark_moved(told: Sequence[journal.Delivered[events.EventMoved]]) -> None:
    """Count what the step changed."""
    _mark(told)


@journal.receives(events.EventRated)
def mark_rated(told: Sequence[journal.Delivered[events.EventRated]]) -> None:
    """Count the reporter's answer."""
    _mark(told)


@journal.receives(events.ReporterCalledBack)
def mark_called(told: Sequence[journal.Delivered[events.ReporterCalledBack]]) -> None:
    """Count what was said on the telephone."""
    _mark(told)


def _mark(told: Sequence[journal.Delivered[Any]]) -> None:
    refresh_marks(event_ids=[one.fact.event_id for one in told], now=kernel.now())
