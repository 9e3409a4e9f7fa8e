"""Consents 个人同意: given in the words that were shown, withdrawn as easily; each step has a receipt."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.trust import facts
from linli.trust.actions.record import record
from linli.trust.models import Consent
from linli.trust.queries.activities import activity
from linli.trust.queries.consents import open_consents, words_of
from linli.trust.queries.looks import oneself
from linli.trust.rules.activities import ORDINARY
from linli.trust.rules.refusals import ConsentRefusedError

PURPOSE, PREFIX = "trust.consents", "TY"
SELF, COUNTER = Consent.Way.SELF, Consent.Way.COUNTER


@transaction.atomic
def give_own_consent(*, code: str, version: int, separate: bool, by: accounts.Actor, now: datetime) -> Consent:
    """Agree to an activity 同意, in the version that one has read. Raises ConsentRefusedError."""
    return _give(_own(by), code, version, separate=separate, way=SELF, paper="", by=by, now=now)


@transaction.atomic
def withdraw_own_consent(*, code: str, by: accounts.Actor, now: datetime) -> int:
    """Withdraw everything agreed to for an activity 撤回同意, at once; return how many consents ended.

    Raises ConsentRefusedError.
    """
    return _withdraw(_own(by), code, way=SELF, by=by, now=now)


@transaction.atomic
def note_consent(
    *, subject: str, code: str, version: int, separate: bool, paper: str, by: accounts.Actor, now: datetime
) -> Consent:
    """Write down what somebody agreed to at the counter, on a paper that shows it.

    Whoever calls has checked that this may be. Raises ConsentRefusedError.
    """
    if not paper.strip():
        raise ConsentRefusedError(_("Say which signed paper shows the consent."))
    return _give(subject, code, version, separate=separate, way=COUNTER, paper=paper.strip()[:200], by=by, now=now)


@transaction.atomic
def note_withdrawal(*, subject: str, code: str, by: accounts.Actor, now: datetime) -> int:
    """Write down that somebody withdrew at the counter. Whoever calls has checked that this may be."""
    return _withdraw(subject, code, way=COUNTER, by=by, now=now)


def _give(
    subject: str, code: str, version: int, *, separate: bool, way: str, paper: str, by: accounts.Actor, now: datetime
) -> Consent:
    one = activity(code, on=timezone.localdate(now))
    if one is None or not one.rests_on_consent:
        raise ConsentRefusedError(_("This does not rest on consent, or has ended. Look at the list again."))
    if one.number != version:
        raise ConsentRefusedError(_("The text has changed since. Read it again, then decide."))
    if separate and one.grade <= ORDINARY:
        raise ConsentRefusedError(_("No sensitive data are used for this."))
    _end(open_consents([subject]).exclude(version=version).filter(activity=code), way, by, now)
    if separate and not open_consents([subject]).filter(activity=code, is_separate=False).exists():
        raise ConsentRefusedError(_("Agree to the use itself first, then to sensitive data."))
    try:
        with transaction.atomic():
            row = Consent.objects.create(
                number=kernel.next_number(prefix=PREFIX, day=timezone.localdate(now)), subject=subject, activity=code,
                version=version, words=words_of(one), is_separate=separate, way=way, paper=paper, given_at=now,
                given_by_id=by.person_id,
            )  # fmt: skip
    except IntegrityError as error:
        raise ConsentRefusedError(_("This was agreed to already.")) from error
    _note(row, "consent", by, now)
    told = facts.ConsentGiven(subject=subject, activity=code, is_separate=separate, by_person_id=by.person_id)
    journal.publish(told, now=now)
    return row


def _withdraw(subject: str, code: str, *, way: str, by: accounts.Actor, now: datetime) -> int:
    ended = _end(open_consents([subject]).filter(activity=code), way, by, now)
    if not ended:
        raise ConsentRefusedError(_("There is nothing to withdraw here."))
    told = facts.ConsentWithdrawn(subject=subject, activity=code, by_person_id=by.person_id)
    journal.publish(told, now=now)
    return ended


def _end(rows: QuerySet[Consent], way: str, by: accounts.Actor, now: datetime) -> int:
    found = list(rows.select_for_update())
    for row in found:
        row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_way = now, by.person_id, way
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_way"])
        _note(row, "withdraw_consent", by, now)
    return len(found)


def _own(by: accounts.Actor) -> str:
    token = oneself(by).token
    if not token:
        raise ConsentRefusedError(_("Show your identity card at your community once, so that nobody else can do it."))
    return token


def _note(row: Consent, action: str, by: accounts.Actor, now: datetime) -> None:
    record(
        by=by, action=action, purpose=PURPOSE, subjects=[row.subject], object_kind="consent", object_id=row.id,
        elements=["consent.separate" if row.is_separate else "consent.use"], case=row.number, now=now,
    )  # fmt: skip
