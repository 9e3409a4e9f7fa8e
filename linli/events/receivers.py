"""What events does when it hears a fact: keep the search index, and tell the reporter."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from linli.events import facts
from linli.events.actions.index import index_events
from linli.kernel import facts as journal


@journal.receives(facts.EventReported)
def index_reported(told: Sequence[journal.Delivered[facts.EventReported]]) -> None:
    """Make new events findable."""
    index_events(event_ids=_ids(one.fact.event_id for one in told))


@journal.receives(facts.EventDispatched)
def index_dispatched(told: Sequence[journal.Delivered[facts.EventDispatched]]) -> None:
    """Make events findable for the unit that has them now."""
    index_events(event_ids=_ids(one.fact.event_id for one in told))


def _ids(ids: Iterable[UUID]) -> list[UUID]:
    return list(dict.fromkeys(ids))
