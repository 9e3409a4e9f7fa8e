"""Looking at an event 查看事件: whoever reads what somebody reported leaves a line in the ledger."""

from datetime import datetime

from django.db import transaction

from linli.accounts import api as accounts
from linli.events.actions.step import note
from linli.events.queries.case import Case, case

SHOWN = ("text", "masked")


def look_at_case(*, number: str, by: accounts.Actor, now: datetime) -> Case | None:
    """Return the event as an officer may see it, or None; the look is recorded with it."""
    with transaction.atomic():
        found = case(number=number, actor=by)
        if found is not None:
            note(found.event, by=by, now=now, elements=SHOWN, action="read")
    return found
