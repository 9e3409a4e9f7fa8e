"""Tags that were made for an event end with it, and come back when it is opened again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from linli.accounts import api as accounts
from linli.events.models import Event
from linli.registry import api as registry

OCCASION = "event"


def settle_tags(*, event_ids: Sequence[UUID], now: datetime) -> None:
    """Bring the tags of these events in line with whether the events go on. Twice is the same as once."""
    rows = list(Event.objects.filter(pk__in=event_ids).only("id", "closed_at", "state"))
    for is_open, settle in ((False, registry.end_occasions), (True, registry.resume_occasions)):
        keys = [str(row.id) for row in rows if row.is_open is is_open]
        if keys:
            settle(occasion=OCCASION, keys=keys, by=accounts.SYSTEM, now=now)
