"""People take posts and leave them."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from linli.accounts import facts
from linli.accounts.actions.tell import tell
from linli.accounts.models import Holding, Person, Post, Unit
from linli.accounts.queries import authority
from linli.accounts.queries.posts import for_residents, post_for_residents
from linli.accounts.rules.actor import Actor
from linli.accounts.rules.offices import offices_of
from linli.accounts.rules.refusals import NoResidentPostError, StaffPostError, TwoOfficesError


@transaction.atomic
def open_holding(
    *,
    person: Person,
    post: Post,
    unit: Unit,
    by: Actor,
    now: datetime,
    division_id: int | None = None,
    grid_id: int | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Holding:
    """Give a person a post in a unit over an area (the unit's own unless named), from today unless said otherwise.

    Raises NotAllowedError where the area is not below the actor's own, StaffPostError for a resident and a post of
    the staff, TwoOfficesError.
    """
    if person.kind == Person.Kind.RESIDENT and not set(post.capabilities) <= for_residents():
        raise StaffPostError
    division_id = unit.division_id if division_id is None else division_id
    _need(by, person, division_id)
    _check_offices(person, post, timezone.localdate(now))
    holding = Holding.objects.create(
        person=person,
        post=post,
        unit=unit,
        division_id=division_id,
        grid_id=grid_id,
        valid_from=valid_from or timezone.localdate(now),
        valid_to=valid_to,
    )
    tell(_opened(holding, by), by=by, now=now)
    return holding


def open_resident_holding(
    *,
    person: Person,
    capability: str,
    unit_id: int,
    by: Actor,
    now: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Holding:
    """Give a resident the post that allows this, over the area of a unit.

    Raises NotAllowedError, NoResidentPostError where no post allows it without what only staff may do.
    """
    post = post_for_residents(capability)
    if post is None:
        raise NoResidentPostError
    unit = Unit.objects.get(pk=unit_id)
    return open_holding(person=person, post=post, unit=unit, by=by, now=now, valid_from=valid_from, valid_to=valid_to)


@transaction.atomic
def end_holding(*, holding: Holding, by: Actor, now: datetime) -> None:
    """End a holding at once: the next request and the next call with one of its keys have it no more."""
    _need(by, holding.person, holding.division_id)
    row = Holding.objects.select_for_update().get(pk=holding.pk)
    if row.ended_at is not None:
        return
    row.ended_at = holding.ended_at = now
    row.save(update_fields=["ended_at"])
    told = facts.HoldingEnded(holding_id=row.pk, person_id=row.person_id, by_person_id=by.person_id)
    tell(told, by=by, now=now)


def _check_offices(person: Person, post: Post, today: date) -> None:
    """Raise TwoOfficesError where the person would be two of system, security and audit administrator."""
    Person.objects.select_for_update().get(pk=person.pk)  # two posts at once wait for one another
    rows = Holding.objects.filter(person=person, ended_at=None, lent_by=None).exclude(valid_to__lt=today)
    held = {code for codes in rows.values_list("post__capabilities", flat=True) for code in codes}
    offices = offices_of(post.capabilities)
    if offices and len(offices | offices_of(held)) > 1:
        raise TwoOfficesError


def _need(by: Actor, person: Person, division_id: int) -> None:
    """Raise NotAllowedError: residents are appointed by who manages accounts, staff by who gives rights."""
    if person.kind == Person.Kind.RESIDENT:
        authority.need_manage(by, division_id=division_id)
    else:
        authority.need_grant(by, division_id=division_id)


def _opened(holding: Holding, by: Actor) -> facts.HoldingOpened:
    return facts.HoldingOpened(
        holding_id=holding.pk,
        person_id=holding.person_id,
        post_code=holding.post.code,
        unit_id=holding.unit_id,
        division_id=holding.division_id,
        valid_from=holding.valid_from,
        by_person_id=by.person_id,
    )
