"""Seeing who reported 查看反映人: with a purpose, written into the ledger in the same transaction as the look."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.events.models import Event, Reporter
from linli.trust import api as trust

REVEAL, DOMAIN = "events.reveal", "events"
GRADE = 3  # of name and telephone, as the dictionary of data elements says


@dataclass(frozen=True)
class Revealed:
    """Name, phone and the words as they were said."""

    name: str
    phone: str
    said: str


class PurposeMissingError(ValueError):
    """A look at a person's data needs a purpose of the register that is one's own; the message is the reason."""


def reveal_purposes(*, by: accounts.Actor, now: datetime) -> list[tuple[str, str]]:
    """Return for what somebody may ask who reported, by code with its words."""
    found = trust.purposes_of(by=by, domain=DOMAIN, now=now, holdings=by.holdings_with(REVEAL))
    return [(one.code.partition(".")[2], str(one.name)) for one in found]


def reveal_reporter(*, event_id: UUID, by: accounts.Actor, purpose: str, now: datetime) -> Revealed:
    """Return who reported an event, the case of this look. `purpose` is one of the register.

    What is graded above the highest grade of the purpose stays masked. Raises NotAllowed and PurposeMissingError.
    """
    with transaction.atomic():
        event = Event.objects.get(pk=event_id)
        trust.require(by, REVEAL, event)
        warrant = _warrant(by, purpose, now)
        whole = warrant.activity.grade >= GRADE
        trust.record(
            by=by, action="reveal", purpose=f"events.{purpose}",
            subjects=[event.reporter_token] if event.reporter_token else [],
            object_kind="event", object_id=str(event.id), case=event.number, now=now,
            elements=["name", "phone", "said"] if whole else ["masked"],
            holding=warrant.holdings[0] if warrant.holdings else None,
        )  # fmt: skip
        reporter = Reporter.objects.filter(event=event).first()
    name, phone = (reporter.name.reveal(), reporter.phone.reveal()) if reporter else ("", "")
    if not whole:
        return Revealed(trust.mask_name(name), trust.mask_phone(phone), event.text)
    return Revealed(name, phone, event.said)


def _warrant(by: accounts.Actor, purpose: str, now: datetime) -> trust.Warrant:
    try:
        return trust.purpose_for(by=by, code=f"{DOMAIN}.{purpose}", now=now, holdings=by.holdings_with(REVEAL))
    except trust.PurposeRefusedError as refused:
        raise PurposeMissingError(str(refused)) from refused
