"""Deciding on a form that an office wants to issue 报表准入审核, by another unit; the end of what is on the list."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.sheets.actions.admission_step import locked_admission, step_on
from linli.sheets.models import Admission
from linli.sheets.queries.issuing import rules_at
from linli.sheets.rules.admission_states import ADMIT, ADMITTED, ISSUE, REASONS
from linli.sheets.rules.issuing import ONCE
from linli.sheets.rules.refusals import FormRefusedError

DECEMBER, LAST = 12, 31


@transaction.atomic
def admit_form(*, admission_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> Admission:
    """Put a form on the list with a number and an end. Raises NotAllowed, Hidden, FormRefusedError."""
    row, unit_id = _to_decide(admission_id, by, now)
    row.answer = words.strip()[:1000]
    _number(row, now)
    step_on(row, "admit", by=by, now=now, unit_id=unit_id, words=words.strip(), keep_columns=True)
    return row


@transaction.atomic
def shrink_form(*, admission_id: UUID, keep: Sequence[int], words: str, by: accounts.Actor, now: datetime) -> Admission:
    """Offer to admit a form with some of its columns, named by their places from 0; the office accepts or withdraws.

    Raises NotAllowed, Hidden, FormRefusedError.
    """
    row, unit_id = _to_decide(admission_id, by, now)
    kept = [one for place, one in enumerate(row.columns) if place in set(keep)]
    if not kept or len(kept) == len(row.columns):
        raise FormRefusedError(_("Take out at least one column and leave at least one."))
    row.columns, row.answer = kept, _said(words)
    step_on(row, "shrink", by=by, now=now, unit_id=unit_id, words=words.strip(), keep_columns=True)
    return row


@transaction.atomic
def accept_fewer(*, admission_id: UUID, by: accounts.Actor, now: datetime) -> Admission:
    """Take the form with fewer columns; it is on the list now. Raises NotAllowed, Hidden, FormRefusedError."""
    row = locked_admission(admission_id, by, ISSUE)
    _number(row, now)
    step_on(row, "accept", by=by, now=now, unit_id=row.unit_id, keep_columns=True)
    return row


@transaction.atomic
def refuse_form(
    *, admission_id: UUID, reason: str, words: str, by: accounts.Actor, now: datetime,
    merge_with: Admission | None = None,
) -> Admission:  # fmt: skip
    """Refuse a form for a typed reason, in words that the office reads. Raises NotAllowed, Hidden, FormRefusedError."""
    row, unit_id = _to_decide(admission_id, by, now)
    if reason not in REASONS:
        raise FormRefusedError(_("Choose a reason."))
    if (reason == "merge") != (merge_with is not None):
        raise FormRefusedError(_("Say with which form on the list it is to be merged."))
    row.reason, row.answer, row.merge_with = reason, _said(words), merge_with
    step_on(row, "refuse", by=by, now=now, unit_id=unit_id, words=words.strip())
    return row


@transaction.atomic
def stop_form(*, admission_id: UUID, reason: str, words: str, by: accounts.Actor, now: datetime) -> Admission:
    """Take a form off the list before its time. Raises NotAllowed, Hidden, FormRefusedError."""
    row = locked_admission(admission_id, by, ADMIT)
    unit_id = _other_unit(row, by)
    if reason not in REASONS:
        raise FormRefusedError(_("Choose a reason."))
    row.reason, row.answer = reason, _said(words)
    step_on(row, "stop", by=by, now=now, unit_id=unit_id, words=words.strip())
    return row


def expire_forms(*, now: datetime) -> int:
    """Mark the forms whose last day is over; return how many. Run again it does nothing."""
    today, expired = timezone.localdate(now), 0
    for key in Admission.objects.filter(state=ADMITTED, valid_until__lt=today).values_list("pk", flat=True)[:500]:
        with transaction.atomic():
            row = Admission.objects.select_for_update().get(pk=key)
            if row.state == ADMITTED:
                step_on(row, "expire", by=accounts.SYSTEM, now=now)
                expired += 1
    return expired


def valid_until(row: Admission, *, today: date, once_days: int, longest_days: int) -> date:
    """Return the last day of a form that is admitted today: a one-off's by the rules, else the end of the year."""
    if row.frequency == ONCE:
        return max(today, row.first_on or today) + timedelta(days=once_days)
    year = (row.first_on or today).year
    return min(max(date(year, DECEMBER, LAST), today), today + timedelta(days=longest_days))


def _number(row: Admission, now: datetime) -> None:
    rules, today = rules_at(now), timezone.localdate(now)
    row.list_number, row.valid_from = kernel.next_number(prefix="Z", day=today), today
    row.valid_until = valid_until(row, today=today, once_days=rules.once_days, longest_days=rules.longest_days)


def _to_decide(admission_id: UUID, by: accounts.Actor, now: datetime) -> tuple[Admission, int]:
    row = locked_admission(admission_id, by, ADMIT)
    unit_id = _other_unit(row, by)
    row.decided_by_id, row.decided_unit_id, row.decided_at = by.person_id, unit_id, now
    return row, unit_id


def _other_unit(row: Admission, by: accounts.Actor) -> int:
    """Return the unit in which somebody decides: never that of the application, nor who made it."""
    units = [held.unit_id for held in by.holdings_with(ADMIT) if held.unit_id != row.unit_id]
    if not units or row.unit_id in by.unit_ids or row.made_by_id in by.persons:
        raise FormRefusedError(_("Another unit decides about a form of the own unit."))
    return units[0]


def _said(words: str) -> str:
    if not words.strip():
        raise FormRefusedError(_("Say in words why; the office reads it."))
    return words.strip()[:1000]
