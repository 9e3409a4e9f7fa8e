"""Signing in: throttled, locked, first duties, second factors, residents."""

import base64
import hashlib
import hmac
import re
import struct
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from linli.accounts import api as accounts
from linli.accounts import slots
from linli.accounts.models import SignIn
from linli.accounts.tests import factories

LOGIN = "/accounts/login/"
CHANGE = "/accounts/password/change/"
PHONE = "13800000000"


def sign_in(client, password=factories.PASSWORD, login="wang", **more):
    return client.post(LOGIN, {"login": login, "password": password, **more})


def confirm(client):
    return client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})


@pytest.fixture
def person(town):
    return factories.make_person(password=factories.PASSWORD)


def totp(secret, at):
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(at.timestamp()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def test_right_password_signs_in_and_goes_where_one_wanted(person, client):
    response = sign_in(client, next="/accounts/sessions/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/sessions/")
    assert client.get("/accounts/sessions/").status_code == 200
    assert SignIn.objects.get().result == "done"


def test_next_to_another_host_is_ignored(person, client):
    assert sign_in(client, next="https://evil.example/")["Location"] == "/desk/start"


@pytest.mark.parametrize("login", ["wang", "nobody"])
def test_wrong_password_says_the_same_for_known_and_unknown(login, person, client):
    response = sign_in(client, "wrong", login=login)
    assert response.status_code == 200
    assert "用户名或密码" in response.content.decode() or "user name or the password" in response.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("login", ["wang", "nobody"])
def test_five_wrong_attempts_lock_the_name_for_fifteen_minutes(login, person, client, now, time_machine_at):
    for _ in range(5):
        assert sign_in(client, "wrong", login=login).status_code == 200
    response = sign_in(client, login=login)
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert "15" in response.content.decode()
    assert SignIn.objects.filter(result="locked").count() == 1
    time_machine_at(now + timedelta(minutes=15))
    assert sign_in(client, login=login).status_code == (302 if login == "wang" else 200)


def test_lock_of_one_name_leaves_others_alone(person, client, time_machine_at):
    for _ in range(5):
        sign_in(client, "wrong", login="nobody")
    assert sign_in(client).status_code == 302


def test_success_forgets_the_wrong_attempts_before(person, client, now, time_machine_at):
    for _ in range(4):
        sign_in(client, "wrong")
    time_machine_at(now + timedelta(seconds=1))
    sign_in(client)
    client.logout()
    time_machine_at(now + timedelta(seconds=2))
    assert sign_in(client, "wrong").status_code == 200
    assert sign_in(client).status_code == 302


def test_too_many_requests_from_one_address_get_429(person, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    answers = [sign_in(client, "wrong", login=f"name{number}") for number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3]["Retry-After"] == "60"


def test_journal_keeps_no_name_that_was_typed(person, client):
    sign_in(client, "wrong", login="my-password-in-the-wrong-field")
    assert "my-password" not in str(SignIn.objects.values().get())


def test_disabled_person_cannot_sign_in(person, client, now):
    accounts.disable_person(person=person, by=accounts.SYSTEM, now=now)
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_first_password_must_be_changed_before_anything_else(town, client):
    factories.make_person(password=factories.PASSWORD, must_change_password=True)
    sign_in(client)
    assert client.get("/me/enter")["Location"] == CHANGE
    new = "quite another phrase"
    client.post(CHANGE, {"oldpassword": factories.PASSWORD, "password1": new, "password2": new})
    assert client.get("/me/enter").status_code == 200
    client.logout()
    sign_in(client, new)
    assert client.get("/me/enter").status_code == 200


def test_post_that_needs_a_second_factor_leads_there_when_the_node_insists(person, client, settings, time_machine_at):
    post = factories.make_post("clerk", [], needs_second_factor=True)
    factories.make_holding(person, factories.Unit.objects.get(code="street"), post)
    sign_in(client)
    assert client.get("/me/enter").status_code == 200
    client.logout()
    settings.LINLI_SECOND_FACTOR = True
    sign_in(client)
    assert client.get("/me/enter")["Location"] == "/accounts/2fa/"


def test_second_factor_is_set_up_sealed_and_asked_for(person, client, now, time_machine_at):
    sign_in(client)
    assert client.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")
    confirm(client)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    response = client.post("/accounts/2fa/totp/activate/", {"code": totp(secret, now)})
    assert response.status_code == 302
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    client.logout()
    assert sign_in(client)["Location"].startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    assert client.get("/accounts/2fa/authenticate/").status_code == 200
    later = now + timedelta(seconds=60)
    time_machine_at(later)
    assert client.post("/accounts/2fa/authenticate/", {"code": totp(secret, later)}).status_code == 302
    assert "_auth_user_id" in client.session


def test_there_is_no_public_sign_up(client, db):
    assert client.get("/accounts/signup/").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["sessions/", "password/change/", "2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "2fa/totp/activate/", "logout/",
     "reauthenticate/"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_of_ones_own_account_open(path, language, person, client):
    sign_in(client)
    confirm(client)
    response = client.get(f"/accounts/{path}", headers={"accept-language": language})
    assert response.status_code == 200
    assert 'id="main"' in response.content.decode()


def test_resident_comes_in_by_phone_and_goes_where_wanted(town, client, now, time_machine_at):
    response = client.post("/me/enter", {"phone": "138 0000 0000", "next": "/me/"})
    assert response["Location"] == "/me/enter/code?next=%2Fme%2F"
    assert "0000" in client.get(response["Location"]).content.decode()
    code = re.search(r"[0-9]{6}", slots.channels.get("console").last_message(PHONE))[0]
    response = client.post("/me/enter/code", {"code": f" {code} ", "next": "/me/"})
    assert response["Location"] == "/me/"
    assert client.session["accounts.phone_tail"] == "0000"
    assert client.session.get_expiry_age() == 30 * 24 * 3600


def test_resident_with_a_wrong_code_keeps_trying_on_the_page(town, client):
    client.post("/me/enter", {"phone": PHONE})
    response = client.post("/me/enter/code", {"code": "000000"})
    assert response.status_code in {422, 302}  # one in a million guesses is right
    assert client.post("/me/enter/code", {"code": "12"}).status_code == 422


def test_resident_next_to_another_host_is_ignored(town, client):
    response = client.post("/me/enter", {"phone": PHONE, "next": "//evil.example/"})
    assert response["Location"] == "/me/enter/code"


def test_resident_asking_too_often_gets_429_and_keeps_the_number(town, client):
    client.post("/me/enter", {"phone": PHONE})
    response = client.post("/me/enter", {"phone": PHONE})
    assert response.status_code == 429
    assert PHONE in response.content.decode()


def test_bad_phone_is_answered_with_422_and_kept(town, client):
    response = client.post("/me/enter", {"phone": "1380"})
    assert response.status_code == 422
    assert 'value="1380"' in response.content.decode()


def test_code_page_without_a_phone_leads_to_the_first_step(town, client):
    assert client.get("/me/enter/code")["Location"] == "/me/enter"


def test_code_is_shown_on_a_demo_node_only(town, client, settings):
    client.post("/me/enter", {"phone": PHONE})
    code = re.search(r"[0-9]{6}", slots.channels.get("console").last_message(PHONE))[0]
    assert code not in client.get("/me/enter/code").content.decode()
    (settings.DATA / "demo-accounts.json").write_text("{}")
    assert code in client.get("/me/enter/code").content.decode()


def test_resident_leaves(town, client, now):
    client.force_login(accounts.resident_by_phone(phone=PHONE, now=now))
    client.post("/me/leave")
    assert "_auth_user_id" not in client.session


FIREFOX, CHROME = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Firefox/145.0", "Mozilla/5.0 Chrome/142.0.1"


def test_a_session_ends_when_nothing_is_done_for_an_hour(person, client):
    with time_machine.travel("2026-03-02 09:00:00+08:00", tick=False) as clock:
        sign_in(client)
        for minutes in (50, 50, 59):  # used each time
            clock.shift(timedelta(minutes=minutes))
            assert client.get("/accounts/sessions/").status_code == 200
        clock.shift(timedelta(minutes=61))
        ended = client.get("/accounts/sessions/")
        assert ended["Location"] == "/accounts/login/?next=/accounts/sessions/"
        assert "_auth_user_id" not in client.session
        assert "一段时间没有操作" in client.get(ended["Location"]).content.decode()


def test_a_session_that_another_browser_brings_is_ended_for_both(person, client):
    client.post(LOGIN, {"login": "wang", "password": factories.PASSWORD}, headers={"User-Agent": FIREFOX})
    updated = FIREFOX.replace("145", "146")
    assert client.get("/accounts/sessions/", headers={"User-Agent": updated}).status_code == 200
    assert client.get("/accounts/sessions/", headers={"User-Agent": CHROME}).status_code == 302
    assert client.get("/accounts/sessions/", headers={"User-Agent": FIREFOX}).status_code == 302
