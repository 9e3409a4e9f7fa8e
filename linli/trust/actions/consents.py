"""Consents 个人同意: given in the words that were shown, withdrawn as easily; each step has a receipt."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

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
from linli.trust.queries.looks import Oneself, oneself
from linli.trust.rules import plain
from linli.trust.rules.activities import ORDINARY
from linli.trust.rules.refusals import ConsentRefusedError

PURPOSE, PREFIX = "trust.consents", "TY"
SELF, COUNTER, GUARDIAN = Consent.Way.SELF, Consent.Way.COUNTER, Consent.Way.GUARDIAN


@dataclass(frozen=True, slots=True)
class How:
    """In which way somebody agreed or withdrew, under which guardianship where it was not themselves, on what paper."""

    way: str
    guardianship: UUID | None = None
    paper: str = ""


@transaction.atomic
def give_own_consent(
    *, code: str, version: int, separate: bool, by: accounts.Actor, now: datetime, ward: UUID | None = None
) -> Consent:
    """Agree to an activity 同意, in the version that one has read; a guardian in the name of the ward.

    Raises ConsentRefusedError, Hidden where they are not guardian.
    """
    me = _own(by, ward, now)
    if me.needs_guardian:
        raise ConsentRefusedError(_("Your guardian agrees for you. Show at your community once who that is."))
    how = How(GUARDIAN if ward else SELF, ward)
    return _give(me.token, code, version, separate=separate, how=how, by=by, now=now)


@transaction.atomic
def withdraw_own_consent(*, code: str, by: accounts.Actor, now: datetime, ward: UUID | None = None) -> int:
    """Withdraw everything agreed to for an activity 撤回同意, at once; return how many consents ended.

    A child may withdraw by itself at any age. Raises ConsentRefusedError, Hidden where they are not guardian.
    """
    return _withdraw(_own(by, ward, now).token, code, how=How(GUARDIAN if ward else SELF, ward), by=by, now=now)


@transaction.atomic
def note_consent(
    *, subject: str, code: str, version: int, separate: bool, paper: str, by: accounts.Actor, now: datetime,
    guardianship: UUID | None = None,
) -> Consent:  # fmt: skip
    """Write down what somebody, or the guardian for them, agreed to at the counter, on a paper that shows it.

    Whoever calls has checked that this may be. Raises ConsentRefusedError.
    """
    if not paper.strip():
        raise ConsentRefusedError(_("Say which signed paper shows the consent."))
    how = How(COUNTER, guardianship, paper.strip()[:200])
    return _give(subject, code, version, separate=separate, how=how, by=by, now=now)


@transaction.atomic
def note_withdrawal(*, subject: str, code: str, by: accounts.Actor, now: datetime) -> int:
    """Write down that somebody withdrew at the counter. Whoever calls has checked that this may be."""
    return _withdraw(subject, code, how=How(COUNTER), by=by, now=now)


def _give(
    subject: str, code: str, version: int, *, separate: bool, how: How, by: accounts.Actor, now: datetime
) -> Consent:
    one = activity(code, on=timezone.localdate(now))
    if one is None or not one.rests_on_consent:
        raise ConsentRefusedError(_("This does not rest on consent, or has ended. Look at the list again."))
    if one.number != version:
        raise ConsentRefusedError(_("The text has changed since. Read it again, then decide."))
    if separate and one.grade <= ORDINARY:
        raise ConsentRefusedError(_("No sensitive data are used for this."))
    _end(open_consents([subject]).exclude(version=version).filter(activity=code), how, by, now)
    if separate and not open_consents([subject]).filter(activity=code, is_separate=False).exists():
        raise ConsentRefusedError(_("Agree to the use itself first, then to sensitive data."))
    try:
        with transaction.atomic():
            row = Consent.objects.create(
                number=kernel.next_number(prefix=PREFIX, day=timezone.localdate(now)), subject=subject, activity=code,
                version=version, words=words_of(one), is_separate=separate, way=how.way, paper=how.paper, given_at=now,
                given_by_id=by.person_id, guardianship=how.guardianship,
            )  # fmt: skip
    except IntegrityError as error:
        raise ConsentRefusedError(_("This was agreed to already.")) from error
    _note(row, "consent", how, by, now)
    told = facts.ConsentGiven(subject=subject, activity=code, is_separate=separate, by_person_id=by.person_id)
    journal.publish(told, now=now)
    return row


def _withdraw(subject: str, code: str, *, how: How, by: accounts.Actor, now: datetime) -> int:
    ended = _end(open_consents([subject]).filter(activity=code), how, by, now)
    if not ended:
        raise ConsentRefusedError(_("There is nothing to withdraw here."))
    told = facts.ConsentWithdrawn(subject=subject, activity=code, by_person_id=by.person_id)
    journal.publish(told, now=now)
    return ended


def _end(rows: QuerySet[Consent], how: How, by: accounts.Actor, now: datetime) -> int:
    found = list(rows.select_for_update())
    for row in found:
        row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_way = now, by.person_id, how.way
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_way"])
        _note(row, "withdraw_consent", how, by, now)
    return len(found)


def _own(by: accounts.Actor, ward: UUID | None, now: datetime) -> Oneself:
    me = oneself(by, now=now, ward=ward)
    if not me.token:
        raise ConsentRefusedError(_("Show your identity card at your community once, so that nobody else can do it."))
    return me


def _note(row: Consent, action: str, how: How, by: accounts.Actor, now: datetime) -> None:
    record(
        by=by, action=action, purpose=PURPOSE, subjects=[row.subject], object_kind="consent", object_id=row.id,
        elements=["consent.separate" if row.is_separate else "consent.use"], case=row.number, now=now,
        basis=f"{plain.GUARDIAN}{how.guardianship}" if how.guardianship else "",
    )  # fmt: skip
