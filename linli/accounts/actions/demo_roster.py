"""The demo county gets a duty roster: who is on duty this week and the next, and where they are told of work."""

import json
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from linli.accounts.actions.demo import CATALOGUE
from linli.accounts.actions.roster import add_duty_address, plan_shift
from linli.accounts.models import NoticeAddress, Person, Shift, Unit
from linli.accounts.rules.actor import SYSTEM
from linli.accounts.rules.demo_roster import DemoShift, demo_phone, demo_roster
from linli.accounts.rules.demo_staff import DemoStaff
from linli.accounts.rules.refusals import NotOfUnitError, ShiftOverlapsError


@transaction.atomic
def plant_demo_roster(*, staff: DemoStaff, seed: int, now: datetime) -> int:
    """Put the demo staff on duty for this week and the next; return how many shifts were planned.

    Where a unit has somebody on duty already, that stays. People are told on the console channel: nothing leaves
    the machine.
    """
    on_duty = json.loads(CATALOGUE.read_text(encoding="utf-8"))["on_duty"]
    wanted = list(demo_roster(staff=staff, on_duty=on_duty, today=timezone.localdate(now), seed=seed))
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={one.unit for one in wanted}, closed_at=None)}
    names = {one.username for one in wanted}
    people = {person.username: person for person in Person.objects.filter(username__in=names, is_demo=True)}
    there = [one for one in wanted if one.unit in units and one.username in people]
    taken = _taken(units, now)
    planned = sum(_plan(one, units[one.unit], people[one.username], taken, now) for one in there)
    for unit, username in dict.fromkeys((one.unit, one.username) for one in there):
        _reach(units[unit], people[username], demo_phone(staff, username), now)
    return planned


def _taken(units: dict[str, Unit], now: datetime) -> dict[int, list[tuple[datetime, datetime]]]:
    """Return when somebody is on duty already, by unit."""
    since = now - timedelta(days=8)
    rows = Shift.objects.filter(unit__in=units.values(), cancelled_at=None, ends_at__gt=since)
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    for unit_id, begins, ends in rows.values_list("unit_id", "starts_at", "ends_at"):
        found.setdefault(unit_id, []).append((begins, ends))
    return found


def _plan(
    one: DemoShift, unit: Unit, person: Person, taken: dict[int, list[tuple[datetime, datetime]]], now: datetime
) -> bool:
    begins = timezone.make_aware(datetime.combine(one.day, one.begins))
    ends = begins + timedelta(hours=one.hours)
    if any(start < ends and end > begins for start, end in taken.get(unit.pk, [])):
        return False
    with suppress(NotOfUnitError, ShiftOverlapsError):  # somebody left, or stands on another roster by now
        plan_shift(unit=unit, person=person, starts_at=begins, ends_at=ends, by=SYSTEM, now=min(begins, now))
        return True
    return False


def _reach(unit: Unit, person: Person, phone: str, now: datetime) -> None:
    if NoticeAddress.objects.filter(unit=unit, person=person, ended_at=None).exists():
        return
    with suppress(NotOfUnitError):
        add_duty_address(unit=unit, person=person, channel="console", address=phone, by=SYSTEM, now=now)
