"""Story: people are told: the number when they ask, the answer at the end; units of new work."""

import json
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from linli.accounts import api as accounts
from linli.accounts.actions import messages
from linli.accounts.models import Message, NoticeAddress
from linli.accounts.plugins.channels import _sms_body
from linli.accounts.queries.messages import due_channels, messages_seen_by
from linli.events.actions.dispatch import reject_event
from linli.events.actions.follow import follow_event
from linli.events.actions.joint import give_task
from linli.events.actions.merge import merge_event
from linli.events.actions.tell import tell_number
from linli.events.actions.whistle import blow_whistle
from linli.events.models import Event
from linli.events.tests.open311 import key_of, post
from linli.kernel import api as kernel
from linli.kernel.tests.deliver import deliver_all, do_jobs
from linli.trust.models import LedgerEntry
from tests.outside import mailbox, target
from tests.town import MONDAY, OLD_WU_PHONE, TENANT_PHONE, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(settings, town):
    with target() as here:
        deliver_all()
        settings.LINLI_TELL, settings.LINLI_SMS_URL = "sms", here.url
        settings.LINLI_OUTGOING_ALLOW = ["127.0.0.0/8"]
        yield here


@pytest.fixture
def post_office(settings, gateway):
    with mailbox() as here:
        settings.LINLI_SMTP_URL = here.url
        yield here


def end(town, receipt, words="已换灯泡"):
    reject_event(
        event_id=receipt.event_id, by=town.actor("dispatcher"), now=kernel.now(), reason="no_action", words=words
    )


def texts(gateway):
    return [(json.loads(body)["to"], json.loads(body)["text"]) for _headers, body in gateway.got]


def test_the_number_is_sent_and_the_ledger_knows(town, gateway):
    receipt = report(town)
    assert tell_number(event_id=receipt.event_id, now=kernel.now())
    assert tell_number(event_id=receipt.event_id, now=kernel.now()), "asked twice"
    do_jobs()
    ((to, text),) = texts(gateway)
    assert to == OLD_WU_PHONE
    assert receipt.number in text
    assert "南苑社区居委会" in text
    entry = LedgerEntry.objects.filter(purpose="events.answer_reporter").latest("id")
    assert (entry.actor_kind, entry.elements) == ("system", ["phone"])
    message = Message.objects.get()
    assert (message.shown, message.about, message.unit.code) == ("138****1111", receipt.number, "nysq")
    assert OLD_WU_PHONE not in str(Message.objects.values_list()[0])


def test_the_answer_reaches_the_reporter_once_an_ending(town, gateway):
    receipt = report(town)
    end(town, receipt, f"已换灯泡，找{OLD_WU_PHONE}")
    do_jobs()
    deliver_all()
    ((_to, text),) = texts(gateway)
    assert receipt.number in text
    assert "已换灯泡" in text
    assert OLD_WU_PHONE not in text


@pytest.mark.parametrize(("channel", "phone"), [("hotline", OLD_WU_PHONE), ("web", ""), ("web", "0731-88880000")])
def test_who_is_answered_elsewhere_or_can_not_be_reached_gets_nothing(town, gateway, channel, phone):
    end(town, report(town, channel=channel, phone=phone, name=""))
    do_jobs()
    assert gateway.tries == 0


def test_without_a_mobile_number_the_answer_goes_by_e_mail(client, town, post_office):
    (taken,) = post(client, key_of(town, "dispatcher"), email="wu@example.org").json()
    end(town, type("R", (), {"event_id": Event.objects.get(number=taken["service_request_id"]).id}))
    do_jobs()
    ((to, mail),) = post_office.mails
    assert to == "wu@example.org"
    assert "已换灯泡" in mail.get_content()
    assert Message.objects.get(kind="answer").shown == "w***@example.org"


def test_a_unit_is_told_of_all_that_came_at_once(town, gateway):
    hook, keeper = target(), town.actor("messenger")
    with hook as here:
        add = {"unit": town.units["nanyuan"], "by": keeper, "now": MONDAY}
        row = messages.add_notice_address(channel="webhook", address=here.url, **add)
        messages.add_notice_address(channel="sms", address="139 0000 9999", **add)
        receipts = [report(town) for _ in range(2)]
        do_jobs()
        ((headers, body),) = here.got
        assert all(one.number in json.loads(body)["text"] for one in receipts)
        secret = NoticeAddress.objects.get(pk=row.pk).secret.reveal()
        at = kernel.now().fromtimestamp(int(headers["webhook-timestamp"]), MONDAY.tzinfo)
        again = kernel.signed(secret, headers["webhook-id"], at, body)
        assert again["webhook-signature"] == headers["webhook-signature"]
    assert [to for to, _text in texts(gateway)] == ["13900009999"]
    messages.end_notice_address(address=row, by=keeper, now=MONDAY)
    report(town)
    do_jobs()
    assert len(texts(gateway)) == 2


def test_a_gateway_that_fails_is_tried_for_two_days_then_listed_and_sent_again(town, gateway):
    gateway.status = 500
    receipts = [report(town) for _ in range(4)]
    for one in receipts:
        tell_number(event_id=one.event_id, now=kernel.now())
    do_jobs()
    assert gateway.tries == messages.DOWN_AFTER, "a channel that is down is left alone"
    now = kernel.now()
    for _ in range(40):
        now += timedelta(days=2)
        assert due_channels(now) in (["sms"], [])
        messages.send_messages(channel="sms", now=now)
    assert {one.state for one in Message.objects.all()} == {"dead"}
    assert Message.objects.first().error == "网关没有接收（HTTP 500）。"
    gateway.status = 200
    keeper = town.actor("messenger")
    assert messages.retry_messages(by=town.actor("far_keeper"), now=now) == 0
    first = Message.objects.earliest("id")
    assert messages.retry_messages(message_id=first.id, by=keeper, now=kernel.now()) == 1
    do_jobs()
    assert len(gateway.got) == 1
    assert messages.drop_message(message_id=Message.objects.latest("id").id, by=keeper) == 1
    assert messages.retry_messages(since=MONDAY - timedelta(hours=1), by=keeper, now=kernel.now()) == 2
    do_jobs()
    assert len(gateway.got) == 3
    assert messages.forget_messages(before=MONDAY + timedelta(days=1)) == 4


def test_words_of_a_bad_answer_are_a_failure(town, gateway, settings):
    settings.LINLI_SMS_GOOD = '"code":0'
    receipt = report(town)
    tell_number(event_id=receipt.event_id, now=kernel.now())
    do_jobs()
    assert Message.objects.get().state == "waiting"


def test_the_body_of_a_gateway_holds_any_text():
    words = {"{to}": "13900001111", "{text}": '引号" 和 {to} & 换行\n'}
    kind, body = _sms_body('{"m": ["{to}"], "t": "【邻里】{text}", "n": 1}', words)
    assert (kind, json.loads(body)["t"]) == ("application/json", f"【邻里】{words['{text}']}")
    kind, body = _sms_body("mobile={to}&content={text}", words)
    assert parse_qs(body.decode())["mobile"] == ["13900001111"]


def test_messages_belong_to_the_area(town, gateway):
    receipt = report(town)
    tell_number(event_id=receipt.event_id, now=kernel.now())
    assert messages_seen_by(town.actor("messenger")).count() == 1
    assert messages_seen_by(town.actor("far_keeper")).count() == 0
    with pytest.raises(accounts.NotAllowedError):
        messages.add_notice_address(
            unit=town.units["nanyuan"], channel="sms", address="13900009999", by=town.actor("far_keeper"), now=MONDAY
        )
    with pytest.raises(accounts.BadAddressError):
        messages.add_notice_address(
            unit=town.units["nanyuan"], channel="email", address="nobody", by=town.actor("messenger"), now=MONDAY
        )


def test_neighbours_of_one_lamp_are_each_told_once(town, gateway):
    lamp, again = report(town), report(town, "还是那盏灯，又来反映一次")
    merged = {"event_id": again.event_id, "by": town.actor("dispatcher"), "now": kernel.now()}
    merge_event(**merged, number=lamp.number)
    followed = follow_event(event_id=lamp.event_id, by=accounts.GUEST, now=kernel.now(), phone=TENANT_PHONE)
    end(town, lamp)
    deliver_all()
    do_jobs()
    deliver_all()
    do_jobs()
    told = dict(texts(gateway))
    assert len(texts(gateway)) == len(told) == 2
    assert lamp.number in told[OLD_WU_PHONE]
    assert followed.number in told[TENANT_PHONE]


def test_a_unit_hears_of_its_tasks_and_of_calls(town, gateway):
    csgl, keeper = town.units["csgl"].id, town.actor("messenger")
    messages.add_notice_address(unit=town.units["csgl"], channel="sms", address="13600001234", by=keeper, now=MONDAY)
    lamp, lead = report(town), town.actor("community_worker")
    give_task(event_id=lamp.event_id, by=lead, now=kernel.now(), unit_id=csgl, what="清理楼道", limit=1)
    blow_whistle(event_id=lamp.event_id, by=lead, now=kernel.now(), unit_ids=[csgl], words="请来3栋", limit=1)
    deliver_all()
    do_jobs()
    assert sum("清理楼道" in text for _to, text in texts(gateway)) == 1
    assert sum("到场" in text for _to, text in texts(gateway)) == 1
