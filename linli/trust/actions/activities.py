"""The county writes its register of processing activities: a new version, from a day on."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.trust import facts
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.models import ActivityVersion
from linli.trust.queries.activities import REVISION, newest_of
from linli.trust.rules.activities import LONGEST_CODE, Activity, check_activity, content_of
from linli.trust.rules.refusals import ActivityRefusedError

PURPOSES, PURPOSE = "trust.purposes", "trust.purposes"
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_.")


@transaction.atomic
def save_activity(
    *, activity: Activity, by: accounts.Actor, now: datetime, begins_on: date | None = None
) -> ActivityVersion:
    """Write a version of an activity 登记处理活动, in force from today or a later day. Nothing is overwritten.

    Raises NotAllowed, ActivityRefusedError.
    """
    require(by, PURPOSES)
    check_activity(activity)
    _check_code(activity.code)
    today = timezone.localdate(now)
    begins_on = begins_on or today
    newest = newest_of(activity.code)
    if begins_on < today or (newest and newest.begins_on and begins_on < newest.begins_on):
        raise ActivityRefusedError(_("A version begins today or later, and not before the one before it."))
    kernel.bump(REVISION)  # two at once wait here for one another
    last = ActivityVersion.objects.filter(code=activity.code).order_by("-number").first()
    row = ActivityVersion.objects.create(
        code=activity.code, number=last.number + 1 if last else 1, begins_on=begins_on, made_at=now,
        made_by_id=by.person_id, content=content_of(replace(activity, is_sample=False)), is_sample=activity.is_sample,
    )  # fmt: skip
    record(
        by=by, action="change", purpose=PURPOSE, subjects=[], object_kind="trust.activity", object_id=activity.code,
        elements=[f"version.{row.number}"], now=now,
    )  # fmt: skip
    told = facts.ActivitySaved(code=row.code, number=row.number, begins_on=begins_on, by_person_id=by.person_id)
    journal.publish(told, now=now)
    return row


def _check_code(code: str) -> None:
    domain, dot, rest = code.partition(".")
    if not (dot and domain and rest and set(code) <= _LETTERS and len(code) <= LONGEST_CODE):
        raise ActivityRefusedError(_("A code is two words of small letters joined by a dot, such as registry.visit."))
