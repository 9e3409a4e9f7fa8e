"""The round of a hotline ticket 工单流转: accepted, returned with a reason, answered, and handed back in a file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.accounts import api as accounts
from linli.events.actions.dispatch import reject_event
from linli.events.actions.handle import WordsMissingError
from linli.events.models import Ticket, TicketFile
from linli.events.queries.leaving import IMPORT, own_file_of, tokens_of
from linli.events.queries.tickets import OVER, to_hand_back
from linli.events.rules.ticket_results import CLOSES_AS, REASONS
from linli.trust import api as trust


class UnknownReasonError(ValueError):
    """A ticket is returned with a reason from the list only."""


def accept_tickets(*, file: TicketFile, by: accounts.Actor, now: datetime) -> int:
    """Accept every ticket of a file that is not returned 签收; return how many were accepted now."""
    _need(file, by)
    return file.tickets.filter(accepted_at=None, returned_at=None).update(accepted_at=now)


def return_ticket(*, ticket: Ticket, reason: str, words: str, by: accounts.Actor, now: datetime) -> None:
    """Return a ticket to the platform 退回 with a typed reason and words; its event ends as not taken up.

    Possible while no unit has accepted the event. Raises NotAllowed, StepNotPossibleError, WordsMissingError,
    UnknownReasonError.
    """
    _need(ticket.file, by)
    if reason not in REASONS:
        raise UnknownReasonError(reason)
    if not words.strip():
        raise WordsMissingError(WordsMissingError.sentence)
    with transaction.atomic():
        closes_as = CLOSES_AS.get(reason, reason)
        reject_event(event_id=ticket.event_id, by=by, now=now, reason=closes_as, words=words)
        values = {"returned_at": now, "return_reason": reason, "return_words": words[:500], "handed_back_at": None}
        Ticket.objects.filter(pk=ticket.pk).update(**values)


def reply_ticket(*, ticket: Ticket, words: str, by: accounts.Actor, now: datetime) -> None:
    """Answer the platform in these words 答复, before the event ends or in other words than the reporter's."""
    _need(ticket.file, by)
    if not words.strip():
        raise WordsMissingError(WordsMissingError.sentence)
    with transaction.atomic():
        row = Ticket.objects.select_for_update().get(pk=ticket.pk)
        row.reply, row.replied_at, row.handed_back_at = words, now, None
        row.save(update_fields=["reply", "replied_at", "handed_back_at"])
        _note(ticket.file, by, now, [ticket], action="change", elements=["reply"])


def note_handed_back(*, data: Mapping[str, Any], by: accounts.Actor, now: datetime) -> None:
    """Count those tickets of a file that have ended as handed back, once the file for the platform has left."""
    tickets = to_hand_back(own_file_of(data, by), only_new=data["only_new"])
    Ticket.objects.filter(OVER, pk__in=list(tickets.values_list("pk", flat=True))).update(handed_back_at=now)


def _need(file: TicketFile, by: accounts.Actor) -> None:
    trust.require(by, IMPORT)
    if by.kind != "system" and file.by_id != by.person_id:
        raise trust.NotAllowed(IMPORT)


def _note(
    file: TicketFile, by: accounts.Actor, now: datetime, tickets: list[Ticket], *, action: str, elements: list[str]
) -> None:
    trust.record(
        by=by, action=action, purpose="events.hotline", subjects=tokens_of(tickets),
        object_kind="ticket_file", object_id=file.id, elements=elements, now=now,
    )  # fmt: skip
