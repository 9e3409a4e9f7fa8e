"""Who is on duty 值班: for a unit now, in a week, and whose roster somebody keeps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from linli.accounts.models import NoticeAddress, Person, Shift, Unit
from linli.accounts.queries.actors import holdings_on
from linli.accounts.queries.authority import MANAGE
from linli.accounts.rules.actor import Actor
from linli.regions import api as regions

ROSTER = "accounts.roster"


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody who is on duty, and until when."""

    person_id: UUID
    name: str
    until: datetime


def on_duty(unit_ids: Iterable[int], *, at: datetime) -> Mapping[int, list[OnDuty]]:
    """Return who is on duty at a moment, by unit; units without anybody are left out. One query."""
    rows = shifts_at(at).filter(unit_id__in=list(unit_ids)).select_related("person").order_by("starts_at", "id")
    found: dict[int, list[OnDuty]] = {}
    for row in rows:
        found.setdefault(row.unit_id, []).append(OnDuty(row.person_id, str(row.person), row.ends_at))
    return found


def shifts_at(at: datetime) -> "QuerySet[Shift]":
    """Return the shifts that run at a moment, of people who still work in the unit."""
    works = holdings_on(timezone.localdate(at)).filter(person=OuterRef("person_id"), unit=OuterRef("unit_id"))
    running = Shift.objects.filter(cancelled_at=None, starts_at__lte=at, ends_at__gt=at, person__is_active=True)
    return running.filter(Exists(works))


def shifts_between(unit: Unit, begins: datetime, ends: datetime) -> list[Shift]:
    """Return the shifts of a unit that touch a span of time, in order."""
    rows = Shift.objects.filter(unit=unit, cancelled_at=None, starts_at__lt=ends, ends_at__gt=begins)
    return list(rows.select_related("person").order_by("starts_at", "id"))


def rostered_units(actor: Actor) -> "QuerySet[Unit]":
    """Return the open units whose roster somebody keeps: the own and its teams, and all where they manage accounts."""
    own = [held.unit_id for held in actor.holdings_with(ROSTER)]
    areas: frozenset[int] = frozenset()
    for held in actor.holdings_with(MANAGE):
        areas |= regions.descendants(held.division_id)
    rows = Unit.objects.filter(closed_at=None)
    if actor.kind != "system":
        rows = rows.filter(Q(pk__in=own) | Q(parent_id__in=own, kind=Unit.Kind.TEAM) | Q(division_id__in=areas))
    return rows.order_by("code")


def staff_of(unit: Unit, *, at: datetime) -> "QuerySet[Person]":
    """Return the people who hold a post in the unit on that day, by name."""
    held = holdings_on(timezone.localdate(at)).filter(unit=unit)
    people = Person.objects.filter(pk__in=held.values("person_id"), is_active=True, kind=Person.Kind.STAFF)
    return people.order_by("name", "id")


def duty_addresses(unit: Unit) -> "QuerySet[NoticeAddress]":
    """Return where people of the unit are told of work while they are on duty."""
    rows = NoticeAddress.objects.filter(unit=unit, ended_at=None, person__isnull=False)
    return rows.select_related("person").order_by("person__name", "id")


def duty_spans(
    person_ids: Iterable[UUID], *, first: datetime, last: datetime
) -> Mapping[UUID, list[tuple[datetime, datetime]]]:
    """Return the shifts of these people that touch a span of time, by person, from when to when. One query."""
    rows = Shift.objects.filter(
        person_id__in=list(person_ids), cancelled_at=None, starts_at__lte=last, ends_at__gte=first
    )
    found: dict[UUID, list[tuple[datetime, datetime]]] = {}
    for person_id, begin, end in rows.order_by("starts_at").values_list("person_id", "starts_at", "ends_at"):
        found.setdefault(person_id, []).append((begin, end))
    return found
