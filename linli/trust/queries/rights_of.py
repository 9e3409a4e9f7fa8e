"""What somebody asked to be done with their data, and what waits at a unit."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.trust.models import RightRequest
from linli.trust.models.right import Kind
from linli.trust.queries.looks import Oneself
from linli.trust.queries.rights import visible
from linli.trust.states import rights as states

OFFICES = frozenset({"street", "centre"})
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
    units = [unit_id, *units_above(unit_id)] if first else []
    return next((one for one in units if _somebody_else(one, first, on)), unit_id)


def units_above(unit_id: int) -> list[int]:
    """Return the units above one, the nearest first: those it belongs to, then the offices of the areas it lies in."""
    known = {one.id: one for one in accounts.units() if one.is_open}
    found, at = [unit_id], known[unit_id].parent_id if unit_id in known else None
    while at in known and at not in found:
        found.append(at)
        at = known[at].parent_id
    for area in reversed(regions.division(accounts.unit(unit_id).division_id).path):
        found += [one.id for one in known.values() if one.division_id == area and one.kind in OFFICES]
    return list(dict.fromkeys(found))[1:]


def _somebody_else(unit_id: int, first: Collection[UUID], on: date) -> bool:
    able = accounts.actors_with(states.ANSWER, on=on, unit_ids=[unit_id])
    return any(not one.persons & set(first) for one in able)


def of_own_unit(held: accounts.ActorHolding) -> Q:
    """Open the requests that the unit of this holding answers."""
    return Q(unit_id=held.unit_id)
