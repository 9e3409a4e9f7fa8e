"""What somebody asked to be done with their data, and what waits at a unit."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from linli.accounts import api as accounts
from linli.trust.models import RightRequest
from linli.trust.models.right import Kind
from linli.trust.queries.rights import visible
from linli.trust.states import rights as states

COPY_OPEN_FOR = timedelta(days=7)


def rights_asked_by(actor: accounts.Actor) -> QuerySet[RightRequest]:
    """Return what a resident asked for, newest first."""
    if actor.kind != "resident" or actor.person_id is None:
        return RightRequest.objects.none()
    rows = RightRequest.objects.filter(account_id=actor.person_id)
    return rows.select_related("unit").prefetch_related("steps").order_by("-asked_at", "-id")


def rights_waiting(actor: accounts.Actor) -> QuerySet[RightRequest]:
    """Return what waits for an answer of this officer's unit, what is due first first."""
    rows = visible(actor, states.ANSWER, RightRequest.objects.filter(ended_at=None))
    return rows.select_related("unit", "account").order_by("due_at", "id")


def open_copy(actor: accounts.Actor, now: datetime) -> RightRequest | None:
    """Return the copy that this resident may open now: theirs, and not older than seven days."""
    return rights_asked_by(actor).filter(kind=Kind.COPY, asked_at__gt=now - COPY_OPEN_FOR, state=states.GRANTED).first()


def of_own_unit(held: accounts.ActorHolding) -> Q:
    """Open the requests that the unit of this holding answers."""
    return Q(unit_id=held.unit_id)
