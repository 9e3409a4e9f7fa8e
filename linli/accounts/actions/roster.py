"""The duty roster 值班表: shifts are planned, changed and cancelled; one person is on duty at one place at a time."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from linli.accounts import facts, slots
from linli.accounts.models import NoticeAddress, Person, Shift, Unit
from linli.accounts.queries.roster import rostered_units, staff_of
from linli.accounts.rules.actor import Actor
from linli.accounts.rules.addresses import clean_address, shown_address
from linli.accounts.rules.refusals import (
    BadAddressError,
    NotAllowedError,
    NotOfUnitError,
    ShiftOverError,
    ShiftOverlapsError,
    ShiftTimeError,
)
from linli.kernel import api as kernel
from linli.kernel import facts as journal

LONGEST, GRACE = timedelta(days=3), timedelta(hours=1)


@transaction.atomic
def plan_shift(
    *, unit: Unit, person: Person, starts_at: datetime, ends_at: datetime, by: Actor, now: datetime
) -> Shift:
    """Put somebody of a unit on duty. A shift may have begun within the last hour: who takes over writes it down.

    Raises NotAllowedError, ShiftTimeError, NotOfUnitError, ShiftOverlapsError.
    """
    _need(by, unit)
    _check(unit, person, starts_at, ends_at, now - GRACE)
    shift = Shift.objects.create(
        unit=unit, person=person, starts_at=starts_at, ends_at=ends_at, made_at=now, made_by_id=by.person_id
    )
    told = facts.ShiftPlanned(
        shift_id=shift.pk, unit_id=unit.pk, person_id=person.pk, starts_at=starts_at, ends_at=ends_at,
        by_person_id=by.person_id,
    )  # fmt: skip
    journal.publish(told, now=now)
    return shift


@transaction.atomic
def change_shift(*, shift_id: UUID, starts_at: datetime, ends_at: datetime, by: Actor, now: datetime) -> Shift:
    """Move a shift, or let a running one end at another time. What has passed is not changed: ShiftOverError."""
    shift = _open_shift(shift_id, by, now)
    if shift.starts_at <= now:
        starts_at = shift.starts_at
        if ends_at <= now:
            raise ShiftTimeError
    _check(shift.unit, shift.person, starts_at, ends_at, min(now, shift.starts_at), beside=shift)
    shift.starts_at, shift.ends_at, shift.made_at, shift.made_by_id = starts_at, ends_at, now, by.person_id
    shift.save(update_fields=["starts_at", "ends_at", "made_at", "made_by"])
    told = facts.ShiftChanged(shift_id=shift.pk, starts_at=starts_at, ends_at=ends_at, by_person_id=by.person_id)
    journal.publish(told, now=now)
    return shift


@transaction.atomic
def cancel_shift(*, shift_id: UUID, by: Actor, now: datetime) -> Shift:
    """Take a shift off the roster; one that has begun ends now instead, and what was remains written."""
    shift = _open_shift(shift_id, by, now)
    if shift.starts_at < now:
        shift.ends_at = now
    else:
        shift.cancelled_at = now
    shift.made_at, shift.made_by_id = now, by.person_id
    shift.save(update_fields=["ends_at", "cancelled_at", "made_at", "made_by"])
    journal.publish(facts.ShiftCancelled(shift_id=shift.pk, by_person_id=by.person_id), now=now)
    return shift


@transaction.atomic
def add_duty_address(
    *, unit: Unit, person: Person, channel: str, address: str, by: Actor, now: datetime
) -> NoticeAddress:
    """Let a person of a unit be told of its new work at this address while on duty; one address a person."""
    _need(by, unit)
    if not staff_of(unit, at=now).filter(pk=person.pk).exists():
        raise NotOfUnitError
    takes = slots.channels.get(channel).takes
    clean = clean_address(takes, address)
    if clean is None or takes == "url":
        raise BadAddressError
    NoticeAddress.objects.filter(unit=unit, person=person, ended_at=None).update(ended_at=now)
    return NoticeAddress.objects.create(
        unit=unit, person=person, channel=channel, address=clean, shown=shown_address(takes, clean), secret="",
        made_at=now,
    )  # fmt: skip


def end_duty_address(*, address: NoticeAddress, by: Actor, now: datetime) -> None:
    """Tell a person on duty no more at this address."""
    _need(by, address.unit)
    NoticeAddress.objects.filter(pk=address.pk, person__isnull=False, ended_at=None).update(ended_at=now)


def _check(  # noqa: PLR0917  private: one shift as it would be
    unit: Unit, person: Person, starts_at: datetime, ends_at: datetime, earliest: datetime, beside: Shift | None = None
) -> None:
    if not earliest <= starts_at < ends_at <= starts_at + LONGEST:
        raise ShiftTimeError
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # two plans for one person wait for each other
    if not staff_of(unit, at=starts_at).filter(pk=person.pk).exists():
        raise NotOfUnitError
    others = Shift.objects.filter(person=person, cancelled_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at)
    known = (others.exclude(pk=beside.pk) if beside else others).select_related("unit").first()
    if known:
        raise ShiftOverlapsError(str(person), known.unit.name, _when(known.starts_at, starts_at))


def _when(moment: datetime, near: datetime) -> str:
    return kernel.when_text(moment, now=near, zone=timezone.get_current_timezone())


def _open_shift(shift_id: UUID, by: Actor, now: datetime) -> Shift:
    shift = Shift.objects.select_for_update(of=("self",)).select_related("unit", "person").get(pk=shift_id)
    _need(by, shift.unit)
    if shift.cancelled_at is not None or shift.ends_at <= now:
        raise ShiftOverError
    return shift


def _need(by: Actor, unit: Unit) -> None:
    if not rostered_units(by).filter(pk=unit.pk).exists():
        raise NotAllowedError
