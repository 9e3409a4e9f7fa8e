"""Somebody guesses a password, takes out a list and gives himself a right: three alerts, one incident, told in time."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from linli.accounts import api as accounts
from linli.accounts.models import Message
from linli.accounts.tests.factories import tell_at
from linli.kernel import api as kernel
from linli.kernel.tests.deliver import deliver_all
from linli.trust import api as trust
from linli.trust.actions.incidents import remind_of_duties
from linli.trust.actions.watch_node import watch_node
from linli.trust.models import Incident, LedgerEntry, SecurityAlert
from tests.town import MONDAY, build_town

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PASSWORD = "青石巷的老槐树开花了"
PAGE = "/console/security"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def town(three_words, db):
    return build_town()


def hire(town, username, name, capabilities, **more):
    """Take on somebody of the county centre."""
    now = kernel.now() - timedelta(days=200)
    post = accounts.save_post(
        code=f"p-{username}", name=f"{name}的岗位", capabilities=capabilities, by=accounts.SYSTEM, now=now, **more
    )
    person = accounts.create_person(
        username=username, name=name, password=PASSWORD, must_change_password=False, by=accounts.SYSTEM, now=now
    )
    accounts.open_holding(person=person, post=post, unit=town.units["centre"], by=accounts.SYSTEM, now=now)
    return person


def signed_in(person):
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0)"})
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def the_watch_looks():
    deliver_all()
    trust.seal_once(now=kernel.now())
    watch_node(now=kernel.now())
    deliver_all()


def break_in(town, victim, wide, clock):
    """Guess the password of somebody, take out a list far above the habit, and take a post."""
    thief = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux)"})
    for n in range(4):
        clock.shift(10)
        assert thief.post("/accounts/login/", {"login": "deputy", "password": f"wrong {n}"}).status_code == 200
    clock.shift(10)
    assert thief.post("/accounts/login/", {"login": "deputy", "password": PASSWORD}).status_code == 302
    by, now = accounts.actor_for(victim, on=kernel.now().date()), kernel.now()
    trust.record(
        by=by, action="export", purpose="events.export", subjects=[], object_kind="event_list",
        object_id="4000 rows", elements=["number"], now=now,
    )  # fmt: skip
    accounts.open_holding(person=victim, post=wide, unit=town.units["centre"], by=by, now=now)
    clock.shift(MINUTE)


def make_an_incident(office, alert):
    """Make an incident of the alert, and return it with its page."""
    made = office.post(
        f"{PAGE}/incidents/new?alert={alert.pk}",
        {
            "title": "名单被批量导出", "category": "data", "grade": "3", "operator": "organ", "about_people": "on",
            "known_at": here(kernel.now()), "what": "一个账号被盗用，导出了名单", "data_kinds": "事件编号",
            "people": "4000", "measures": "停用账号，收回文件", "advice": "留意陌生来电",
        },
    )  # fmt: skip
    incident = Incident.objects.get()
    assert made.url == f"{PAGE}/incidents/{incident.pk}"
    assert {duty.code for duty in incident.duties.all()} == {"pipl57", "organ2h"}
    return incident, made.url


def bring_to_an_end(office, incident, page, clock):
    """Let the notices go out in time with proof, tell the people, contain, review and close."""
    clock.shift(50 * MINUTE)
    assert remind_of_duties(now=kernel.now()) == 1
    clock.shift(5 * MINUTE)
    for duty in incident.duties.all():
        office.post(f"{page}/duties/{duty.pk}", {"was_needed": "yes", "proof": "网信回执8号"})
    assert all(duty.done_at < duty.due_at for duty in incident.duties.all())
    office.post(f"{page}/act", {"act": "notice", "notice": "sent", "words": "您的事件编号可能被他人看到"})
    office.post(f"{page}/act", {"act": "contain", "words": "账号已停用"})
    summary = incident.duties.get(code="summary30d")
    office.post(f"{page}/duties/{summary.pk}", {"was_needed": "yes", "proof": "总结报告3号"})
    office.post(f"{page}/act", {"act": "close", "words": "改为双因素登录，导出须审批"})
    incident.refresh_from_db()
    assert (incident.state, incident.review) == ("closed", "改为双因素登录，导出须审批")


def here(moment):
    """Return a moment as the browser writes it."""
    return f"{moment.astimezone(MONDAY.tzinfo):%Y-%m-%dT%H:%M}"


def test_from_a_guessed_password_to_the_review(town):
    with time_machine.travel(MONDAY, tick=False) as clock:
        cache.clear()
        guard = hire(town, "anning", "安宁", ["trust.watch", "accounts.messages"])
        victim = hire(town, "deputy", "副职", ["events.export", "events.see_area", "accounts.grant"])
        stranger = hire(town, "plain", "平凡", ["events.see_area"])
        now = kernel.now()
        wide = accounts.save_post(
            code="wide", name="数据管理", capabilities=["events.import"], by=accounts.SYSTEM, now=now
        )
        deliver_all()
        tell_at(town.units["centre"], accounts.actor_for(guard, on=now.date()))

        break_in(town, victim, wide, clock)
        the_watch_looks()

        # The security administrator was told, sees the three on one page, opens a playbook and takes the alert.
        assert Message.objects.filter(kind="alert").count() == 3
        office = signed_in(guard)
        page = office.get(PAGE).content.decode()
        assert all(words in page for words in ("多次密码错误后登录成功", "导出量远超平常", "给自己授予岗位"))
        assert page.count("副职的账号") == 3
        alert = SecurityAlert.objects.get(kind="export.peak")
        assert "头十分钟" in office.get(f"{PAGE}/alerts/{alert.pk}").content.decode()
        office.post(f"{PAGE}/alerts/{alert.pk}/step", {"step": "take"})

        incident, its_page = make_an_incident(office, alert)
        bring_to_an_end(office, incident, its_page, clock)
        for one in SecurityAlert.objects.all():
            office.post(f"{PAGE}/alerts/{one.pk}/step", {"step": "close", "outcome": "true", "words": "账号被盗用"})
        the_watch_looks()
        assert not SecurityAlert.objects.filter(closed_at=None).exists()

        # The audit administrator reads it all and changes nothing; nobody else comes near.
        audit = signed_in(town.people["auditor"])
        report = audit.get(f"{its_page}/report").content.decode()
        assert all(words in report for words in ("网信回执8号", "您的事件编号可能被他人看到", "改为双因素登录"))
        assert audit.post(f"{its_page}/act", {"act": "reopen", "words": "x"}).status_code == 403
        for person in (stranger, town.people["dispatcher"]):
            assert [signed_in(person).get(one).status_code for one in (PAGE, its_page)] == [403, 403]
        assert Client().get(PAGE).status_code == 302
        assert LedgerEntry.objects.filter(object_kind="trust.incident", person_id=guard.pk).count() >= 6
