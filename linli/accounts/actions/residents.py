"""Residents come in with their phone: a code is sent, a code is checked, an account is there."""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from linli.accounts import facts, slots
from linli.accounts.models import Person, PhoneCode
from linli.accounts.rules import refusals
from linli.accounts.rules.phone import mobile_number
from linli.kernel import api as kernel
from linli.kernel import facts as journal

VALID_FOR = timedelta(minutes=5)
ATTEMPTS = 5
PHONE_LIMITS = ((1, timedelta(minutes=1)), (5, timedelta(hours=1)))
SOURCE_LIMITS = ((30, timedelta(hours=1)),)


def send_phone_code(*, phone: str, source: str, now: datetime) -> datetime:
    """Send a six-digit code and return until when it is good. `source` is the network address that asked.

    Known and unknown phones are treated alike. Raises BadPhoneError, TooSoonError, ChannelDownError.
    """
    number = _number(phone)
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = _write_code(number, code, source, now)
    text = _("%(code)s is your Linli sign-in code, good for 5 minutes. Don't give it to anybody.") % {"code": code}
    try:
        slots.channels.get(settings.LINLI_CHANNEL).send(number, text)
    except Exception as error:
        row.delete()
        raise refusals.ChannelDownError from error
    return row.expires_at


def check_phone_code(*, phone: str, code: str, now: datetime) -> Person:
    """Use up a code and return the resident, made at the first good code.

    Raises BadPhoneError, WrongCodeError (wrong, expired, used, tried five times), AccountDisabledError.
    """
    number = _number(phone)
    if not _use_code(number, code.strip(), now):
        raise refusals.WrongCodeError
    person = resident_by_phone(phone=number, now=now)
    if not person.is_active:
        raise refusals.AccountDisabledError
    return person


@transaction.atomic
def resident_by_phone(*, phone: str, now: datetime) -> Person:
    """Return the resident with this phone, opening the account when there is none. Raises BadPhoneError."""
    token = phone_token(phone)
    values = {"username": f"resident-{token[:32]}", "password": "!", "created_at": now}
    person, is_new = Person.objects.get_or_create(kind=Person.Kind.RESIDENT, phone_token=token, defaults=values)
    if is_new:
        told = facts.PersonCreated(person_id=person.pk, person_kind="resident", by_person_id=person.pk)
        journal.publish(told, now=now)
    return person


def known_resident(*, phone: str) -> Person | None:
    """Return the resident who has come in with this phone before and may still. Raises BadPhoneError."""
    token = phone_token(phone)
    return Person.objects.filter(kind=Person.Kind.RESIDENT, phone_token=token, is_active=True).first()


def phone_token(phone: str) -> str:
    """Return the keyed hash under which a phone is known here. Raises BadPhoneError."""
    return kernel.keyed_token(_number(phone), context="accounts.phone")


def _number(phone: str) -> str:
    number = mobile_number(phone)
    if number is None:
        raise refusals.BadPhoneError
    return number


@transaction.atomic
def _write_code(number: str, code: str, source: str, now: datetime) -> PhoneCode:
    token = phone_token(number)
    source_token = kernel.keyed_token(source, context="accounts.source")
    _one_at_a_time(token)
    _need_patience("phone_token", token, PHONE_LIMITS, now)
    _need_patience("source_token", source_token, SOURCE_LIMITS, now)
    row = PhoneCode(phone_token=token, source_token=source_token, sent_at=now, expires_at=now + VALID_FOR)
    row.code_hash = _code_hash(row, code)
    row.save()
    return row


def _need_patience(field: str, token: str, limits: Sequence[tuple[int, timedelta]], now: datetime) -> None:
    rows = PhoneCode.objects.filter(**{field: token}).order_by("-sent_at")
    for count, span in limits:
        sent = list(rows.filter(sent_at__gt=now - span).values_list("sent_at", flat=True)[:count])
        if len(sent) == count:
            wait = sent[-1] + span - now
            raise refusals.TooSoonError(max(1, -(-wait // timedelta(seconds=1))))


def _one_at_a_time(token: str) -> None:
    """Let requests for one phone wait for each other until the transaction ends, so that none slips past the limits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(token[:15], 16)])


@transaction.atomic
def _use_code(number: str, code: str, now: datetime) -> bool:
    """Count the attempt first, then compare: only the newest code counts."""
    token = phone_token(number)
    row = PhoneCode.objects.select_for_update().filter(phone_token=token).order_by("-sent_at", "-id").first()
    if row is None or row.used_at or row.attempts >= ATTEMPTS or now >= row.expires_at:
        return False
    row.attempts += 1
    is_right = hmac.compare_digest(row.code_hash, _code_hash(row, code))
    row.used_at = now if is_right else None
    row.save(update_fields=["attempts", "used_at"])
    return is_right


def _code_hash(row: PhoneCode, code: str) -> str:
    return kernel.keyed_token(f"{row.pk}:{code}", context="accounts.phone-code")
