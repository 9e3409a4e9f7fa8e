"""What insight does when it hears of an event: mark it anew."""

from collections.abc import Sequence
from typing import Any

from linli.events import facts as events
from linli.insight.actions.refresh import refresh_marks
from linli.kernel import api as kernel
from linli.kernel import facts as journal


@journal.receives(
    events.EventReported,
    events.EventDispatched,
    events.EventMoved,
    events.EventRated,
    events.ReporterCalledBack,
)
def mark(told: Sequence[journal.Delivered[Any]]) -> None:
    """Count what is new or has changed: an event once, however many facts of a batch speak of it."""
    refresh_marks(event_ids=[one.fact.event_id for one in told], now=kernel.now())
