"""Tells what was done to accounts and rights: as a fact, and to the logs that write it down in the same transaction."""

from datetime import datetime

from linli.accounts import slots
from linli.accounts.rules.actor import Actor
from linli.kernel import facts as journal


def tell(told: journal.Fact, *, by: Actor, now: datetime) -> None:
    """Publish the fact and have it written down, within the transaction of the change."""
    journal.publish(told, now=now)
    for log in slots.logs.all():
        log.note(told, by=by, now=now)
