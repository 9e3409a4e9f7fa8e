"""Who covers for whom 代班: what somebody may lend, to whom, what they cover, and what a lead sees of a unit."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from linli.accounts import slots
from linli.accounts.models import Cover, CoverLimits, Holding, Person, Shift
from linli.accounts.queries.actors import holdings_on
from linli.accounts.queries.authority import GRANT, MANAGE
from linli.accounts.queries.roster import ROSTER
from linli.accounts.rules import cover as rules
from linli.accounts.rules.actor import Actor
from linli.accounts.rules.offices import OFFICES
from linli.regions import api as regions


def cover_limits() -> rules.Limits:
    """Return how long a cover lasts, as it is in force."""
    row = CoverLimits.objects.order_by("-number").first()
    return rules.Limits(row.longest_days, row.ahead_days) if row else rules.Limits()


def never_lent() -> frozenset[str]:
    """Return the capabilities that nobody has in place of somebody else."""
    return frozenset(OFFICES) | {one.code for one in slots.capabilities.all() if one.never_lent}


def lendable_of(held: Holding) -> list[str]:
    """Return what of a holding may be lent."""
    codes = held.post.capabilities
    whole = codes if held.capabilities is None else [code for code in codes if code in held.capabilities]
    return rules.lendable(whole, never_lent())


def own_holdings(person_id: UUID, *, at: datetime) -> "QuerySet[Holding]":
    """Return the holdings of somebody that are theirs for good: not lent, not opened for a while."""
    rows = holdings_on(timezone.localdate(at)).filter(person_id=person_id, lent_by=None, ends_at=None)
    return rows.order_by("id")


def held_by_others(actor: Actor, *, at: datetime) -> "QuerySet[Holding]":
    """Return the holdings for which a lead may set a cover: in the own unit and its teams; security: in the area.

    Who manages accounts gives no rights, so they set none; neither does who is a lead in place of somebody.
    """
    leads = [held for held in actor.holdings_with(ROSTER) if not held.in_place_of]
    units = [] if actor.can(MANAGE) else [held.unit_id for held in leads]
    areas: frozenset[int] = frozenset()
    for held in actor.holdings_with(GRANT):
        areas |= regions.descendants(held.division_id)
    rows = holdings_on(timezone.localdate(at)).filter(lent_by=None, ends_at=None, person__is_active=True)
    within = Q(unit_id__in=units) | Q(unit__parent_id__in=units, unit__kind="team") | Q(division_id__in=areas)
    rows = rows.filter(within, person__kind=Person.Kind.STAFF).exclude(Q(person_id=actor.person_id))
    return rows.select_related("person", "post", "unit").order_by("unit__name", "person__name", "id")


def colleagues_for(held: Holding, *, at: datetime) -> "QuerySet[Person]":
    """Return who could cover for a holding: staff of the same unit or of the one above it, by name."""
    units = [held.unit_id] if held.unit.parent_id is None else [held.unit_id, held.unit.parent_id]
    works = holdings_on(timezone.localdate(at)).filter(
        person=OuterRef("pk"), lent_by=None, ends_at=None, unit_id__in=units
    )
    people = Person.objects.filter(Exists(works), is_active=True, kind=Person.Kind.STAFF)
    return people.exclude(pk=held.person_id).order_by("name", "id")


def covers_for(person_id: UUID) -> "QuerySet[Cover]":
    """Return who covers or covered for somebody, the newest first."""
    return _whole(Cover.objects.filter(holding__lent_by__person_id=person_id))


def covers_by(person_id: UUID) -> "QuerySet[Cover]":
    """Return for whom somebody covers or covered, the newest first."""
    return _whole(Cover.objects.filter(holding__person_id=person_id))


def covers_led(actor: Actor, *, at: datetime) -> "QuerySet[Cover]":
    """Return the covers of those for whom a lead may set one, the newest first."""
    return _whole(Cover.objects.filter(holding__lent_by__in=held_by_others(actor, at=at)))


def still_open(rows: "QuerySet[Cover]", *, at: datetime) -> "QuerySet[Cover]":
    """Return those that run or are to come."""
    return rows.filter(holding__ended_at=None, holding__ends_at__gt=at, holding__lent_by__ended_at=None)


def _whole(rows: "QuerySet[Cover]") -> "QuerySet[Cover]":
    joined = rows.select_related(
        "holding__person", "holding__post", "holding__unit", "holding__lent_by__person", "made_by", "ended_by"
    )
    return joined.order_by("-made_at", "-id")


def with_shifts(rows: "QuerySet[Cover]") -> "QuerySet[Cover]":
    """Return covers with `shifts`: how many shifts of whom they cover for lie in their time. The same query."""
    lying = Shift.objects.filter(
        person=OuterRef("holding__lent_by__person"), unit=OuterRef("holding__unit"), cancelled_at=None,
        starts_at__lt=OuterRef("holding__ends_at"), ends_at__gt=OuterRef("made_at"),
        starts_at__date__gte=OuterRef("holding__valid_from"),
    )  # fmt: skip
    counted = lying.order_by().values("person").annotate(n=Count("pk")).values("n")
    return rows.annotate(shifts=Coalesce(Subquery(counted), 0))
