"""The demo county gets a duty roster: who is on duty this week and the next, and where they are told of work."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from linli.accounts import facts
from linli.accounts.actions.demo import CATALOGUE
from linli.accounts.actions.roster import add_duty_address
from linli.accounts.models import NoticeAddress, Person, Shift, Unit
from linli.accounts.queries.actors import holdings_on
from linli.accounts.rules.actor import SYSTEM
from linli.accounts.rules.demo_roster import DemoShift, demo_phone, demo_roster
from linli.accounts.rules.demo_staff import DemoStaff
from linli.kernel import facts as journal

LONGEST_BEFORE = timedelta(days=8)


@transaction.atomic
def plant_demo_roster(*, staff: DemoStaff, seed: int, now: datetime) -> int:
    """Put the demo staff on duty for this week and the next; return how many shifts were planned.

    Where a unit or a person has a shift already, that stays. Shifts are written together, as nobody waits for a demo.
    People are told on the console channel: nothing leaves the machine.
    """
    on_duty = json.loads(CATALOGUE.read_text(encoding="utf-8"))["on_duty"]
    wanted = list(demo_roster(staff=staff, on_duty=on_duty, today=timezone.localdate(now), seed=seed))
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={one.unit for one in wanted}, closed_at=None)}
    names = {one.username for one in wanted}
    people = {one.username: one for one in Person.objects.filter(username__in=names, is_demo=True, is_active=True)}
    held = set(holdings_on(timezone.localdate(now)).filter(unit__in=units.values()).values_list("unit", "person"))
    shifts = [
        _shift(one, units[one.unit], people[one.username], now)
        for one in wanted
        if one.unit in units and one.username in people and (units[one.unit].pk, people[one.username].pk) in held
    ]
    planned = _free(shifts, now)
    Shift.objects.bulk_create(planned)
    journal.publish_all([_told(shift) for shift in planned], now=now)
    phones = {people[username].pk: demo_phone(staff, username) for username in people}
    _reach({(shift.unit, shift.person) for shift in shifts}, phones, now)
    return len(planned)


def _shift(one: DemoShift, unit: Unit, person: Person, now: datetime) -> Shift:
    begins = timezone.make_aware(datetime.combine(one.day, one.begins))
    ends = begins + timedelta(hours=one.hours)
    return Shift(unit=unit, person=person, starts_at=begins, ends_at=ends, made_at=now)


def _free(shifts: Sequence[Shift], now: datetime) -> list[Shift]:
    """Return the shifts in whose time neither the unit nor the person has one."""
    units, people = {shift.unit_id for shift in shifts}, {shift.person_id for shift in shifts}
    rows = Shift.objects.filter(Q(unit__in=units) | Q(person__in=people), cancelled_at=None)
    known = list(rows.filter(ends_at__gt=now - LONGEST_BEFORE))
    return [
        shift
        for shift in shifts
        if not any(
            (one.unit_id == shift.unit_id or one.person_id == shift.person_id)
            and one.starts_at < shift.ends_at
            and one.ends_at > shift.starts_at
            for one in known
        )
    ]


def _told(shift: Shift) -> facts.ShiftPlanned:
    return facts.ShiftPlanned(
        shift_id=shift.pk, unit_id=shift.unit_id, person_id=shift.person_id, starts_at=shift.starts_at,
        ends_at=shift.ends_at, by_person_id=None,
    )  # fmt: skip


def _reach(pairs: Iterable[tuple[Unit, Person]], phones: dict[UUID, str], now: datetime) -> None:
    """Give who has no address yet a made-up number on the console channel."""
    known = set(NoticeAddress.objects.filter(ended_at=None, person__isnull=False).values_list("unit", "person"))
    for unit, person in sorted(pairs, key=lambda pair: (pair[0].code, pair[1].username)):
        if (unit.pk, person.pk) not in known:
            add_duty_address(unit=unit, person=person, channel="console", address=phones[person.pk], by=SYSTEM, now=now)
