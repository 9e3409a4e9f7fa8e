"""What would leave in files of events 导出: the list as somebody sees it, tickets for the platform, rejected rows."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events.models import Ticket, TicketFile
from linli.events.queries.inbox import DUE, InboxFilter, narrowed
from linli.events.queries.tickets import result_table, to_hand_back
from linli.events.rules.spreadsheets import EVENT_COLUMNS, event_rows
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust import slots as trust_slots

LIST, RESULTS, REJECTED = "events.list", "events.results", "events.rejected"
EXPORT, IMPORT, PURPOSE = "events.export", "events.import", "events.hotline"
MOST_ROWS, MOST_SUBJECTS = 20_000, 1000
OF_EVENTS = trust.Grade.GENERAL_2  # places and titles; no reporters
OF_CALLERS = trust.Grade.GENERAL_3  # names and telephones


def as_data(wanted: InboxFilter) -> dict[str, Any]:
    """Return how a list is narrowed as data that can be kept sealed."""
    return asdict(wanted) | {"day": wanted.day.isoformat() if wanted.day else None}


def list_leaving(*, data: Mapping[str, Any], by: accounts.Actor, now: datetime) -> trust_slots.Leaving:
    """Return the lines of the list that somebody sees, without reporters and texts, at most 20,000 of them."""
    trust.require(by, EXPORT)
    wanted = InboxFilter(**{**data, "day": date.fromisoformat(data["day"]) if data["day"] else None})
    rows = narrowed(actor=by, wanted=wanted, now=now).order_by(*DUE).values(*EVENT_COLUMNS)[:MOST_ROWS]
    heading, *lines = event_rows(rows)
    return trust_slots.Leaving(
        name="events", heading=heading, lines=lines, subjects=[], elements=list(EVENT_COLUMNS), grades=[OF_EVENTS],
        purpose=EXPORT, object_kind="event_list",
    )  # fmt: skip


def results_leaving(*, data: Mapping[str, Any], by: accounts.Actor) -> trust_slots.Leaving:
    """Return the lines of a file for the platform: its columns as they came, filled and added to."""
    file = own_file_of(data, by)
    tickets = list(to_hand_back(file, only_new=data["only_new"]))
    header, rows = result_table(tickets)
    return trust_slots.Leaving(
        name="results", heading=header, lines=[[kernel.safe_cell(str(value)) for value in row] for row in rows],
        subjects=tokens_of(tickets), elements=header, grades=[OF_CALLERS], purpose=PURPOSE, object_kind="ticket_file",
        object_id=str(file.pk),
    )  # fmt: skip


def rejected_leaving(*, data: Mapping[str, Any], by: accounts.Actor) -> trust_slots.Leaving:
    """Return the rows that were not taken: line and reason, then the original columns."""
    file = own_file_of(data, by)
    rows = [(row.line, row.reason, json.loads(row.content.reveal())) for row in file.rejected_rows.order_by("line")]
    columns = list(rows[0][2]) if rows else []
    lines = [
        [line, reason, *(kernel.safe_cell(cells.get(column, "")) for column in columns)] for line, reason, cells in rows
    ]
    return trust_slots.Leaving(
        name="rejected", heading=[_("Line"), _("Why it was not imported"), *columns], lines=lines, subjects=[],
        elements=columns, grades=[OF_CALLERS], purpose=PURPOSE, object_kind="ticket_file", object_id=str(file.pk),
    )  # fmt: skip


def own_file_of(data: Mapping[str, Any], by: accounts.Actor) -> TicketFile:
    """Return a file of the hotline that somebody brought. Raises NotAllowed."""
    trust.require(by, IMPORT)
    file = TicketFile.objects.filter(pk=data["file"]).first()
    if file is None or (by.kind != "system" and file.by_id != by.person_id):
        raise trust.NotAllowed(IMPORT)
    return file


def tokens_of(tickets: list[Ticket]) -> list[str]:
    """Return the tokens of who reported, at most a thousand."""
    return sorted({one.event.reporter_token for one in tickets if one.event.reporter_token})[:MOST_SUBJECTS]
