"""Looks that are not normal: from entries of the real ledger to a review, its steps, its end and what it teaches."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.accounts import api as accounts
from linli.accounts.tests.factories import make_holding, make_person, make_post
from linli.trust import api as trust
from linli.trust.actions.look_settings import LateCampaignError, announce_campaign, forget_looks, save_look_settings
from linli.trust.actions.review_looks import (
    MovedOnError,
    NoWordsError,
    OwnChainError,
    ask_officer,
    decide_review,
    explain_looks,
)
from linli.trust.models import Finding, LedgerEntry, LookCursor, LookReview, WatchedDay
from linli.trust.queries.evaluation_looks import evaluate_looks, raise_reviews
from linli.trust.queries.look_reviews import precision_by_rule
from linli.trust.rules.look_proposals import Outcome, propose
from linli.trust.rules.look_settings import SettingsRefusedError, as_content, shipped_settings
from linli.trust.states import looks as states
from linli.trust.tests.factories import a_tree, a_use, an_actor
from tests.snapshot import kept

pytestmark = pytest.mark.django_db(transaction=True)
TUESDAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # ten in the morning
LIST = "/console/trust/looks"


@pytest.fixture
def office():
    return an_office()


@kept
def an_office():
    """Make a street officer, an auditor of the centre, an auditor of the officer's own street."""
    units = a_tree()
    centre, street = units[0], units[1]
    people = {
        "officer": _hire("qing", "李青", street, make_post("t-officer", ("registry.see",))),
        "auditor": _hire("shen", "沈计", centre, make_post("t-auditor", ("trust.audit", "trust.look_rules"))),
        "near": _hire("jin", "金近", street, make_post("t-near", ("trust.audit",))),
    }
    return {name: accounts.actor_for(person, on=TUESDAY.date()) for name, person in people.items()}, people, street


def _hire(username, name, unit, post):
    person = make_person(username, name)
    make_holding(person, unit, post)
    return person


def look_at(actor, count, *, at=TUESDAY, gap=20, **changes):
    """Open so many people, so many seconds apart."""
    for number in range(count):
        use = a_use(
            by=actor, action="card", purpose="registry.serve", object_kind="person", object_id=f"p{number}",
            subjects=[f"{number:03d}".ljust(64, "0")], now=at + timedelta(seconds=gap * number), **changes,
        )  # fmt: skip
        trust.record(**use)


def watch(now=TUESDAY):
    trust.seal_once(now=now)
    return trust.watch_looks(now=now)


def a_review(office, **changes):
    actors, _people, _street = office
    look_at(actors["officer"], 25, **changes)
    watch()
    return LookReview.objects.get()


@pytest.mark.slow
def test_a_sweep_becomes_one_review_and_watching_again_changes_nothing(office):
    review = a_review(office)
    assert {"sweep"} == set(review.findings.values_list("rule", flat=True))
    assert len(review.findings.get().behind) == 25
    assert watch() == 0
    look_at(office[0]["officer"], 3, at=TUESDAY + timedelta(minutes=9))
    watch()
    assert LookReview.objects.get().findings.get().value == 25 + 0
    assert WatchedDay.objects.count() == 1


def test_looks_with_a_case_or_of_an_announced_campaign_raise_nothing(office):
    actors, _people, street = office
    look_at(actors["officer"], 25, case="南苑-20260602-0001")
    announce_campaign(
        unit_id=street.pk, purpose="registry.serve", first_day=TUESDAY.date() + timedelta(days=1),
        last_day=TUESDAY.date() + timedelta(days=5), words="人口普查", by=actors["auditor"], now=TUESDAY,
    )  # fmt: skip
    look_at(actors["officer"], 25, at=TUESDAY + timedelta(days=1))
    watch(TUESDAY + timedelta(days=1))
    assert WatchedDay.objects.count() == 2
    assert not Finding.objects.exists()


def test_what_has_begun_is_not_announced(office):
    with pytest.raises(LateCampaignError):
        announce_campaign(
            unit_id=office[2].pk, purpose="x", first_day=TUESDAY.date(), last_day=TUESDAY.date(), words="",
            by=office[0]["auditor"], now=TUESDAY,
        )  # fmt: skip


@pytest.mark.slow
def test_night_counts_unless_on_duty(office):
    actors, people, street = office
    night = TUESDAY + timedelta(hours=13)
    look_at(actors["officer"], 5, at=night, gap=300)
    watch(night)
    assert set(Finding.objects.values_list("rule", flat=True)) == {"night"}
    accounts.plan_shift(
        unit=street, person=people["officer"], starts_at=night + timedelta(hours=22),
        ends_at=night + timedelta(hours=30), by=accounts.SYSTEM, now=night,
    )  # fmt: skip
    look_at(actors["officer"], 5, at=night + timedelta(days=1), gap=300)
    watch(night + timedelta(days=1))
    assert Finding.objects.filter(rule="night").count() == 1


def test_interrupted_watching_begins_again_where_it_was(office, monkeypatch):
    monkeypatch.setattr("linli.trust.actions.watch.PORTION", 10)
    look_at(office[0]["officer"], 25)
    trust.seal_once(now=TUESDAY)
    assert trust.watch_looks(now=TUESDAY, portions=1) == 1
    place = LookCursor.objects.get().entry
    assert trust.watch_looks(now=TUESDAY) == 2
    assert LookCursor.objects.get().entry > place
    assert LookReview.objects.count() == 1


def test_unsealed_entries_are_not_watched(office):
    look_at(office[0]["officer"], 25)
    assert trust.watch_looks(now=TUESDAY) == 0


def test_the_officer_is_heard_before_a_decision_against_them(office):
    actors, review = office[0], a_review(office)
    with pytest.raises(MovedOnError):
        decide_review(review_id=review.pk, step="misuse", words="无故", by=actors["auditor"], now=TUESDAY)
    ask_officer(review_id=review.pk, words="请说明", by=actors["auditor"], now=TUESDAY)
    explain_looks(review_id=review.pk, words="帮同事核对名单", by=actors["officer"], now=TUESDAY)
    done = decide_review(review_id=review.pk, step="misuse", words="没有事项", by=actors["auditor"], now=TUESDAY)
    assert (done.state, done.explanation) == (states.MISUSE, "帮同事核对名单")
    assert list(done.steps.order_by("id").values_list("step", flat=True)) == ["found", "ask", "explain", "misuse"]
    assert LedgerEntry.objects.filter(object_kind="trust.look_review").count() == 3


@pytest.mark.slow
def test_no_step_for_the_own_chain_without_words_or_for_strangers(office):
    actors, review = office[0], a_review(office)
    with pytest.raises(OwnChainError):
        ask_officer(review_id=review.pk, words="请说明", by=actors["near"], now=TUESDAY)
    with pytest.raises(NoWordsError):
        ask_officer(review_id=review.pk, words="  ", by=actors["auditor"], now=TUESDAY)
    with pytest.raises(trust.NotAllowed):
        ask_officer(review_id=review.pk, words="请说明", by=actors["officer"], now=TUESDAY)
    with pytest.raises(trust.Hidden):
        explain_looks(review_id=review.pk, words="不是我", by=actors["auditor"], now=TUESDAY)


def test_what_was_justified_is_deleted_soon_and_its_findings_with_it(office):
    actors, review = office[0], a_review(office)
    decide_review(review_id=review.pk, step="justify", words="有批件", by=actors["auditor"], now=TUESDAY)
    assert forget_looks(now=TUESDAY + timedelta(days=30)) == 0
    forget_looks(now=TUESDAY + timedelta(days=32))
    assert not LookReview.objects.exists()
    assert not Finding.objects.exists()


@pytest.mark.slow
def test_a_decided_review_is_not_raised_again_by_the_same_day(office):
    actors, review = office[0], a_review(office)
    decide_review(review_id=review.pk, step="justify", words="有批件", by=actors["auditor"], now=TUESDAY)
    look_at(actors["officer"], 2, at=TUESDAY + timedelta(minutes=30))
    watch()
    assert LookReview.objects.count() == 1
    assert [(one.code, one.confirmed) for one in precision_by_rule() if one.decided] == [("sweep", 0)]


def test_settings_are_versions_and_bad_ones_are_refused(office):
    auditor = office[0]["auditor"]
    content = as_content(shipped_settings())
    content["rules"]["sweep"]["limit"] = 100
    assert save_look_settings(content=content, by=auditor, now=TUESDAY).rules["sweep"].limit == 100
    look_at(office[0]["officer"], 25)
    watch()
    assert not LookReview.objects.exists()
    for broken in ({}, {**content, "rules": {}}, {**content, "terms": {"due_days": 0}}):
        with pytest.raises(SettingsRefusedError):
            save_look_settings(content=broken, by=auditor, now=TUESDAY)


def test_few_confirmed_reviews_propose_a_higher_limit_that_keeps_what_was_confirmed():
    outcomes = [Outcome("sweep", 13, confirmed=False)] * 30 + [Outcome("sweep", 20, confirmed=True)] * 4
    (one,) = propose(outcomes, shipped_settings())
    assert (one.rule, one.confirmed, one.decided, one.proposed, one.left) == ("sweep", 4, 34, 20, 4)
    assert propose(outcomes[:5], shipped_settings()) == []


@pytest.mark.slow
def test_made_up_habits_are_watched_through_the_ledger_as_in_memory(office):
    """The evaluation uses the code of the node: entries written to the real ledger give the same findings."""
    import random

    from linli.trust.actions.record import compose, record_all
    from linli.trust.rules.look_habits import Diary, moment
    from linli.trust.rules.look_town import FIRST_DAY, make_town

    town = make_town(random.Random(7), staff=12, days=10)
    diary, officer = Diary(town), town.officers[0]
    doors = town.building(town.homes_of(officer.area)[0])[:16]
    diary.round(officer, doors, moment(FIRST_DAY, 10), (0.3, 0.6), purpose="registry.serve", cased=0)
    actor = an_actor(person_id=officer.person_id)
    record_all([
        compose(**a_use(by=actor, action="card", purpose=one.purpose, subjects=list(one.subjects), now=one.at,
                        object_kind="person", object_id=one.object_id))
        for one in diary.entries
    ])  # fmt: skip
    watch(moment(FIRST_DAY, 20))
    (made,) = raise_reviews(diary.entries, town, shipped_settings().rules)
    kept = {row.rule: row.value for row in LookReview.objects.get().findings.all()}
    assert kept["sweep"] == {one.rule: one.value for one in made.findings}["sweep"]


@pytest.mark.slow
def test_evaluation_finds_most_of_what_is_planted():
    found = evaluate_looks(seed=1, staff=60, days=45, each=1, report=lambda _line: None)
    assert found["recall"] >= 0.6  # thirteen episodes in a small office: the figure is that of `linli evaluate looks`
    assert 0 < found["precision"] <= 1
    assert found["reviews"] > 0
