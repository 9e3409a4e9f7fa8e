"""Leave cover: a colleague gets a holding for a while; it ends by itself, is never lent on, can be taken back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.accounts import slots
from linli.accounts.models import Cover, Holding
from linli.accounts.queries.cover import colleagues_for, held_by_others
from linli.accounts.tests.factories import NOW, lend, make_holding, make_person, make_post, make_unit
from tests.snapshot import kept

pytestmark = pytest.mark.django_db
WORK = ["events.handle", "events.report", "trust.break_glass"]


@pytest.fixture
@kept
def office(town):
    """A community of three, their street above, and somebody of the centre."""
    unit = town.units["community"]
    unit.parent = town.units["street"]
    unit.save()
    worker, lead = make_post("worker", WORK), make_post("lead", ["events.handle", "accounts.roster"])
    people = {name: make_person(name, name) for name in ("wang", "li", "zhao", "street", "far")}
    held = {
        "wang": make_holding(people["wang"], unit, worker),
        "li": make_holding(people["li"], unit, worker),
        "zhao": make_holding(people["zhao"], unit, lead),
        "street": make_holding(people["street"], town.units["street"], worker),
        "far": make_holding(people["far"], town.units["centre"], worker),
    }
    return people, held


def acting(person, at=NOW):
    return accounts.actor_for(person, on=timezone.localdate(at), at=at)


def covered(person, at=NOW):
    """Return what somebody may do in place of others at a moment."""
    return {one.covered: set(one.capabilities) for one in acting(person, at).holdings if one.in_place_of}


def test_a_colleague_covers_until_the_moment_and_not_a_second_longer(office):
    people, held = office
    cover = lend(held["wang"], people["li"], by=acting(people["wang"]))
    ends = cover.holding.ends_at
    assert covered(people["li"]) == {"wang": {"events.handle", "events.report"}}, "break-glass is never lent"
    (lent,) = [one for one in acting(people["li"]).holdings if one.in_place_of]
    assert (lent.basis, lent.in_place_of) == (f"in_place_of:{people['wang'].pk}", people["wang"].pk)
    assert covered(people["li"], ends - timedelta(seconds=1))
    assert not covered(people["li"], ends)
    assert not covered(people["wang"])


def test_it_begins_on_its_day_and_may_end_within_one(office):
    people, held = office
    first, ends = timezone.localdate(NOW) + timedelta(days=2), NOW + timedelta(days=2, hours=3)
    accounts.lend_holding(
        holding_id=held["wang"].pk, to=people["street"].pk, first=first, ends_at=ends, why="away",
        by=acting(people["wang"]), now=NOW, capabilities=["events.report"],
    )  # fmt: skip
    assert not covered(people["street"], NOW + timedelta(days=1))
    assert covered(people["street"], ends - timedelta(seconds=1)) == {"wang": {"events.report"}}
    assert not covered(people["street"], ends)
    on = [one.person_id for one in accounts.actors_with("events.handle", on=first)]
    assert on.count(people["street"].pk) == 1, "what was not lent is not found with the cover"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"days": 31}, "30"),
        ({"days": 0}, "."),
        ({"days": -3}, "."),
        ({"capabilities": ["trust.break_glass"]}, "."),
        ({"capabilities": ["accounts.manage"]}, "."),
        ({"capabilities": []}, "."),
        ({"to": "far"}, "."),
        ({"to": "wang"}, "."),
    ],
)
def test_what_is_too_long_too_much_or_for_a_stranger_is_refused_in_a_sentence(office, changes, words):
    people, held = office
    to = people[changes.pop("to", "li")]
    with pytest.raises(accounts.CoverRefusedError, match=words):
        lend(held["wang"], to, by=acting(people["wang"]), **changes)
    assert not Cover.objects.exists()


def test_nobody_lends_what_others_hold_and_nobody_lends_on(office):
    people, held = office
    with pytest.raises(accounts.NotAllowedError):
        lend(held["wang"], people["li"], by=acting(people["li"]))
    cover = lend(held["wang"], people["li"], by=acting(people["wang"]))
    with pytest.raises(accounts.NotAllowedError):
        lend(cover.holding, people["zhao"], by=acting(people["li"]))
    in_place = acting(people["li"]).in_one_place(str(cover.holding.pk))
    assert in_place.acting
    with pytest.raises(accounts.CoverRefusedError):
        lend(held["li"], people["zhao"], by=in_place)


def test_the_database_refuses_it_too(office):
    people, held = office
    cover = lend(held["wang"], people["li"], by=acting(people["wang"]))
    row = {"post": held["wang"].post, "unit": held["wang"].unit, "division": held["wang"].division}
    row |= {"valid_from": NOW.date(), "capabilities": ["events.handle"]}
    ends = {"valid_to": NOW.date(), "ends_at": NOW + timedelta(hours=1)}
    for wrong in (
        {"person": people["zhao"], "lent_by": cover.holding, **ends},
        {"person": people["zhao"], "lent_by": held["wang"]},
        {"person": people["zhao"], "lent_by": held["wang"], "valid_to": NOW.date()},
        {"person": people["wang"], "lent_by": held["wang"], **ends},
        {"person": people["zhao"], "lent_by": held["wang"], **ends, "unit": held["far"].unit},
        {"person": people["zhao"], "lent_by": held["wang"], **ends, "capabilities": None},
        {"person": people["zhao"], "lent_by": held["wang"], **ends, "capabilities": ["trust.audit"]},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Holding.objects.create(**{**row, **wrong})
    for change in ({"ends_at": None}, {"valid_to": None}, {"capabilities": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Holding.objects.filter(pk=cover.holding.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.filter(pk=held["wang"].pk).update(lent_by=held["zhao"], **ends, capabilities=["events.handle"])
    assert Holding.objects.create(**row, person=people["zhao"], lent_by=held["wang"], **ends)


@pytest.mark.parametrize("who", ["wang", "li", "zhao"])
def test_it_is_taken_back_given_back_or_ended_by_the_lead_at_once(office, who):
    people, held = office
    cover = lend(held["wang"], people["li"], by=acting(people["wang"]))
    with pytest.raises(accounts.NotAllowedError):
        accounts.end_cover(cover_id=cover.pk, by=acting(people["far"]), now=NOW)
    accounts.end_cover(cover_id=cover.pk, by=acting(people[who]), now=NOW)
    assert not covered(people["li"])
    with pytest.raises(accounts.CoverRefusedError):
        accounts.end_cover(cover_id=cover.pk, by=acting(people[who]), now=NOW)


@pytest.mark.slow
def test_the_lead_sets_cover_for_somebody_ill_but_never_for_oneself(office):
    people, held = office
    lead = acting(people["zhao"])
    assert set(held_by_others(lead, at=NOW).values_list("person__username", flat=True)) == {"wang", "li"}
    with pytest.raises(accounts.CoverRefusedError):
        lend(held["wang"], people["zhao"], by=lead)
    lend(held["wang"], people["li"], by=lead)
    assert covered(people["li"])
    with pytest.raises(accounts.CoverRefusedError, match=r"."):
        lend(held["wang"], people["li"], by=lead)
    with pytest.raises(accounts.NotAllowedError):
        lend(held["far"], people["li"], by=lead)


def test_who_manages_accounts_sets_no_cover_for_others_and_who_gives_rights_does(office, town):
    people, held = office
    admin, guardian = make_person("admin"), make_person("guardian")
    make_holding(admin, town.units["community"], make_post("administrator", ["accounts.manage", "accounts.roster"]))
    make_holding(guardian, town.units["centre"], make_post("guardian", ["accounts.grant"]))
    with pytest.raises(accounts.NotAllowedError):
        lend(held["wang"], people["li"], by=acting(admin))
    lend(held["wang"], people["li"], by=acting(guardian))
    assert covered(people["li"])


@pytest.mark.slow
def test_of_an_administrator_only_daily_work_is_lent_even_to_another_office(office, town):
    people, _held = office
    admin, auditor = make_person("admin", "admin"), make_person("auditor", "auditor")
    own = make_holding(admin, town.units["centre"], make_post("administrator", ["accounts.manage", "events.report"]))
    make_holding(auditor, town.units["centre"], make_post("auditor", ["trust.audit"]))
    lend(own, auditor, by=acting(admin))
    assert covered(auditor) == {"admin": {"events.report"}}
    alone = make_holding(people["far"], town.units["centre"], make_post("guardian", ["accounts.grant"]))
    with pytest.raises(accounts.CoverRefusedError):
        lend(alone, auditor, by=acting(people["far"]))


def test_what_is_covered_ends_with_the_post_the_account_and_the_capability(office):
    people, held = office
    lend(held["wang"], people["li"], by=acting(people["wang"]))
    make_post("worker", ["events.report", "events.dispatch"])
    assert covered(people["li"]) == {"wang": {"events.report"}}, "nothing new comes with it"
    accounts.disable_person(person=people["wang"], by=accounts.SYSTEM, now=NOW)
    assert not covered(people["li"])
    accounts.enable_person(person=people["wang"], by=accounts.SYSTEM, now=NOW)
    assert covered(people["li"])
    accounts.end_holding(holding=held["wang"], by=accounts.SYSTEM, now=NOW)
    assert not covered(people["li"])


def test_a_key_never_speaks_for_a_covered_post(office):
    people, held = office
    cover = lend(held["wang"], people["li"], by=acting(people["wang"]))
    issued = accounts.issue_token(holding=cover.holding, name="系统", by=accounts.SYSTEM, now=NOW)
    assert accounts.actor_by_token(issued.raw, now=NOW) is None


def test_the_county_sets_how_long_a_cover_lasts(office, town):
    people, held = office
    with pytest.raises(accounts.NotAllowedError):
        accounts.set_cover_limits(limits=accounts.CoverLimits(3, 3), by=acting(people["wang"]), now=NOW)
    for wrong in ((0, 3), (181, 3), (3, 400)):
        with pytest.raises(accounts.CoverRefusedError, match=r"."):
            accounts.set_cover_limits(limits=accounts.CoverLimits(*wrong), by=accounts.SYSTEM, now=NOW)
    accounts.set_cover_limits(limits=accounts.CoverLimits(3, 3), by=accounts.SYSTEM, now=NOW)
    with pytest.raises(accounts.CoverRefusedError, match="3"):
        lend(held["wang"], people["li"], by=acting(people["wang"]))
    lend(held["wang"], people["li"], by=acting(people["wang"]), days=3)


def test_a_team_is_covered_by_its_department_and_a_capability_says_that_it_is_never_lent(office, town):
    people, _held = office
    team = make_unit("team", "环卫队", "team", town.community, parent_id=town.units["community"].pk)
    own = make_holding(people["far"], team, make_post("worker", WORK))
    found = set(colleagues_for(own, at=NOW).values_list("username", flat=True))
    assert found == {"wang", "li", "zhao"}
    assert [one.code for one in slots.capabilities.all() if one.never_lent and one.code in WORK] == [
        "trust.break_glass"
    ]
