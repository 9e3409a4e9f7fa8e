"""Seeing who reported 查看反映人: with a purpose, written into the ledger in the same transaction as the look."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.events.models import Event, Reporter
from linli.trust import api as trust

PURPOSES = ("contact_reporter", "verify_on_site", "answer_reporter", "call_back")


@dataclass(frozen=True)
class Revealed:
    """Name, phone and the words as they were said."""

    name: str
    phone: str
    said: str


class PurposeMissingError(ValueError):
    """A look at a person's data needs a purpose from the list."""


def reveal_reporter(*, event_id: UUID, by: accounts.Actor, purpose: str, now: datetime) -> Revealed:
    """Return who reported an event. `purpose` is one of PURPOSES. Raises NotAllowed and PurposeMissingError."""
    if purpose not in PURPOSES:
        raise PurposeMissingError(purpose)
    with transaction.atomic():
        event = Event.objects.get(pk=event_id)
        trust.require(by, "events.reveal", event)
        trust.record(
            by=by, action="reveal", purpose=f"events.{purpose}",
            subjects=[event.reporter_token] if event.reporter_token else [],
            object_kind="event", object_id=str(event.id), elements=["name", "phone", "said"], case=event.number,
            now=now,
        )  # fmt: skip
        reporter = Reporter.objects.filter(event=event).first()
    name, phone = (reporter.name.reveal(), reporter.phone.reveal()) if reporter else ("", "")
    return Revealed(name, phone, event.said)
