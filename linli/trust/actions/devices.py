"""The life of a device in the register 采集设备登记: written, asked for, decided by another, connected, reviewed."""

import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.trust import facts
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.models import Device, DeviceStep
from linli.trust.queries.ask_less import policy_in_force
from linli.trust.queries.devices import is_allowed, missing_of, reviews_due, run_out
from linli.trust.rules.assessments import months_later
from linli.trust.rules.devices import DeviceDraft, DeviceRefusedError, check_draft
from linli.trust.rules.refusals import Hidden
from linli.trust.states import devices as states

PURPOSE, PREFIX, KEY_BYTES = "trust.devices", "SB", 24
NO_SUBJECTS: list[str] = []


@dataclass(frozen=True, slots=True)
class Connected:
    """A device that was connected, and the key it shows from now on; the key is told this once."""

    device: Device
    key: str


@transaction.atomic
def save_device(*, draft: DeviceDraft, by: accounts.Actor, now: datetime, number: str = "") -> Device:
    """Write a device down, or anew while nobody has decided it. Raises NotAllowed, Hidden, DeviceRefusedError."""
    check_draft(draft, policy_in_force())
    row = _locked(number, states.KEEP, by) if number else None
    if row is not None and row.state not in states.EDITABLE:
        raise DeviceRefusedError(_("What is decided or waits for a decision is not written anew; take it back first."))
    is_new = row is None
    if row is None:
        row = Device(number=kernel.next_number(prefix=PREFIX, day=timezone.localdate(now)), made_at=now)
    for name, value in asdict(draft).items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.reads_body = policy_in_force().kinds[draft.kind].reads_body
    row.save()
    require(by, states.KEEP, row)  # also where it was moved to another unit or area
    _keep(row, "draft" if is_new else "change", "" if is_new else row.state, by, now)
    return row


@transaction.atomic
def apply_device(*, number: str, by: accounts.Actor, now: datetime) -> Device:
    """Ask for a decision 申请; only what is whole may be. Raises NotAllowed, Hidden, DeviceRefusedError."""
    row = _locked(number, states.KEEP, by)
    if lacks := missing_of(row, day=timezone.localdate(now)):
        raise DeviceRefusedError(" ".join(str(one) for one in lacks))
    row.applied_by_id = by.person_id
    row.decided_by_id = row.decided_at = row.review_on = row.review_told_on = None
    return _moved(row, "apply", by, now)


@transaction.atomic
def take_back_device(*, number: str, by: accounts.Actor, now: datetime) -> Device:
    """Take it back before it is decided. Raises NotAllowed, Hidden, DeviceRefusedError."""
    return _moved(_locked(number, states.KEEP, by), "take_back", by, now)


@transaction.atomic
def decide_device(
    *, number: str, allowed: bool, words: str, by: accounts.Actor, now: datetime, review_on: date | None = None
) -> Device:
    """Decide a device 审定: with conditions and until when, or not, with the reason; never by who asked.

    Raises NotAllowed, Hidden, DeviceRefusedError.
    """
    row, today = _locked(number, states.DECIDE, by), timezone.localdate(now)
    if by.person_id is not None and by.person_id == row.applied_by_id:
        raise DeviceRefusedError(_("You asked for this yourself, so somebody else must decide."))
    if not words.strip():
        raise DeviceRefusedError(_("Write the conditions, or the reason why not."))
    if allowed:
        row.review_on, row.review_told_on = _review_day(row, review_on, today), None
    row.decided_by_id, row.decided_at, row.conditions = by.person_id, now, words.strip()
    row = _moved(row, "allow" if allowed else "refuse", by, now, words=words)
    told = facts.DeviceDecided(number=row.number, unit_id=row.unit_id, allowed=allowed, by_person_id=by.person_id)
    journal.publish(told, now=now)
    return row


@transaction.atomic
def connect_device(*, number: str, by: accounts.Actor, now: datetime) -> Connected:
    """Connect an allowed device 接入 and hand out its key, once. Raises NotAllowed, Hidden, DeviceRefusedError."""
    row = _locked(number, states.KEEP, by)
    if not is_allowed(row, day=timezone.localdate(now)):
        raise DeviceRefusedError(_("There is no decision that holds today, so it can't be connected."))
    key = secrets.token_urlsafe(KEY_BYTES)
    row.key_digest = kernel.sm3(key.encode()).hex()
    return Connected(_moved(row, "connect", by, now), key)


@transaction.atomic
def review_device(*, number: str, words: str, by: accounts.Actor, now: datetime) -> Device:
    """Close a device at once and review it 复核; its key is dead. Raises NotAllowed, Hidden, DeviceRefusedError."""
    row = _locked(number, states.DECIDE, by)
    if not words.strip():
        raise DeviceRefusedError(_("Say why it is closed and looked at again."))
    return _closed(row, "review", by, now, words)


@transaction.atomic
def remove_device(*, number: str, words: str, by: accounts.Actor, now: datetime) -> Device:
    """Take a device off the register 拆除; its history stays. Raises NotAllowed, Hidden, DeviceRefusedError."""
    return _closed(_locked(number, states.KEEP, by), "remove", by, now, words)


def watch_reviews(*, now: datetime) -> tuple[int, int]:
    """Tell each owner once that a review is due, close what has run out; return how many of each."""
    today, days = timezone.localdate(now), policy_in_force().limits["tell_days"]
    numbers = list(reviews_due(today, within_days=days).values_list("number", flat=True))
    told = sum(_told(number, now) for number in numbers)
    closed = 0
    for number in run_out(today).values_list("number", flat=True):
        with transaction.atomic():
            row = Device.objects.select_for_update().get(number=number)
            if row.state in states.DECIDED and row.review_on is not None and row.review_on < today:
                _closed(row, "review", accounts.SYSTEM, now, _("The day of its review has passed."))
                closed += 1
    return told, closed


@transaction.atomic
def _told(number: str, now: datetime) -> bool:
    row = Device.objects.select_for_update().get(number=number)
    if row.review_told_on is not None or row.review_on is None:
        return False
    row.review_told_on = timezone.localdate(now)
    row.save(update_fields=["review_told_on"])
    said = {"name": row.name, "number": row.number, "day": row.review_on.isoformat()}
    text = _("The device %(name)s (%(number)s) is reviewed by %(day)s; without a new decision it is closed.") % said
    accounts.tell_unit(
        unit_id=row.unit_id, text=text, key=f"trust:device:{row.number}:{row.review_on}", now=now, about=row.number
    )
    journal.publish(facts.DeviceReviewDue(number=row.number, unit_id=row.unit_id, review_on=row.review_on), now=now)
    return True


def _review_day(row: Device, wanted: date | None, today: date) -> date:
    months = policy_in_force().limits["review_months"]
    last, day = months_later(today, months), wanted or months_later(today, months)
    if not today < day <= last:
        raise DeviceRefusedError(_("It is reviewed on a day after today, %(day)s at the latest.") % {"day": last})
    if lacks := missing_of(row, day=today):
        raise DeviceRefusedError(" ".join(str(one) for one in lacks))
    return day


def _locked(number: str, capability: str, by: accounts.Actor) -> Device:
    row = Device.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise Hidden(capability)
    require(by, capability, row)
    return row


def _closed(row: Device, step: str, by: accounts.Actor, now: datetime, words: str) -> Device:
    row.key_digest = ""
    return _moved(row, step, by, now, words=words)


def _moved(row: Device, step: str, by: accounts.Actor, now: datetime, *, words: str = "") -> Device:
    rule, before = states.STEPS[step], row.state
    if before not in rule.before:
        raise DeviceRefusedError(_("This step is not open here: look how it stands now."))
    row.state = rule.after
    row.save()
    _keep(row, step, before, by, now, words=words)
    return row


def _keep(row: Device, step: str, before: str, by: accounts.Actor, now: datetime, *, words: str = "") -> None:
    DeviceStep.objects.create(
        device=row, step=step, before=before, after=row.state, words=words.strip(), by_id=by.person_id, at=now
    )
    record(
        by=by, action=f"device_{step}", purpose=PURPOSE, subjects=NO_SUBJECTS, object_kind="trust.device",
        object_id=row.pk, elements=[f"device.{row.kind}"], case=row.number, now=now,
    )  # fmt: skip
