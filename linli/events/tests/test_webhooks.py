"""Webhooks: signed, in order, without personal data, no more than the holder sees, and never lost."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.events import api as events
from linli.events.actions import deliver, webhook
from linli.events.actions.dispatch import reject_event
from linli.events.models import Delivery, Webhook
from linli.events.queries.webhooks import due_webhooks, webhooks_seen_by
from linli.events.rules.webhooks import KINDS, kind_of
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.kernel.tests.deliver import deliver_all, do_jobs
from linli.trust import api as trust
from tests.mixer import MIXER
from tests.outside import target
from tests.town import MONDAY, OLD_WU_PHONE, report

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("monday", "town")]


@pytest.fixture(autouse=True)
def allow(settings):
    settings.LINLI_OUTGOING_ALLOW = ["127.0.0.0/8"]


@pytest.fixture
def outside(town):
    with target() as here:
        deliver_all()
        yield here


def open_at(town, outside, who="keeper", **more):
    said = {"name": "城管平台", "url": outside.url, "kinds": list(KINDS), **more}
    return webhook.open_webhook(**said, by=town.actor(who), now=MONDAY)


def bodies(outside):
    return [json.loads(body) for _headers, body in outside.got]


def test_what_happens_is_told_in_order_and_signed(town, outside):
    _hook, secret = open_at(town, outside)
    receipt = report(town, f"我叫吴桂芳，电话{OLD_WU_PHONE}，楼道灯坏了")
    reject_event(
        event_id=receipt.event_id, by=town.actor("dispatcher"), now=kernel.now(), reason="no_action", words="已通电话"
    )
    do_jobs()
    assert [one["type"] for one in bodies(outside)] == ["event.reported", "event.moved"]
    headers, body = outside.got[0]
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signature = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{signature}"
    told = bodies(outside)[0]["data"]
    assert (told["number"], told["unit"], told["matter_code"]) == (receipt.number, "南苑社区居委会", "T-01")
    assert bodies(outside)[1]["data"]["step"] == "reject"
    everything = b"".join(body for _headers, body in outside.got).decode()
    assert not any(words in everything for words in ("吴", OLD_WU_PHONE, "灯", "已通电话", "lng", "reporter"))


def test_the_signature_is_the_published_one():
    """The example of the Standard Webhooks libraries."""
    from datetime import UTC, datetime

    moment = datetime.fromtimestamp(1614265330, UTC)
    headers = kernel.signed(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", moment, b'{"test": 2432232314}'
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_kinds_are_those_of_the_facts():
    told = {kind_of(kind) for kind in journal.fact_kinds() if kind.startswith("events.")}
    assert set(KINDS) <= told
    heard = journal.receivers()["events.webhooks"].kinds
    assert {kind_of(kind.kind) for kind in heard} == set(KINDS)


def last(outside, kind):
    return [one["data"] for one in bodies(outside) if one["type"] == kind]


def test_tasks_whistles_and_the_clock_are_told_without_words(town, outside):
    open_at(town, outside)
    receipt = report(town)
    lead, officer = town.actor("community_worker"), town.actor("officer")
    events.accept_event(event_id=receipt.event_id, by=lead, now=MONDAY)
    given = events.give_task(
        event_id=receipt.event_id, by=lead, now=MONDAY, unit_id=town.units["csgl"].id, what="清理杂物", limit=1,
        limit_unit="work_day",
    )  # fmt: skip
    events.answer_task(task_id=given.id, by=officer, now=MONDAY, answer="已清理干净")
    events.sign_off_task(task_id=given.id, by=lead, now=MONDAY)
    events.blow_whistle(
        event_id=receipt.event_id, by=lead, now=MONDAY, unit_ids=[town.units["csgl"].id], words="请到现场", limit=2
    )
    events.pause_event(event_id=receipt.event_id, by=lead, now=MONDAY, words="等居民回电", days=1)
    events.resume_event(event_id=receipt.event_id, by=lead, now=MONDAY)
    do_jobs()
    (told,) = last(outside, "task.given")
    assert (told["task_id"], told["asked_unit_codes"]) == (str(given.id), ["csgl"])
    assert told["unit_code"] == "nysq"
    assert [one["done"] for one in last(outside, "task.ended")] == [True]
    assert [one["asked_unit_codes"] for one in last(outside, "whistle.blown")] == [["csgl"]]
    assert [(one["change"], one["why"]) for one in last(outside, "clock.changed")] == [
        ("paused", "pause"),
        ("resumed", ""),
    ]
    everything = b"".join(body for _headers, body in outside.got).decode()
    assert not any(words in everything for words in ("清理", "现场", "回电"))


def test_a_supervision_note_is_told_once_for_each_event(town, outside):
    open_at(town, outside, kinds=["event.supervised"])
    ids = [report(town).event_id for _ in range(2)]
    events.supervise_events(
        event_ids=ids, level="ordinary", words="请尽快处理", hours=8, by=town.actor("dispatcher"), now=MONDAY
    )
    do_jobs()
    told = last(outside, "event.supervised")
    assert {one["event_id"] for one in told} == {str(one) for one in ids}
    assert {one["level"] for one in told} == {"ordinary"}
    assert len({headers["webhook-id"] for headers, _body in outside.got}) == 2


def test_two_events_are_told_together_only_where_both_are_seen(town, outside):
    open_at(town, outside, kinds=["events.linked", "events.unlinked"])
    open_at(town, outside, kinds=["events.linked"], division_id=town.divisions["xuefu"].id)
    one, other = report(town, grid=0), report(town, grid=2)
    link = events.link_events(
        event_id=one.event_id, number=other.number, kind="related", by=town.actor("dispatcher"), now=MONDAY
    )
    do_jobs()
    (told,) = last(outside, "events.linked")
    assert {told["number"], told["other_number"]} == {one.number, other.number}
    assert told["link"] == link.kind


def test_a_hot_issue_is_told_by_its_figures_alone(town, outside):
    open_at(town, outside)
    open_at(town, outside, who="far_keeper")
    for number, text in enumerate(MIXER):
        report(town, text, phone=f"1370000{number:04d}")
    (issue,) = events.find_hot(now=MONDAY)
    do_jobs()
    (told,) = last(outside, "hot.issue.found")
    assert (told["issue_id"], told["people"]) == (str(issue.id), 5)
    assert "搅拌站" not in json.dumps(bodies(outside), ensure_ascii=False)


def test_only_what_the_holder_sees_is_told(town, outside):
    open_at(town, outside, who="far_keeper")
    report(town)
    do_jobs()
    assert outside.got == []
    open_at(town, outside, division_id=town.divisions["xuefu"].id)
    report(town, grid=0)
    inside = report(town, grid=2)
    do_jobs()
    assert {one["data"]["number"] for one in bodies(outside)} == {inside.number}


def test_nothing_is_told_any_more_when_the_holding_has_ended(town, outside):
    open_at(town, outside)
    accounts.end_holding(holding=town.holdings["keeper"], by=accounts.SYSTEM, now=MONDAY)
    report(town)
    do_jobs()
    assert outside.got == []


def test_only_chosen_kinds_are_told_and_a_fact_heard_twice_is_told_once(town, outside):
    open_at(town, outside, kinds=["event.reported"])
    receipt = report(town)
    do_jobs()
    from linli.events import facts

    fact = facts.EventReported(receipt.event_id, receipt.number, "web", "T-01", 1, MONDAY)
    again = journal.Delivered(fact, Delivery.objects.get().fact_id, MONDAY)
    deliver.keep_deliveries(told=[again], now=MONDAY)
    do_jobs()
    assert len(outside.got) == 1


def test_a_target_that_fails_is_left_alone_for_growing_pauses_and_then_gets_everything_in_order(town, outside):
    hook, _secret = open_at(town, outside, kinds=["event.reported"])
    outside.status = 503
    numbers = [report(town).number for _ in range(3)]
    do_jobs()
    assert outside.tries == 1, "the first one fails, the others wait behind it"
    assert Delivery.objects.get(attempts=1).error == "HTTP 503"
    now = kernel.now()
    assert due_webhooks(now) == []
    assert deliver.deliver_waiting(webhook_id=hook.id, now=now) == 0
    assert outside.tries == 1
    outside.status = 200
    later = now + timedelta(minutes=2)
    assert due_webhooks(later) == [hook.id]
    assert deliver.deliver_waiting(webhook_id=hook.id, now=later) == 3
    assert [one["data"]["number"] for one in bodies(outside)] == numbers
    hook.refresh_from_db()
    assert (hook.failures, hook.next_try_at) == (0, None)


def test_what_fails_for_two_days_is_given_up_and_can_be_sent_again(town, outside):
    hook, _secret = open_at(town, outside, kinds=["event.reported"])
    outside.status = 500
    report(town)
    do_jobs()
    now = kernel.now()
    attempts = next(count for count in range(1, 99) if kernel.pause_after(count) is None)
    for _attempt in range(1, attempts):
        now += timedelta(days=1, minutes=1)
        deliver.deliver_waiting(webhook_id=hook.id, now=now)
    lost = Delivery.objects.get()
    assert (lost.state, lost.attempts) == ("dead", attempts)
    outside.status = 200
    deliver.replay_delivery(delivery=lost, by=town.actor("keeper"), now=now)
    do_jobs()
    lost.refresh_from_db()
    assert (lost.state, lost.attempts) == ("sent", 1)
    assert outside.got[0][0]["webhook-id"] == str(lost.id), "the same id as before"


def test_everything_since_a_moment_is_sent_again(town, outside):
    hook, _secret = open_at(town, outside, kinds=["event.reported"])
    report(town, now=MONDAY - timedelta(hours=5))
    for _ in range(2):
        report(town, now=kernel.now())
    do_jobs()
    Delivery.objects.filter(pk=Delivery.objects.latest("id").pk).update(state="dead")
    since = MONDAY - timedelta(hours=1)
    by = {"by": town.actor("keeper"), "now": kernel.now(), "since": since}
    assert deliver.replay_since(webhook=hook, lost_only=True, **by) == 1
    do_jobs()
    assert deliver.replay_since(webhook=hook, lost_only=False, **by) == 2
    do_jobs()
    ids = [headers["webhook-id"] for headers, _body in outside.got]
    assert len(ids) == 6
    assert ids[4:] == ids[1:3], "in order, with their ids"


def test_a_test_is_sent_though_the_webhook_waits(town, outside):
    hook, _secret = open_at(town, outside)
    outside.status = 500
    report(town)
    do_jobs()
    outside.status = 200
    deliver.send_test(webhook=hook, by=town.actor("keeper"), now=kernel.now())
    do_jobs()
    assert [one["type"] for one in bodies(outside)] == ["test", "event.reported"], "and what waits goes on behind it"
    hook.refresh_from_db()
    webhook.pause_webhook(webhook=hook, by=town.actor("keeper"), now=kernel.now(), paused=True)
    report(town)
    do_jobs()
    assert len(outside.got) == 2
    webhook.pause_webhook(webhook=hook, by=town.actor("keeper"), now=kernel.now(), paused=False)
    do_jobs()
    assert len(outside.got) == 3


def test_an_ended_webhook_is_told_nothing(town, outside):
    hook, _secret = open_at(town, outside)
    webhook.end_webhook(webhook=hook, by=town.actor("keeper"), now=kernel.now())
    report(town)
    do_jobs()
    assert outside.tries == 0


def test_a_changed_address_and_secret_count_from_the_next_attempt(town, outside):
    hook, first = open_at(town, outside)
    second = webhook.renew_secret(webhook=hook, by=town.actor("keeper"), now=kernel.now())
    assert first != second == Webhook.objects.get().secret.reveal()
    webhook.change_webhook(
        webhook=hook, name="新", url="https://example.org/", kinds=["event.closed"], by=town.actor("keeper"), now=MONDAY
    )
    assert Webhook.objects.get().kinds == ["event.closed"]


def test_bad_addresses_and_people_without_the_right_are_refused(town, outside):
    with pytest.raises(kernel.OutgoingError):
        open_at(town, outside, url="ftp://example.org")
    with pytest.raises(trust.NotAllowed):
        open_at(town, outside, who="dispatcher")
    with pytest.raises(webhook.NothingSeenError):
        open_at(town, outside, who="blind_keeper")
    hook, _secret = open_at(town, outside)
    with pytest.raises(trust.Hidden):
        deliver.send_test(webhook=hook, by=town.actor("far_keeper"), now=MONDAY)
    assert list(webhooks_seen_by(town.actor("far_keeper"))) == []
    assert list(webhooks_seen_by(town.actor("keeper"))) == [hook]


def test_a_private_address_gets_nothing_and_the_officer_reads_why(town, outside, settings):
    settings.LINLI_OUTGOING_ALLOW = []
    open_at(town, outside)
    report(town)
    do_jobs()
    assert outside.tries == 0
    assert "内部网络" in Delivery.objects.get(attempts=1).error


def test_old_deliveries_are_forgotten(town, outside):
    open_at(town, outside)
    report(town)
    do_jobs()
    assert deliver.forget_deliveries(before=MONDAY) == 0
    assert deliver.forget_deliveries(before=MONDAY + timedelta(days=1)) == 1
