"""Three administrators: nobody is two of system, security and audit; an ended post is dead at the next request."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.accounts import checks
from linli.accounts.models import Holding, Post
from linli.accounts.tests.factories import NOW, actor, make_holding, make_person, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(town):
    """The posts of the three, and the system administrator of the county."""
    posts = {
        "system": make_post("administrator", ["accounts.manage"]),
        "security": make_post("guardian", ["accounts.grant"]),
        "audit": make_post("auditor", ["trust.audit"]),
    }
    admin = make_person("admin", "管理员")
    make_holding(admin, town.units["centre"], posts["system"])
    return posts, admin


def give(person, post, unit, by, **more):
    return accounts.open_holding(person=person, post=post, unit=unit, by=by, now=NOW, **more)


def test_the_first_security_administrator_is_appointed_by_the_system_administrator_and_nobody_after(three, town):
    posts, admin = three
    guardian, clerk = make_person("guardian", "安全员"), make_person("clerk", "办事员")
    give(guardian, posts["security"], town.units["centre"], actor(admin))
    with pytest.raises(accounts.NotGrantorError, match=r"."):
        give(clerk, posts["audit"], town.units["centre"], actor(admin))
    give(clerk, posts["audit"], town.units["centre"], actor(guardian))
    with pytest.raises(accounts.NotAllowedError):
        accounts.create_person(username="new", name="新人", by=actor(guardian), now=NOW)
    accounts.create_person(username="new", name="新人", by=actor(admin), now=NOW)


@pytest.mark.parametrize(("first", "second"), [("system", "audit"), ("security", "audit"), ("audit", "security")])
def test_nobody_holds_two_offices(three, town, first, second):
    posts, _admin = three
    person = make_person("two", "二人")
    held = make_holding(person, town.units["centre"], posts[first])
    with pytest.raises(accounts.TwoOfficesError, match=r"."):
        make_holding(person, town.units["street"], posts[second])
    accounts.end_holding(holding=held, by=accounts.SYSTEM, now=NOW)
    make_holding(person, town.units["street"], posts[second])


def test_a_post_does_not_join_two_offices_nor_make_somebody_hold_two(three, town):
    posts, admin = three
    with pytest.raises(accounts.TwoOfficesError):
        make_post("both", ["accounts.manage", "trust.audit"])
    make_post("clerk", ["events.report"])
    make_holding(admin, town.units["centre"], Post.objects.get(code="clerk"))
    with pytest.raises(accounts.TwoOfficesError):
        make_post("clerk", ["events.report", "trust.audit"])
    assert posts["system"].capabilities == ["accounts.manage"]


def test_the_database_refuses_it_too(three, town):
    posts, admin = three
    row = {"person": admin, "unit": town.units["centre"], "division": town.county, "valid_from": NOW.date()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(post=posts["audit"], **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(code="administrator").update(capabilities=["accounts.manage", "accounts.grant"])


def test_the_node_says_when_somebody_holds_two(three, town, settings):
    settings.LINLI_SECOND_FACTOR = False
    _posts, _admin = three
    assert [one.id for one in checks.three_administrators()] == ["accounts.W003"]
    make_holding(make_person("guardian"), town.units["centre"], Post.objects.get(code="guardian"))
    assert checks.three_administrators() == []


def test_a_post_that_ended_is_dead_at_the_next_request_of_the_open_session(three, town, client, time_machine_at, now):
    posts, _admin = three
    person = make_person("late", "迟到")
    held = make_holding(person, town.units["centre"], posts["system"], valid_to=now.date())
    client.force_login(person)
    assert client.get("/console/accounts/").status_code == 200
    accounts.end_holding(holding=held, by=accounts.SYSTEM, now=now)
    assert client.get("/console/accounts/").status_code == 403


def test_a_post_whose_last_day_is_over_is_dead_at_midnight(three, town, client, time_machine_at, now):
    posts, _admin = three
    person = make_person("late", "迟到")
    make_holding(person, town.units["centre"], posts["system"], valid_to=timezone.localdate(now))
    time_machine_at(now + timedelta(hours=11, minutes=50))
    client.force_login(person)
    assert client.get("/console/accounts/").status_code == 200
    time_machine_at(now + timedelta(hours=12, minutes=1))
    assert client.get("/console/accounts/").status_code == 403


def test_a_short_post_ends_at_its_minute_and_gives_only_what_the_own_one_has(three, town, now):
    posts, _admin = three
    person = make_person("short", "短时")
    own = make_holding(person, town.units["community"], make_post("clerk", ["events.report", "events.handle"]))
    ends = now + timedelta(minutes=30)
    accounts.open_short_holding(
        of=own.pk, capabilities=["events.handle", "accounts.manage"], division_id=town.other_community.id,
        ends_at=ends, basis="break_glass:1", by=actor(person), now=now,
    )  # fmt: skip

    def held(at):
        found = accounts.actor_for(person, on=now.date(), at=at).holdings
        return {one.division_id: (one.capabilities, one.basis) for one in found}

    assert held(ends - timedelta(seconds=1))[town.other_community.id] == (
        frozenset({"events.handle"}), "break_glass:1",
    )  # fmt: skip
    assert town.other_community.id not in held(ends)
    assert town.other_community.id not in held(None)
    assert posts


def test_the_security_administrator_sees_people_and_gives_posts_but_opens_no_account(
    three, town, client, time_machine_at
):
    posts, admin = three
    guardian = make_person("guardian", "安全员")
    make_holding(guardian, town.units["centre"], posts["security"])
    client.force_login(guardian)
    assert client.get("/console/accounts/").status_code == 200
    page = client.get(f"/console/accounts/people/{admin.pk}").content.decode()
    assert "/posts" in page
    assert "/disable" not in page
    refused = client.post("/console/accounts/people/new", {"username": "neu", "name": "新人"})
    assert refused.status_code == 422
