"""Residents come in by phone."""

import re
from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.accounts import slots
from linli.accounts.models import Person, PhoneCode
from linli.accounts.tests import factories

PHONE = "13800000000"
SOURCE = "192.0.2.1"


def send(now, phone=PHONE, source=SOURCE):
    accounts.send_phone_code(phone=phone, source=source, now=now)
    text = slots.channels.get("console").last_message(accounts.mobile_number(phone))
    return re.search(r"\b[0-9]{6}\b", text)[0]


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_right_code_opens_an_account_once(db, now):
    person = accounts.check_phone_code(phone=PHONE, code=send(now), now=now)
    later = now + timedelta(minutes=2)
    again = accounts.check_phone_code(phone="+86 138 0000 0000", code=send(later), now=later)
    assert person == again
    assert person.kind == "resident"
    assert not person.has_usable_password()
    assert accounts.actor_for(person, on=now.date()).kind == "resident"


def test_code_works_once(db, now):
    code = send(now)
    accounts.check_phone_code(phone=PHONE, code=code, now=now)
    with pytest.raises(accounts.WrongCodeError):
        accounts.check_phone_code(phone=PHONE, code=code, now=now)


def test_code_expires_after_five_minutes(db, now):
    code = send(now)
    with pytest.raises(accounts.WrongCodeError):
        accounts.check_phone_code(phone=PHONE, code=code, now=now + timedelta(minutes=5))
    assert accounts.check_phone_code(phone=PHONE, code=code, now=now + timedelta(minutes=4, seconds=59))


def test_code_dies_after_five_wrong_attempts(db, now):
    code = send(now)
    for _ in range(5):
        with pytest.raises(accounts.WrongCodeError):
            accounts.check_phone_code(phone=PHONE, code=wrong(code), now=now)
    with pytest.raises(accounts.WrongCodeError):
        accounts.check_phone_code(phone=PHONE, code=code, now=now)
    assert not Person.objects.exists()


def test_only_the_newest_code_counts(db, now):
    first = send(now)
    later = now + timedelta(minutes=1)
    second = send(later)
    if first != second:
        with pytest.raises(accounts.WrongCodeError):
            accounts.check_phone_code(phone=PHONE, code=first, now=later)
    assert accounts.check_phone_code(phone=PHONE, code=second, now=later)


def test_code_of_another_phone_is_wrong(db, now):
    code = send(now)
    with pytest.raises(accounts.WrongCodeError):
        accounts.check_phone_code(phone="13900000000", code=code, now=now)


def test_phone_gets_one_code_a_minute(db, now):
    send(now)
    with pytest.raises(accounts.TooSoonError) as refusal:
        send(now + timedelta(seconds=20))
    assert refusal.value.wait_seconds == 40
    send(now + timedelta(seconds=60))


def test_phone_gets_five_codes_an_hour(db, now):
    for minute in range(0, 50, 10):
        send(now + timedelta(minutes=minute))
    with pytest.raises(accounts.TooSoonError) as refusal:
        send(now + timedelta(minutes=50))
    assert refusal.value.wait_seconds == 600
    send(now + timedelta(minutes=60))


@pytest.mark.slow
def test_source_gets_thirty_codes_an_hour(db, now):
    for number in range(30):
        send(now, phone=f"138000000{number:02d}")
    with pytest.raises(accounts.TooSoonError):
        send(now, phone="13900000000")
    send(now, phone="13900000000", source="192.0.2.2")


def test_nothing_readable_is_kept(db, now):
    code = send(now)
    kept = str(PhoneCode.objects.values().get())
    assert PHONE not in kept
    assert code not in kept
    assert SOURCE not in kept


def test_known_and_unknown_phones_are_treated_alike(db, now, django_assert_num_queries):
    accounts.resident_by_phone(phone=PHONE, now=now)
    with django_assert_num_queries(7):
        accounts.send_phone_code(phone=PHONE, source=SOURCE, now=now)
    with django_assert_num_queries(7):
        accounts.send_phone_code(phone="13900000000", source=SOURCE, now=now)


@pytest.mark.parametrize("phone", ["", "1380000000", "12800000000", "138000000000", "０", "١٣٨٠٠٠٠٠٠٠٠"])
def test_bad_phone_is_refused(phone, db, now):
    with pytest.raises(accounts.BadPhoneError):
        accounts.send_phone_code(phone=phone, source=SOURCE, now=now)


def test_channel_down_keeps_no_code_and_lets_try_again(db, now, monkeypatch):
    channel = slots.channels.get("console")

    def fail(to, text):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(channel, "send", fail)
        with pytest.raises(accounts.ChannelDownError):
            send(now)
    assert not PhoneCode.objects.exists()
    send(now)


def test_disabled_resident_is_refused_after_the_right_code_only(db, now):
    person = accounts.resident_by_phone(phone=PHONE, now=now)
    accounts.disable_person(person=person, by=accounts.SYSTEM, now=now)
    code = send(now)
    with pytest.raises(accounts.WrongCodeError):
        accounts.check_phone_code(phone=PHONE, code=wrong(code), now=now)
    with pytest.raises(accounts.AccountDisabledError):
        accounts.check_phone_code(phone=PHONE, code=code, now=now)


def test_staff_with_the_phone_of_a_resident_stay_apart(db, now):
    staff = factories.make_person()
    assert accounts.resident_by_phone(phone=PHONE, now=now) != staff
