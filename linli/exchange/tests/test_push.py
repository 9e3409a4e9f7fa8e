"""Push by a grant: what changed is delivered signed and in order, counted, recorded, and stopped with the grant."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange import facts, states
from linli.exchange.actions.push import POST_ENDED, forget_deliveries, leave_out, take_out
from linli.exchange.models import Grant, Push, PushDelivery, Use
from linli.exchange.queries.push import pushes_at_work
from linli.exchange.tests.places import NOW, WU_ID, applied, asked, call, granted, kept_wu
from linli.exchange.tests.test_corrections import facts_of
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.registry.tests.factories import ledger, say
from linli.trust import api as trust
from tests.outside import target

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
LATER = NOW + timedelta(hours=1)
PUSHED = {"ways": ("query", "push"), "elements": ("native_place", "name"), "lifted": ("name",)}


@pytest.fixture(autouse=True)
def allow(settings):
    settings.LINLI_OUTGOING_ALLOW = ["127.0.0.0/8"]


@pytest.fixture
def outside():
    with target() as here:
        yield here


@pytest.fixture
def as_shipped():
    """Let what grades do be put back: it is held in memory."""
    yield
    trust.hold_handling(trust.shipped_handling())


@pytest.fixture
def wu(place):
    return kept_wu(place.ground.grids["xuefu1"])


def pushed(place, outside, begin=True, **more):
    grant = granted(place, **{**PUSHED, "push_to": outside.url, **more})
    secret = exchange.begin_push(grant_id=grant.pk, by=place.actor("asker"), now=NOW) if begin else ""
    return grant, secret


def settled(place, home, key="P1", at=LATER, grid="xuefu1", **more):
    """Let the police say what somebody comes from."""
    said = {"name": "吴桂芳", "citizen_id": WU_ID, "sex": "2", "birth_date": "1940-03-12", **more}
    return say("police", "person", key, at=at, **said, native_place=home, area_code=place.ground.grids[grid].code)


def deliver(grant, now=LATER):
    exchange.make_ready(grant_id=grant.pk, now=now)
    return exchange.send_waiting(grant_id=grant.pk, now=now)


def told(outside):
    return [json.loads(body)["data"] for _headers, body in outside.got]


def test_a_change_is_delivered_signed_and_under_the_own_pseudonym(place, wu, outside):
    grant, secret = pushed(place, outside)
    settled(place, "甲市")
    assert deliver(grant) == 1
    headers, body = outside.got[0]
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), content, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(mac).decode()}"
    (said,) = told(outside)
    (change,) = said["changes"]
    asked_for = exchange.query_one(call=call(place, grant, now=LATER), whom={"citizen_id": WU_ID})
    assert change == {"subject": asked_for["subject"], "state": "is", "values": asked_for["values"]}
    assert set(change["values"]) == {"native_place", "name"}
    assert (said["grant"], said["sequence"]) == (grant.number, 1)
    assert WU_ID not in body.decode()


def test_each_delivery_is_counted_and_recorded_with_who_it_speaks_of(place, wu, outside):
    grant, _secret = pushed(place, outside)
    settled(place, "甲市")
    exchange.make_ready(grant_id=grant.pk, now=LATER)
    (entry,) = [one for one in ledger(case_ref=grant.number) if one.action == "exchange.push"]
    assert registry.subject_of(wu) in entry.subjects
    assert entry.unit_id == place.units["mzj"].pk
    assert entry.elements == ["person.name", "person.native_place"]
    grant.refresh_from_db()
    assert (grant.used, Use.objects.get().way) == (1, "push")
    assert outside.tries == 0, "recorded before it is sent"
    kept = PushDelivery.objects.get()
    assert "吴桂芳" not in str(kept.__dict__)
    exchange.send_waiting(grant_id=grant.pk, now=LATER)
    kept.refresh_from_db()
    assert (kept.state, kept.body, kept.entities) == ("sent", None, []), "what was taken is not kept"


def test_what_the_recipient_would_not_see_changed_is_not_told(place, wu, outside):
    grant, _secret = pushed(place, outside)
    settled(place, "甲市")
    deliver(grant)
    settled(place, "甲市", at=LATER + timedelta(minutes=1), marital="20")
    settled(place, "甲市", "P7", citizen_id="990101199508150010", name="赵六", grid="lanting1", at=LATER)
    assert deliver(grant, LATER + timedelta(minutes=2)) == 1, "who is new; another's marriage is not in the grant"
    assert [len(one["changes"]) for one in told(outside)] == [1, 1]
    grant.refresh_from_db()
    assert grant.used == 2


def test_rows_outside_the_grant_are_told_to_nobody_and_who_leaves_is_told_once(place, wu, outside):
    grant, _secret = pushed(place, outside, division_id=place.community, rows={"native_place": ["甲市", "乙市"]})
    settled(place, "丁市")
    assert deliver(grant) == 0
    settled(place, "甲市", at=LATER + timedelta(minutes=1))
    settled(place, "甲市", "P7", citizen_id="990101199508150010", name="赵六", grid="lanting1", at=LATER)
    deliver(grant, LATER + timedelta(minutes=2))
    settled(place, "丁市", at=LATER + timedelta(minutes=3))
    deliver(grant, LATER + timedelta(minutes=4))
    settled(place, "戊市", at=LATER + timedelta(minutes=5))
    deliver(grant, LATER + timedelta(minutes=6))
    changes = [one["changes"] for one in told(outside)]
    assert [[each["state"] for each in one] for one in changes] == [["is"], ["left"]]
    assert "values" not in changes[1][0]
    assert changes[0][0]["subject"] == changes[1][0]["subject"]


def test_deliveries_wait_in_order_and_are_tried_again_with_the_same_id(place, wu, outside):
    grant, _secret = pushed(place, outside)
    outside.status = 503
    for minute, home in enumerate(("甲市", "乙市", "丙市")):
        settled(place, home, at=LATER + timedelta(minutes=minute))
        deliver(grant, LATER + timedelta(minutes=minute, seconds=1))
    push = Push.objects.get()
    assert (PushDelivery.objects.count(), push.failures) == (3, 2), "the third was made while nothing was sent"
    first = PushDelivery.objects.get(sequence=1)
    assert (first.state, first.error) == ("waiting", "HTTP 503")
    assert pushes_at_work(push.next_try_at - timedelta(seconds=1)) == []
    assert pushes_at_work(push.next_try_at) == [grant.pk]
    outside.status = 200
    assert deliver(grant, push.next_try_at) == 3
    assert [one["sequence"] for one in told(outside)] == [1, 2, 3]
    assert outside.got[0][0]["webhook-id"] == str(first.pk)
    assert Grant.objects.get().used == 3, "an attempt costs nothing"


@pytest.mark.slow
def test_what_fails_for_two_days_is_given_up_alarmed_and_can_be_sent_again(place, wu, outside):
    grant, _secret = pushed(place, outside)
    outside.status = 500
    settled(place, "甲市")
    moment = LATER
    for _attempt in range(20):
        deliver(grant, moment)
        if PushDelivery.objects.get().state == "failed":
            break
        moment = Push.objects.get().next_try_at
    assert timedelta(days=2) < moment - LATER < timedelta(days=2.5)
    assert [one.number for one in facts_of(facts.PushGivenUp)] == [grant.number]
    assert deliver(grant, moment + timedelta(days=3)) == 0, "it was given up"
    outside.status = 200
    kept = PushDelivery.objects.get()
    with pytest.raises(trust.NotAllowed):
        exchange.send_again(delivery_id=kept.pk, by=place.actor("police"), now=moment)
    exchange.send_again(delivery_id=kept.pk, by=place.actor("asker"), now=moment)
    assert deliver(grant, moment) == 1
    assert outside.got[0][0]["webhook-id"] == str(kept.pk)
    with pytest.raises(states.StepNotPossibleError):
        exchange.send_again(delivery_id=kept.pk, by=place.actor("asker"), now=moment)


def test_a_revoked_grant_sends_nothing_more_and_keeps_nothing(place, wu, outside):
    grant, _secret = pushed(place, outside)
    settled(place, "甲市")
    exchange.make_ready(grant_id=grant.pk, now=LATER)
    exchange.end_grant(grant_id=grant.pk, step="revoke", by=place.actor("police"), now=LATER, words="业务已结束")
    kept = PushDelivery.objects.get()
    assert (kept.state, kept.body, kept.entities) == ("stopped", None, [])
    assert deliver(grant) == 0
    assert outside.tries == 0
    assert Push.objects.get().told.count() == 0


def test_an_expired_grant_is_stopped_at_the_second_though_nothing_has_run(place, wu, outside):
    grant, _secret = pushed(place, outside)
    settled(place, "甲市")
    exchange.make_ready(grant_id=grant.pk, now=LATER)
    assert exchange.send_waiting(grant_id=grant.pk, now=grant.closes_at) == 0
    assert outside.tries == 0
    assert PushDelivery.objects.get().state == "stopped"
    assert exchange.make_ready(grant_id=grant.pk, now=grant.closes_at) == 0


def test_a_suspended_grant_waits_and_goes_on(place, wu, outside):
    grant, _secret = pushed(place, outside)
    settled(place, "甲市")
    exchange.make_ready(grant_id=grant.pk, now=LATER)
    change = {"grant_id": grant.pk, "by": place.actor("police"), "now": LATER, "words": "用途存疑"}
    exchange.end_grant(step="suspend", **change)
    assert deliver(grant) == 0
    exchange.end_grant(step="resume", **change)
    assert deliver(grant) == 1


def test_a_spent_quota_is_said_once_and_nothing_is_skipped(place, wu, outside):
    grant, _secret = pushed(place, outside, quota=1)
    settled(place, "甲市")
    settled(place, "乙市", at=LATER + timedelta(minutes=1))
    assert deliver(grant) == 1
    settled(place, "丙市", at=LATER + timedelta(minutes=2))
    place_before = Push.objects.values_list("transaction", "entry").get()
    for _turn in range(3):
        assert deliver(grant) == 0
    push = Push.objects.get()
    assert push.error == str(exchange.QuotaSpentError())
    assert (push.transaction, push.entry) == place_before
    refused = [one for one in ledger(case_ref=grant.number) if one.result == "refused"]
    assert [one.action for one in refused] == ["exchange.push"]


def test_many_changes_become_several_deliveries(place, outside, monkeypatch):
    monkeypatch.setattr("linli.exchange.actions.push.AT_ONCE", 2)
    grant, _secret = pushed(place, outside)
    for number in range(5):
        settled(place, "甲市", f"Q{number}", citizen_id="", name="赵六", birth_date=f"195{number}-01-01")
    assert deliver(grant) == 3
    assert [len(one["changes"]) for one in told(outside)] == [2, 2, 1]


def test_who_is_deleted_is_taken_out_of_what_waits(place, wu, outside):
    grant, _secret = pushed(place, outside)
    settled(place, "甲市")
    exchange.make_ready(grant_id=grant.pk, now=LATER)
    assert take_out(entity_ids=[wu]) == 1
    assert take_out(entity_ids=[grant.pk]) == 0
    exchange.send_waiting(grant_id=grant.pk, now=LATER)
    ((change,),) = (one["changes"] for one in told(outside))
    assert change["state"] == "left"
    assert "values" not in change


def test_who_withdraws_a_consent_is_taken_out_of_what_waits_for_that_purpose_alone(place, wu, outside):
    grant, _secret = pushed(place, outside)
    settled(place, "甲市")
    exchange.make_ready(grant_id=grant.pk, now=LATER)
    subject = registry.subject_of(wu)
    assert leave_out(subject=subject, purpose="another") == 0
    assert leave_out(subject=registry.subject_of(grant.pk), purpose=grant.purpose) == 0
    assert leave_out(subject=subject, purpose=grant.purpose) == 1
    exchange.send_waiting(grant_id=grant.pk, now=LATER)
    ((change,),) = (one["changes"] for one in told(outside))
    assert change["state"] == "left"
    assert "values" not in change


def test_what_rests_on_a_consent_that_was_withdrawn_is_told_no_more(place, wu, outside):
    grant, _secret = pushed(place, outside)
    resting = replace(trust.activity(f"registry.{grant.purpose}", on=NOW.date()), basis="1", is_sample=False)
    version = trust.save_activity(activity=resting, by=accounts.SYSTEM, now=NOW).number
    said = {"subject": registry.subject_of(wu), "code": resting.code, "by": accounts.SYSTEM, "now": NOW}
    trust.note_consent(version=version, separate=False, paper="同意书", **said)
    settled(place, "甲市")
    assert deliver(grant) == 1
    trust.note_withdrawal(**said)
    settled(place, "乙市", at=LATER)
    deliver(grant)
    last = told(outside)[-1]["changes"]
    assert [one["state"] for one in last] == ["left"]
    assert "乙市" not in str(last)


def test_nothing_is_made_ready_before_the_recipient_has_the_secret(place, wu, outside):
    grant, _secret = pushed(place, outside, begin=False)
    settled(place, "甲市")
    assert exchange.make_ready(grant_id=grant.pk, now=LATER) == 0
    assert pushes_at_work(LATER) == []
    for name in ("police", "health"):
        with pytest.raises((trust.NotAllowed, exchange.NotGrantedError)):
            exchange.begin_push(grant_id=grant.pk, by=place.actor(name), now=LATER)
    exchange.begin_push(grant_id=grant.pk, by=place.actor("asker"), now=LATER)
    assert deliver(grant) == 1, "what changed since the approval comes, too"


def test_it_waits_where_the_post_has_ended_in_whose_name_it_is_delivered(place, wu, outside):
    grant, _secret = pushed(place, outside)
    accounts.end_holding(holding=place.holdings["asker"], by=accounts.SYSTEM, now=NOW)
    settled(place, "甲市", at=LATER)
    after = LATER + timedelta(days=2)
    assert deliver(grant, after) == 0
    assert Push.objects.get().error == str(POST_ENDED)
    exchange.begin_push(grant_id=grant.pk, by=place.actor("colleague"), now=after)
    assert deliver(grant, after) == 1


@pytest.mark.parametrize("url", ["ftp://a.example", "https://u:p@a.example/x", "nowhere", ""])
def test_an_address_that_cant_be_one_is_refused_by_field(place, url):
    with pytest.raises(exchange.TermsRefusedError) as refused:
        applied(place, **{**PUSHED, "push_to": url})
    assert refused.value.field == "push_to"


def test_plain_http_is_refused_where_the_operator_allows_no_own_network(place, settings):
    settings.LINLI_OUTGOING_ALLOW = []
    with pytest.raises(exchange.TermsRefusedError):
        applied(place, **{**PUSHED, "push_to": "http://a.example/x"})


def test_a_private_address_is_not_called(place, wu, outside, settings):
    grant, _secret = pushed(place, outside)
    settings.LINLI_OUTGOING_ALLOW = []
    settled(place, "甲市")
    assert deliver(grant) == 0
    assert outside.tries == 0
    assert PushDelivery.objects.get().error


def test_the_owner_may_take_the_way_out_but_name_no_other_address(place):
    row = applied(place, **{**PUSHED, "push_to": "https://a.example/x"})
    police = place.actor("police")
    other = asked(place, **{**PUSHED, "push_to": "https://b.example/x"})
    with pytest.raises(exchange.TermsRefusedError):
        exchange.approve_application(application_id=row.pk, by=police, now=NOW, granted=other, words="改")
    less = asked(place, **{**PUSHED, "ways": ("query",)})
    grant = exchange.approve_application(application_id=row.pk, by=police, now=NOW, granted=less, words="按人查即可")
    assert (grant.push_to, Push.objects.count()) == ("", 0)


def test_old_deliveries_are_forgotten_but_not_what_waits(place, wu, outside):
    grant, _secret = pushed(place, outside)
    for minute, home in enumerate(("甲市", "乙市")):
        settled(place, home, at=LATER + timedelta(minutes=minute))
        deliver(grant, LATER + timedelta(minutes=minute))
        outside.status = 500
    assert forget_deliveries(before=NOW) == 0
    assert forget_deliveries(before=NOW + timedelta(days=9)) == 1
    assert PushDelivery.objects.get().state == "waiting"


@pytest.mark.slow
def test_the_page_shows_both_sides_the_deliveries_and_one_the_buttons(place, wu, outside, client):
    grant, _secret = pushed(place, outside, begin=False)
    here = f"/desk/sharing/grants/{grant.pk}"
    with time_machine.travel(LATER, tick=True):
        client.force_login(place.people["asker"])
        assert f"{here}/push/secret" in client.get(here).content.decode()
        page = client.post(f"{here}/push/secret")
        assert "no-store" in page["Cache-Control"]
        assert "whsec_" in page.content.decode()
        assert "whsec_" not in client.get(here).content.decode()
        settled(place, "甲市")
        outside.status = 500
        deliver(grant, kernel.now())
        PushDelivery.objects.update(state="failed")
        assert "HTTP 500" in client.get(here).content.decode()
        client.force_login(place.people["police"])
        seen = client.get(here).content.decode()
        assert "HTTP 500" in seen
        assert "/push/" not in seen, "the owner sees, the recipient acts"
        assert client.post(f"{here}/push/secret").status_code in {403, 404}
        client.force_login(place.people["health"])
        assert client.post(f"{here}/push/again", {"sequence": 1}).status_code == 404
        client.force_login(place.people["asker"])
        assert client.post(f"{here}/push/again", {"sequence": 1}).status_code == 302
    assert PushDelivery.objects.get().state == "waiting"


def test_a_stricter_table_of_handling_stops_what_waits_and_what_would_come(place, wu, outside, as_shipped):
    """No element was graded anew: the county decides that its grade is read with the permission for sensitive data."""
    grant, _secret = pushed(place, outside)
    settled(place, "甲市")
    assert deliver(grant) == 1
    settled(place, "乙市", at=LATER + timedelta(minutes=1))
    later = LATER + timedelta(minutes=2)
    assert exchange.make_ready(grant_id=grant.pk, now=later) == 1
    grade = registry.elements_of("person")["native_place"].grade
    line = replace(trust.handling(grade), sight="sensitive")
    trust.decide_handling(line=line, words="本县从严", by=accounts.SYSTEM, now=kernel.now())
    trust.keep_handling_fresh()
    assert exchange.risen_of(Grant.objects.get(pk=grant.pk)).stops
    assert exchange.send_waiting(grant_id=grant.pk, now=later) == 0
    settled(place, "丙市", at=later + timedelta(minutes=1))
    assert exchange.make_ready(grant_id=grant.pk, now=later + timedelta(minutes=2)) == 0
    assert exchange.send_waiting(grant_id=grant.pk, now=later + timedelta(minutes=2)) == 0
    assert outside.tries == 1, "nothing went out after the decision"
    assert PushDelivery.objects.get(state="waiting").body, "what was counted waits, and is not lost"
    assert Grant.objects.get(pk=grant.pk).state == states.ACTIVE
