"""Who acts in a request, and what a person may do on a day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import DateField, DateTimeField, Q, QuerySet, UUIDField
from django.http import HttpRequest
from django.utils import timezone

from linli.accounts.models import Holding, Person
from linli.accounts.queries.posts import for_residents
from linli.accounts.rules.actor import GUEST, Actor, ActorHolding
from linli.kernel import api as kernel

_CACHED = "linli_actor"
ACTING = "accounts.acting"  # where a session keeps the holding in which somebody acts in place of another


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request: one query the first time, none after. An API key wins over a session."""
    actor = getattr(request, _CACHED, None)
    if actor is None:
        actor = _signed_in(request)
        remember_actor(request, actor)
    return actor


def actor_for(person: Person, *, on: date, at: datetime | None = None) -> Actor:
    """Return the person with the posts held on that local day, at that moment, own and covered. Disabled: a guest.

    A resident with a post, such as a volunteer, stays a resident and may do only what is open to residents.
    """
    if not person.is_active:
        return GUEST
    held = _HELD.rows(person=person.pk, day=on) if at is None else _HELD_AT.rows(person=person.pk, day=on, at=at)
    holdings = tuple(_as_actor_holding(row) for row in held)
    if person.kind == Person.Kind.RESIDENT:
        return Actor(
            person_id=person.pk, name=person.name, kind="resident", phone_token=person.phone_token,
            holdings=tuple(_as_resident_holding(holding) for holding in holdings),
        )  # fmt: skip
    return Actor(person_id=person.pk, name=str(person), kind="staff", holdings=holdings)


def actor_in(holding_id: UUID, *, on: date, at: datetime | None = None) -> Actor | None:
    """Return who acts in one holding alone then; None when it has ended or the person is disabled."""
    row = holdings_on(on, at=at).filter(pk=holding_id, person__is_active=True).select_related("person").first()
    if row is None:
        return None
    return Actor(person_id=row.person_id, name=str(row.person), kind="staff", holdings=(_as_actor_holding(row),))


def actors_with(capability: str, *, on: date, unit_ids: Iterable[int] | None = None) -> list[Actor]:
    """Return the staff who hold the capability on that day, at most in these units, by name."""
    allowed = Q(capabilities=None) | Q(capabilities__contains=[capability])
    rows = holdings_on(on).filter(allowed, post__capabilities__contains=[capability], person__is_active=True)
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=list(unit_ids))
    people = Person.objects.filter(pk__in=rows.values("person_id")).order_by("name", "id")
    return [actor_for(person, on=on) for person in people]


def holdings_on(day: date, *, at: datetime | None = None) -> QuerySet[Holding]:
    """Return the holdings valid on that local day in units that are open, with their post and unit.

    Those of an emergency, which end at an exact moment, are among them only where a moment is named; covered ones
    without a moment until the end of their last day. What is lent ends with the holding that it covers.
    """
    within = Q(valid_to=None) | Q(valid_to__gte=day)
    source = Q(lent_by__ended_at=None, lent_by__person__is_active=True)
    source &= Q(lent_by__valid_to=None) | Q(lent_by__valid_to__gte=day)
    short = Q(lent_by__isnull=False) if at is None else Q(ends_at__gt=at)
    rows = Holding.objects.filter(
        within, Q(lent_by=None) | source, Q(ends_at=None) | short, valid_from__lte=day, ended_at=None,
        unit__closed_at=None,
    )  # fmt: skip
    return rows.select_related("post", "unit", "lent_by__person")


def _held_by_one(at: Any = None) -> QuerySet[Holding]:
    """Return what every page asks first: of one person, and no column that an actor does not have."""
    day, person = kernel.given("day", DateField()), kernel.given("person", UUIDField())
    return holdings_on(day, at=at).filter(person=person).order_by("id").only(*_NEEDED)


_NEEDED = (
    "division_id", "grid_id", "capabilities", "basis", "only_kind", "only_id", "ends_at", "unit__name", "unit__kind",
    "post__code", "post__name", "post__capabilities", "lent_by__person__name", "lent_by__person__username",
)  # fmt: skip
_HELD = kernel.Compiled(_held_by_one)
_HELD_AT = kernel.Compiled(lambda: _held_by_one(kernel.given("at", DateTimeField())))


def remember_actor(request: HttpRequest, actor: Actor) -> None:
    """Let `actor_of` answer with this actor for the rest of the request."""
    setattr(request, _CACHED, actor)


def _signed_in(request: HttpRequest) -> Actor:
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return GUEST
    now = kernel.now()
    whole = actor_for(person, on=timezone.localdate(now), at=now)
    session = getattr(request, "session", None)
    return whole.in_one_place(session.get(ACTING, "") if session is not None else "")


def _as_actor_holding(row: Holding) -> ActorHolding:
    return ActorHolding(
        holding_id=row.pk,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        unit_kind=row.unit.kind,
        post_code=row.post.code,
        post_name=row.post.name,
        division_id=row.division_id,
        grid_id=row.grid_id,
        capabilities=_allowed(row),
        basis=row.basis,
        only_kind=row.only_kind,
        only_id=row.only_id,
        in_place_of=row.lent_by.person_id if row.lent_by else None,
        covered=str(row.lent_by.person) if row.lent_by else "",
        ends_at=row.ends_at,
    )


def _allowed(row: Holding) -> frozenset[str]:
    """Return what the post allows, less what was left out when it was lent."""
    whole = frozenset(row.post.capabilities)
    return whole if row.capabilities is None else whole & frozenset(row.capabilities)


def _as_resident_holding(holding: ActorHolding) -> ActorHolding:
    return replace(holding, capabilities=holding.capabilities & for_residents())
