"""The security watch: attempts, rights, exports and the ledger raise alerts once; they are told, taken and closed."""

import logging
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine

from linli.accounts import api as accounts
from linli.accounts.tests.factories import make_holding, make_person, make_post, tell_at, texts_told, try_to_sign_in
from linli.kernel import api as kernel
from linli.kernel.tests.deliver import deliver_all
from linli.trust import api as trust
from linli.trust import slots
from linli.trust.actions.alerts import (
    AlertClosedError,
    NoOutcomeError,
    close_alert,
    raise_alerts,
    save_watch_limits,
    take_alert,
)
from linli.trust.actions.watch_node import verify_whole, watch_node
from linli.trust.models import LedgerEntry, SecurityAlert
from linli.trust.plugins import SealLedger
from linli.trust.queries.alerts import alerts_seen_by, limits_in_force
from linli.trust.rules.alerts import Sighting
from linli.trust.rules.playbooks import PARTS, playbook
from linli.trust.rules.watch_limits import LimitsRefusedError, is_night, shipped_limits
from linli.trust.rules.watch_sign_ins import judge_attempts, network
from linli.trust.tests.factories import a_tree, a_use, record_and_seal

pytestmark = pytest.mark.django_db(transaction=True)
TUESDAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # ten in the morning


@pytest.fixture
def office():
    """Make a security administrator, an auditor and a data officer of the centre, and a clerk of a street."""
    units = a_tree()
    people = {}
    for name, said, unit, rights, second in (
        ("guard", "安宁", units[0], ("trust.watch", "accounts.grant", "accounts.messages"), True),
        ("auditor", "沈计", units[0], ("trust.audit",), True),
        ("data", "舒举", units[0], ("events.export",), True),
        ("clerk", "李青", units[1], ("registry.see",), False),
        ("street", "金近", units[1], ("trust.audit",), False),
    ):
        person = make_person(name, said)
        make_holding(person, unit, make_post(f"t-{name}", rights, needs_second_factor=second))
        people[name] = person
    deliver_all()
    return people, units


def acting(office, name):
    return accounts.actor_for(office[0][name], on=TUESDAY.date())


def attempt(result, at, *, name="data", **more):
    try_to_sign_in(result, at, username=name, **more)


def kinds():
    return sorted(SecurityAlert.objects.values_list("kind", flat=True))


def a_minute(n=1):
    return TUESDAY + timedelta(minutes=n)


def an_alert(kind="signin.name", subject="node", key="1"):
    (alert,) = raise_alerts(sightings=[Sighting(kind, key, subject, seen={"count": 5, "minutes": 30})], now=TUESDAY)
    return alert


@pytest.mark.slow
def test_a_password_that_is_guessed_at_last_is_urgent_and_names_the_account(office):
    for n in range(5):
        attempt("wrong", TUESDAY + timedelta(seconds=n))
    attempt("done", a_minute(), person=office[0]["data"])
    watch_node(now=a_minute(2))
    assert kinds() == ["signin.name", "signin.success"]
    guessed = SecurityAlert.objects.get(kind="signin.success")
    assert (guessed.level, guessed.seen, guessed.subject) == (
        slots.URGENT,
        {"count": 5},
        f"person:{office[0]['data'].pk}",
    )


def test_looking_again_counts_nothing_and_a_new_attempt_counts_once(office):
    for n in range(5):
        attempt("wrong", TUESDAY + timedelta(seconds=n))
    watch_node(now=a_minute())
    watch_node(now=a_minute(2))
    assert SecurityAlert.objects.get().count == 1
    attempt("wrong", a_minute(3))
    watch_node(now=a_minute(4))
    assert SecurityAlert.objects.get().count == 2


@pytest.mark.slow
def test_what_was_closed_does_not_come_back_by_itself(office):
    for n in range(5):
        attempt("wrong", TUESDAY + timedelta(seconds=n))
    watch_node(now=a_minute())
    close_alert(
        alert_id=SecurityAlert.objects.get().pk, outcome="false", words="本人忘记密码", by=acting(office, "guard"),
        now=a_minute(2),
    )  # fmt: skip
    watch_node(now=a_minute(3))
    assert SecurityAlert.objects.count() == 1
    attempt("wrong", a_minute(4))
    watch_node(now=a_minute(5))
    assert SecurityAlert.objects.filter(closed_at=None).count() == 1


@pytest.mark.slow
def test_a_name_that_nobody_has_is_kept_as_a_few_signs_of_its_token(office):
    for n in range(5):
        attempt("wrong", TUESDAY + timedelta(seconds=n), name="my secret password")
    watch_node(now=a_minute())
    assert SecurityAlert.objects.get().subject.startswith("name:")
    assert len(SecurityAlert.objects.get().subject) == len("name:") + 8


@pytest.mark.slow
def test_many_names_from_one_address_are_one_alert(office):
    for n in range(20):
        attempt("wrong", TUESDAY + timedelta(seconds=n), name=f"user{n}", address="203.0.113.9")
    watch_node(now=a_minute())
    row = SecurityAlert.objects.get()
    assert (row.kind, row.subject, row.seen["names"]) == ("signin.address", "address:203.0.113.9", 20)


PERSON = uuid4()


def tried(**changes):
    content = {
        "id": uuid4(), "at": TUESDAY, "result": "done", "name": "n", "address": "10.1.2.3", "browser": "b",
        "person_id": PERSON,
    }  # fmt: skip
    return accounts.Attempt(**{**content, **changes})


def seen_kinds(attempts, before=(), wide=(PERSON,)):
    return [one.kind for one in judge_attempts(attempts, before, shipped_limits(), wide=wide, staff={})]


def test_a_new_browser_or_network_counts_only_for_wide_rights_and_not_the_first_time():
    before = [tried(at=TUESDAY - timedelta(days=3))]
    assert seen_kinds([tried(browser="other")], before) == ["signin.new"]
    assert seen_kinds([tried(address="172.16.4.4")], before) == ["signin.new"]
    assert seen_kinds([tried(address="10.1.99.99")], before) == []
    assert seen_kinds([tried(browser="other")], before, wide=()) == []
    assert seen_kinds([tried(browser="other")], []) == []


def test_night_passes_midnight_and_counts_for_wide_rights():
    midnight = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)  # half past midnight at Shanghai
    assert seen_kinds([tried(at=midnight)]) == ["signin.night"]
    assert seen_kinds([tried(at=midnight)], wide=()) == []
    assert [is_night(hour, shipped_limits()) for hour in (21, 22, 5, 6)] == [False, True, True, False]


def test_one_account_in_two_networks_and_browsers_within_minutes():
    there = tried(at=a_minute(4), browser="phone", address="198.51.100.7")
    assert seen_kinds([tried(), there], wide=()) == ["signin.apart"]
    assert seen_kinds([tried(), tried(at=a_minute(4), browser="phone")], wide=()) == []
    late = tried(at=a_minute(40), browser="phone", address="198.51.100.7")
    assert seen_kinds([tried(), late], wide=()) == []


def test_networks_are_those_of_both_families():
    assert [network(one) for one in ("10.1.2.3", "2001:db8:1:2::5", "")] == ["10.1.0.0/16", "2001:db8:1::/48", ""]


@pytest.mark.slow
def test_rights_that_somebody_gives_raise_alerts_and_what_the_node_plants_does_not(office):
    assert kinds() == []
    by = acting(office, "guard")
    accounts.save_post(code="t-data", name="数据", capabilities=["events.export", "registry.see"], by=by, now=TUESDAY)
    wide = make_post("t-wide", ("events.import",), needs_second_factor=True)
    accounts.open_holding(person=office[0]["clerk"], post=wide, unit=office[1][0], by=by, now=TUESDAY)
    accounts.open_holding(person=office[0]["guard"], post=wide, unit=office[1][0], by=by, now=TUESDAY)
    deliver_all()
    assert kinds() == ["rights.post", "rights.self", "rights.wide"]
    deliver_all()
    assert SecurityAlert.objects.filter(count=1).count() == 3


def take_out(actor, rows, at):
    use = a_use(by=actor, action="export", object_kind="event_list", object_id=f"{rows} rows", subjects=[], now=at)
    trust.record(**use)


@pytest.mark.slow
def test_exports_far_above_the_habit_of_the_account(office):
    actor = acting(office, "data")
    with time_machine.travel(TUESDAY - timedelta(days=3), tick=True):
        take_out(actor, 100, kernel.now())
    with time_machine.travel(TUESDAY, tick=True):
        take_out(actor, 450, kernel.now())
        trust.seal_once(now=kernel.now())
        watch_node(now=a_minute())
        assert kinds() == []
        take_out(actor, 60, kernel.now())
        watch_node(now=a_minute(7))
    row = SecurityAlert.objects.get()
    assert (row.kind, row.seen) == ("export.peak", {"rows": 510, "usual": 100})
    assert row.subject == f"person:{office[0]['data'].pk}"


@pytest.mark.slow
def test_an_altered_entry_is_found_within_ten_minutes_and_by_the_whole_check(office, tamper):
    record_and_seal(5)
    assert verify_whole(now=TUESDAY) == 0
    tamper("UPDATE trust_ledgerentry SET purpose = 'x' WHERE object_id = '3'")
    watch_node(now=a_minute())
    assert "ledger.broken" in kinds()
    assert verify_whole(now=TUESDAY + timedelta(hours=1)) > 0
    assert SecurityAlert.objects.get(kind="ledger.broken").count == 2


@pytest.mark.slow
def test_what_stops_sealing_is_said_once_and_raises_one_alert(office, caplog):
    record_and_seal(2)
    trust.record(**a_use())
    pulse = SealLedger()
    with caplog.at_level(logging.ERROR, "linli.trust"):
        for _beat in range(10):
            pulse.beat(now=datetime(2026, 1, 1, tzinfo=UTC))
    assert [one.getMessage() for one in caplog.records] == ["Nothing is sealed: ClockSetBackError"]
    assert (SecurityAlert.objects.get().kind, SecurityAlert.objects.get().count) == ("clock.back", 1)
    pulse.beat(now=TUESDAY)
    assert pulse.stopped is None
    with caplog.at_level(logging.ERROR, "linli.trust"):
        trust.record(**a_use())
        pulse.beat(now=datetime(2026, 1, 1, tzinfo=UTC))
    assert len([one for one in caplog.records if one.levelno == logging.ERROR]) == 2


@pytest.mark.slow
def test_a_watcher_that_stumbles_raises_an_alert_and_stops_no_other(office, monkeypatch):
    def stumble(**_given):
        raise OSError

    broken = slots.Watcher("broken", "x", stumble)
    monkeypatch.setattr(slots.watchers, "all", lambda: (broken, slots.watchers.get("sign-ins")))
    for n in range(5):
        attempt("wrong", TUESDAY + timedelta(seconds=n))
    assert watch_node(now=a_minute()) == 2
    assert kinds() == ["signin.name", "watch.failed"]


@pytest.mark.slow
def test_an_alert_is_told_once_to_the_unit_of_the_security_administrator(office):
    by = acting(office, "guard")
    tell_at(office[1][0], by)
    an_alert()
    raise_alerts(sightings=[Sighting("signin.name", "2", "node", seen={"count": 6, "minutes": 30})], now=a_minute())
    assert texts_told() == [("alert", "安全告警：同一账号多次密码错误。处置办法见 /console/security。")]


@pytest.mark.slow
def test_an_alert_is_taken_and_closed_with_an_outcome_and_words(office):
    alert, by = an_alert(), acting(office, "guard")
    take_alert(alert_id=alert.pk, by=by, now=TUESDAY)
    with pytest.raises(NoOutcomeError):
        close_alert(alert_id=alert.pk, outcome="true", words=" ", by=by, now=TUESDAY)
    close_alert(alert_id=alert.pk, outcome="exercise", words="演练", by=by, now=TUESDAY)
    with pytest.raises(AlertClosedError):
        take_alert(alert_id=alert.pk, by=by, now=TUESDAY)
    assert [one.step for one in alert.steps.order_by("id")] == ["seen", "take", "close"]
    assert LedgerEntry.objects.filter(object_kind="trust.alert", person_id=by.person_id).count() == 2


@pytest.mark.slow
@pytest.mark.parametrize(("name", "sees", "acts"), [
    ("guard", 1, True), ("auditor", 1, False), ("data", 0, False), ("street", 0, False),
])  # fmt: skip
def test_alerts_are_seen_by_two_offices_of_the_centre_and_taken_by_one(office, name, sees, acts):
    alert, actor = an_alert(), acting(office, name)
    assert alerts_seen_by(actor).count() == sees
    if acts:
        take_alert(alert_id=alert.pk, by=actor, now=TUESDAY)
    else:
        with pytest.raises(trust.NotAllowed):
            take_alert(alert_id=alert.pk, by=actor, now=TUESDAY)


@pytest.mark.slow
def test_limits_are_versions_and_wrong_ones_are_refused(office):
    by = acting(office, "guard")
    save_watch_limits(content={**shipped_limits(), "name_failures": 3}, by=by, now=TUESDAY)
    assert limits_in_force(now=a_minute())["name_failures"] == 3
    assert limits_in_force(now=TUESDAY - timedelta(days=1)) == shipped_limits()
    for wrong in ({}, {**shipped_limits(), "name_failures": 0}, {**shipped_limits(), "name_failures": True}):
        with pytest.raises(LimitsRefusedError):
            save_watch_limits(content=wrong, by=by, now=TUESDAY)
    with pytest.raises(trust.NotAllowed):
        save_watch_limits(content=shipped_limits(), by=acting(office, "auditor"), now=TUESDAY)


def test_every_kind_of_alert_has_a_playbook_in_both_languages():
    for kind in slots.alert_kinds.all():
        for language in ("zh-hans", "en"):
            book = playbook(kind.playbooks, kind.code, language)
            assert len(book.parts) == PARTS, kind.code
            assert len(book.parts[1].steps) >= 3, kind.code
            assert all(part.sentences or part.steps for part in book.parts), kind.code


@pytest.fixture
def sign_in(client, monkeypatch, office):
    def become(name):
        monkeypatch.setattr(accounts, "actor_of", lambda _request: acting(office, name))
        return client

    return become


PAGE = "/console/security"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(sign_in, count, django_assert_num_queries):
    for n in range(count):
        an_alert(subject=f"person:{UUID(int=n)}")
    client = sign_in("guard")
    with django_assert_num_queries(12):
        assert client.get(PAGE).status_code == 200


def test_the_page_names_the_account_and_the_alert_shows_its_playbook(sign_in, office):
    alert = an_alert(subject=f"person:{office[0]['data'].pk}")
    client = sign_in("guard")
    assert "舒举的账号" in client.get(PAGE).content.decode()
    text = client.get(f"{PAGE}/alerts/{alert.pk}").content.decode()
    assert "头十分钟" in text
    assert "30分钟内输错5次" in text
    answer = client.post(f"{PAGE}/alerts/{alert.pk}/step", {"step": "close", "outcome": "false"})
    assert answer.status_code == 422
    client.post(f"{PAGE}/alerts/{alert.pk}/step", {"step": "close", "outcome": "false", "words": "核实过"})
    assert "核实过" in client.get(f"{PAGE}/alerts/{alert.pk}").content.decode()
    assert "误报" in client.get(f"{PAGE}?tab=closed").content.decode()


def test_the_auditor_reads_and_has_no_buttons_and_others_are_refused(sign_in):
    alert = an_alert()
    text = sign_in("auditor").get(f"{PAGE}/alerts/{alert.pk}").content.decode()
    assert "由我处置" not in text
    assert sign_in("auditor").post(f"{PAGE}/alerts/{alert.pk}/step", {"step": "take"}).status_code == 403
    assert sign_in("data").get(PAGE).status_code == 403
    assert sign_in("street").get(f"{PAGE}/alerts/{alert.pk}").status_code == 404


def test_limits_and_playbooks_have_their_pages(sign_in):
    client = sign_in("guard")

    assert "每类告警都写明" in client.get(f"{PAGE}/playbooks").content.decode()
    assert "导出量远超平常</h1>" in client.get(f"{PAGE}/playbooks?kind=export.peak").content.decode()
    given = {**shipped_limits(), "name_failures": 4}
    assert client.post(f"{PAGE}/limits", given).status_code == 302
    assert limits_in_force(now=kernel.now())["name_failures"] == 4
    assert client.post(f"{PAGE}/limits", {**given, "name_failures": 0}).status_code == 422
