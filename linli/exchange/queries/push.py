"""Deliveries of changes by grants: which grants have something to do, and what became of the last ones."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.exchange import states
from linli.exchange.models import Grant, Push, PushDelivery

LISTED = 20


def pushes_at_work(now: datetime) -> list[UUID]:
    """Return the grants in force whose changes are delivered and that are not in a pause after a failure."""
    rows = Push.objects.filter(grant__state=states.ACTIVE, grant__opens_at__lte=now, grant__closes_at__gt=now)
    ready = rows.exclude(secret__isnull=True).filter(Q(next_try_at=None) | Q(next_try_at__lte=now))
    return list(ready.order_by("id").values_list("grant_id", flat=True))


def push_of(grant: Grant) -> Push | None:
    """Return how the changes of a grant are delivered; None where they are not."""
    return Push.objects.filter(grant=grant).first()


def last_deliveries(push: Push) -> "QuerySet[PushDelivery]":
    """Return the last deliveries, without what they say."""
    return PushDelivery.objects.filter(push=push).defer("body", "entities").order_by("-sequence")[:LISTED]
