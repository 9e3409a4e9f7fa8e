"""A list of events leaves as a file: exactly the filtered list, counted, and written into the ledger."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.accounts import api as accounts
from linli.events.queries.inbox import DUE, InboxFilter, narrowed
from linli.events.rules.spreadsheets import EVENT_COLUMNS, event_rows
from linli.trust import api as trust

MOST_ROWS = 20_000


def export_events(*, wanted: InboxFilter, by: accounts.Actor, now: datetime) -> Iterator[list[Any]]:
    """Return the lines of the list that somebody sees, without reporters and texts, at most 20,000 of them."""
    trust.require(by, "events.export")
    rows = list(narrowed(actor=by, wanted=wanted, now=now).order_by(*DUE).values(*EVENT_COLUMNS)[:MOST_ROWS])
    with transaction.atomic():
        trust.record(
            by=by, action="export", purpose="events.export", subjects=[], object_kind="event_list",
            object_id=f"{len(rows)} rows", elements=list(EVENT_COLUMNS), now=now,
        )  # fmt: skip
    return event_rows(rows)
