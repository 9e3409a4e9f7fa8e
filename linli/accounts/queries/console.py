"""What the console of accounts lists, within the area of the administrator."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.accounts.models import Holding, Person, Unit
from linli.accounts.queries.authority import GRANT, MANAGE
from linli.accounts.rules.actor import Actor
from linli.kernel import api as kernel
from linli.regions import api as regions

PAGE = 50


def managed_divisions(actor: Actor) -> frozenset[int]:
    """Return the ids of the divisions over which the actor manages accounts or gives rights."""
    found: frozenset[int] = frozenset()
    for held in (*actor.holdings_with(MANAGE), *actor.holdings_with(GRANT)):
        found |= regions.descendants(held.division_id)
    return found


def managed_people(actor: Actor) -> QuerySet[Person]:
    """Return the staff whose holdings, ended and short ones left out, all lie in the area, and those who have none."""
    if not (actor.can(MANAGE) or actor.can(GRANT)):
        return Person.objects.none()
    open_holdings = Holding.objects.filter(person=OuterRef("pk"), ended_at=None, ends_at=None)
    outside = open_holdings.exclude(division_id__in=managed_divisions(actor))
    return Person.objects.filter(~Exists(outside), kind=Person.Kind.STAFF)


def people_page(actor: Actor, *, words: str, cursor: str | None) -> kernel.Page[Person]:
    """Return one page of the managed people by user name, at most those whose name or user name holds the words."""
    rows = managed_people(actor)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(username__icontains=words))
    return kernel.keyset_page(rows, order=("username",), cursor=cursor, size=PAGE)


def managed_person(actor: Actor, person_id: UUID) -> Person | None:
    """Return one of the managed people, or None."""
    return managed_people(actor).filter(pk=person_id).first()


def holdings_of(person: Person) -> list[Holding]:
    """Return all holdings of the person, the newest first, with post, unit and keys."""
    rows = Holding.objects.filter(person=person).select_related("post", "unit", "division")
    return list(rows.prefetch_related("tokens").order_by("-valid_from", "-id"))


def managed_holding(actor: Actor, holding_id: UUID) -> Holding | None:
    """Return a holding in the area, or None."""
    rows = Holding.objects.filter(division_id__in=managed_divisions(actor)).select_related("unit", "person")
    return rows.filter(pk=holding_id).first()


def managed_units(actor: Actor) -> QuerySet[Unit]:
    """Return the open units of the area by code."""
    rows = Unit.objects.filter(division_id__in=managed_divisions(actor), closed_at=None)
    return rows.select_related("division").order_by("code")
