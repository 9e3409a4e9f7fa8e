"""Posts and the capabilities they may name."""

import json
from importlib import import_module

import pytest
from django.apps import apps

from linli.accounts import api as accounts
from linli.accounts import slots
from linli.accounts.actions.posts import SAMPLE, unknown_capabilities
from linli.accounts.models import Post
from linli.accounts.tests import factories


def test_save_post_with_unknown_capability_is_refused(db):
    with pytest.raises(accounts.UnknownCapabilityError) as refusal:
        factories.make_post(capabilities=["accounts.manage", "accounts.fly"])
    assert refusal.value.codes == ("accounts.fly",)
    assert "accounts.fly" in str(refusal.value)
    assert not Post.objects.exists()


def test_capability_of_a_domain_not_installed_is_tolerated(db):
    assert unknown_capabilities(["balloons.launch"]) == ()


def test_save_post_changes_it_in_place(db):
    factories.make_post("clerk", [])
    factories.make_post("clerk", ["accounts.manage"], needs_second_factor=True)
    post = Post.objects.get()
    assert (post.capabilities, post.needs_second_factor) == (["accounts.manage"], True)


def test_save_post_takes_effect_on_those_who_hold_it(town):
    person, post = factories.make_person(), factories.make_post("clerk", [])
    factories.make_holding(person, town.units["street"], post)
    assert not factories.actor(person).can("accounts.manage")
    factories.make_post("clerk", ["accounts.manage"])
    assert factories.actor(person).can("accounts.manage")


def test_save_post_needs_the_capability(db, now):
    with pytest.raises(accounts.NotAllowedError):
        accounts.save_post(code="x", name="x", capabilities=[], by=accounts.GUEST, now=now)


def test_plant_sample_posts_leaves_what_a_county_changed(db, now):
    factories.make_post("leader", [])
    posts = accounts.plant_sample_posts(now=now)
    assert len(posts) == 14
    leader = Post.objects.get(code="leader")
    assert (leader.capabilities, leader.is_sample) == ([], False)
    assert Post.objects.get(code="administrator").is_sample


def test_of_those_who_fill_forms_only_civil_affairs_officers_read_sensitive_data():
    rows = json.loads(SAMPLE.read_text(encoding="utf-8"))["posts"]
    assert [row["code"] for row in rows if "registry.sensitive" in row["capabilities"]] == ["welfare-officer"]


def test_sample_posts_name_only_the_agreed_capabilities():
    rows = json.loads(SAMPLE.read_text(encoding="utf-8"))["posts"]
    domains = {code.partition(".")[0] for row in rows for code in row["capabilities"]}
    assert domains == {"accounts", "events", "exchange", "insight", "registry", "sheets", "trust"}


def test_capability_slot_knows_accounts():
    assert slots.capabilities.get("accounts.manage").label
    with pytest.raises(ValueError, match="already"):
        slots.capabilities.register(slots.Capability(code="accounts.manage", label="again"))


def test_posts_from_before_the_roster_that_manage_people_are_given_it_once_and_others_stay(db):
    factories.make_post("head", ["accounts.manage", "events.report"])
    factories.make_post("keeper", ["accounts.manage", "accounts.roster"])
    factories.make_post("clerk", ["accounts.messages"])
    migration = import_module("linli.accounts.migrations.0005_roster_for_managers")
    for _ in range(2):
        migration.give(apps, None)
    assert dict(Post.objects.values_list("code", "capabilities")) == {
        "head": ["accounts.manage", "accounts.roster", "events.report"],
        "keeper": ["accounts.manage", "accounts.roster"],
        "clerk": ["accounts.messages"],
    }
