"""Say who answers for the data of an owner, and within how many working days, from a day on 主管单位与答复时限.

It is appended to the history with the moment from which it holds. What was handed in before keeps its unit and day.
"""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.exchange.actions.step import keep
from linli.exchange.queries.owners import LIMITS, SET_LIMIT, SET_OWNER, days_for, owners_set, subject_of
from linli.exchange.rules.sharing_refusals import TermsRefusedError
from linli.trust import api as trust

OWNERS, PURPOSE = "exchange.owners", "exchange.sharing"
MOST_DAYS, LONGEST = 90, 60


@transaction.atomic
def set_answer_limit(*, code: str, days: int, from_on: date, by: accounts.Actor, now: datetime) -> None:
    """Set within how many working days an answer is owed, from a day on. Raises NotAllowed and TermsRefusedError."""
    trust.require(by, OWNERS)
    if code not in LIMITS or not 1 <= days <= MOST_DAYS:
        raise TermsRefusedError("days", _("An answer is owed within 1 to 90 working days."))
    before = days_for(code, now=now)
    subject, begins = subject_of(SET_LIMIT, code), _begin(from_on, now)
    keep(subject, SET_LIMIT, str(before), str(days), by=by, now=begins, unit_id=None, words=code)
    _note(by, SET_LIMIT, code, now)


@transaction.atomic
def set_owner_unit(*, owner: str, unit_id: int | None, from_on: date, by: accounts.Actor, now: datetime) -> None:
    """Set which unit answers for an owner, from a day on; None: the one that is known by its name.

    Raises NotAllowed and TermsRefusedError.
    """
    trust.require(by, OWNERS)
    if not owner.strip() or len(owner) > LONGEST:
        raise TermsRefusedError("owner", _("Elements without an owner get one in the dictionary first."))
    before, known = owners_set(now=now).get(owner), {one.id: one.code for one in accounts.units()}
    if unit_id is not None and unit_id not in known:
        raise TermsRefusedError("unit", _("This unit is not known, or is closed."))
    codes = [known.get(one, "")[:20] if one else "" for one in (before, unit_id)]
    keep(subject_of(SET_OWNER, owner), SET_OWNER, *codes, by=by, now=_begin(from_on, now), unit_id=unit_id, words=owner)
    _note(by, SET_OWNER, owner, now)


def _begin(from_on: date, now: datetime) -> datetime:
    """Return the moment from which it holds: now for today, else the beginning of the day."""
    today = timezone.localdate(now)
    if from_on < today:
        raise TermsRefusedError("from_on", _("It holds from today or a later day; the past stays as it was."))
    zone = timezone.get_current_timezone()
    return now if from_on == today else datetime.combine(from_on, time.min, zone)


def _note(by: accounts.Actor, action: str, code: str, now: datetime) -> None:
    trust.record(
        by=by, action=f"exchange.{action}", purpose=PURPOSE, subjects=[], object_kind="answering", object_id=code,
        elements=["exchange.state"], now=now,
    )  # fmt: skip
