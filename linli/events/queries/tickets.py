"""Tickets of the hotline: where each stands, from the event and from what was decided toward the platform."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import states
from linli.events.models import Mapping, Ticket, TicketFile
from linli.events.rules import ticket_results as rules
from linli.events.rules.tickets import header_digest
from linli.kernel import api as kernel

PAGE = 50
OVER = Q(event__state__in=states.FINAL) | ~Q(replied_at=None)


def own_file(file_id: UUID, actor: accounts.Actor) -> TicketFile | None:
    """Return a file that this person imported, or None."""
    if actor.person_id is None:
        return None
    return TicketFile.objects.filter(pk=file_id, by_id=actor.person_id).first()


def own_ticket(ticket_id: int, actor: accounts.Actor) -> Ticket | None:
    """Return a ticket of a file that this person imported, or None."""
    rows = Ticket.objects.filter(pk=ticket_id, file__by_id=actor.person_id).exclude(file__by_id=None)
    return rows.select_related("event__lead_unit", "file").first()


def tickets_page(file: TicketFile, cursor: str | None) -> kernel.Page[Ticket]:
    """Return a page of the tickets of a file, in its order."""
    rows = file.tickets.select_related("event__lead_unit")
    return kernel.keyset_page(rows, order=("line", "id"), cursor=cursor, size=PAGE)


def state_of(ticket: Ticket) -> str:
    """Return where a ticket stands toward the platform."""
    if ticket.returned_at:
        return rules.RETURNED
    if ticket.replied_at or ticket.event.state in states.FINAL:
        return rules.ANSWERED
    return rules.ACCEPTED if ticket.accepted_at or ticket.event.accepted_at else rules.RECEIVED


def reply_of(ticket: Ticket) -> str:
    """Return what the platform reads: the words chosen for it, else the answer to the reporter."""
    return ticket.reply or (ticket.event.public_answer if ticket.event.state in states.FINAL else "")


def to_hand_back(file: TicketFile, *, only_new: bool) -> "QuerySet[Ticket]":
    """Return the tickets that go into the file for the platform; with `only_new` those ended since the last one."""
    rows = file.tickets.select_related("event__lead_unit").prefetch_related("event__ratings").order_by("line", "id")
    fresh = Q(handed_back_at=None) | Q(handed_back_at__lt=F("event__closed_at"))  # it may have been opened again
    return rows.filter(OVER, fresh) if only_new else rows


def result_table(tickets: Iterable[Ticket]) -> tuple[list[str], list[list[Any]]]:
    """Return header and rows of the file for the platform."""
    rows = [(ticket, json.loads(ticket.cells.reveal())) for ticket in tickets]
    came = list(dict.fromkeys(name for _ticket, cells in rows for name in cells))
    header, columns = rules.result_header(came, _read_columns(came))
    return header, [rules.result_row(header, cells, columns, _results(ticket)) for ticket, cells in rows]


def _read_columns(header: list[str]) -> list[str]:
    known = Mapping.objects.filter(header_digest=header_digest(header)).first()
    return list(known.columns.values()) if known else []


def _results(ticket: Ticket) -> dict[str, Any]:
    event = ticket.event
    rating = max(event.ratings.all(), key=lambda one: one.id, default=None)
    reason = rules.REASONS.get(ticket.return_reason, "")
    return {
        "number": event.number,
        "state": str(rules.STATES[state_of(ticket)]),
        "unit": event.lead_unit.name,
        "accepted_at": _local(ticket.accepted_at or event.accepted_at),
        "returned": " ".join(part for part in (str(reason), ticket.return_words) if part),
        "reply": "" if ticket.returned_at else reply_of(ticket),
        "done_at": _local(ticket.replied_at or event.closed_at),
        "solved": "" if rating is None else _("yes") if rating.solved else _("no"),
    }


def _local(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else ""
