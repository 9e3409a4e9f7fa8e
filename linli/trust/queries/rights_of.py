"""What somebody asked to be done with their data, and what waits at a unit."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.accounts import api as accounts
from linli.trust.models import RightRequest
from linli.trust.models.right import Kind
from linli.trust.queries.looks import Oneself
from linli.trust.queries.rights import visible
from linli.trust.states import rights as states

COPY_OPEN_FOR = timedelta(days=7)


def rights_asked_by(of: Oneself) -> QuerySet[RightRequest]:
    """Return what a resident asked for themselves, or as guardian for this ward, newest first."""
    if of.person_id is None:
        return RightRequest.objects.none()
    rows = RightRequest.objects.filter(account_id=of.person_id, guardianship__isnull=of.ward is None)
    if of.ward is not None:
        rows = rows.filter(subject__in=sorted(of.confirmed))
    return rows.select_related("unit").prefetch_related("steps").order_by("-asked_at", "-id")


def rights_waiting(actor: accounts.Actor) -> QuerySet[RightRequest]:
    """Return what waits for an answer of this officer's unit, what is due first first."""
    rows = visible(actor, states.ANSWER, RightRequest.objects.filter(ended_at=None))
    return rows.select_related("unit", "account").order_by("due_at", "id")


def open_copy(of: Oneself, now: datetime) -> RightRequest | None:
    """Return the copy that this resident may open now: theirs or the ward's, and not older than seven days."""
    return rights_asked_by(of).filter(kind=Kind.COPY, asked_at__gt=now - COPY_OPEN_FOR, state=states.GRANTED).first()


def has_decided(row: RightRequest, actor: accounts.Actor) -> bool:
    """Tell whether somebody, or whom they act in place of, decided first what is objected to now."""
    return bool(actor.persons & set(row.first))


def unit_to_answer(unit_id: int, first: Collection[UUID], *, on: date) -> int:
    """Return the unit that answers: this one, else the next above in which somebody does who had not decided first.

    Where there is none it stays. One query for each unit, none where nobody had decided.
    """
    at: int | None = unit_id if first else None
    while at is not None:
        if any(not one.persons & set(first) for one in accounts.actors_with(states.ANSWER, on=on, unit_ids=[at])):
            return at
        at = accounts.unit(at).parent_id
    return unit_id


def of_own_unit(held: accounts.ActorHolding) -> Q:
    """Open the requests that the unit of this holding answers."""
    return Q(unit_id=held.unit_id)
