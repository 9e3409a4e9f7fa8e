"""What is kept for a time only is gone afterwards, and nothing else with it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from linli.accounts.actions.forget import forget_old
from linli.accounts.models import PhoneCode, SignIn

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 3, 41, tzinfo=UTC)


def code(age):
    sent = NOW - age
    return PhoneCode.objects.create(
        phone_token="p", source_token="s", code_hash="h", sent_at=sent, expires_at=sent + timedelta(minutes=5)
    )


def sign_in(age):
    return SignIn.objects.create(name_token="n", result=SignIn.Result.DONE, at=NOW - age)


def session(key, age):
    return Session.objects.create(session_key=key, session_data="", expire_date=NOW - age)


def test_codes_go_after_a_day_sign_ins_after_half_a_year_sessions_at_their_end():
    kept = {code(timedelta(hours=23)), sign_in(timedelta(days=183)), session("new", -timedelta(minutes=1))}
    code(timedelta(hours=25)), sign_in(timedelta(days=185)), session("old", timedelta(minutes=1))
    assert forget_old(now=NOW) == 3
    assert {*PhoneCode.objects.all(), *SignIn.objects.all(), *Session.objects.all()} == kept
    assert forget_old(now=NOW) == 0
