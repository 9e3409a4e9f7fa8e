"""What a record may be opened for: the register narrows what somebody reads, and binds the look to an open case."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.registry.tests.factories import NOW, TODAY, WU_PHONE, exported, ledger, make_wu, viewer
from linli.trust import api as trust
from linli.trust import slots

pytestmark = pytest.mark.django_db


@pytest.fixture
def wu(ground):
    return make_wu(ground.grids["xuefu1"], low_income="是")


def write(code="registry.visit", **changes):
    activity = replace(trust.activity(code, on=TODAY), is_sample=False, **changes)
    trust.save_activity(activity=activity, by=accounts.SYSTEM, now=NOW)


def worker(ground, *more):
    return viewer(ground.town.community.id, "registry.see", "registry.reveal", "registry.export", *more)


def shown(ground, wu, *more, **said):
    card = registry.open_card(entity_id=wu, by=worker(ground, *more), purpose="visit", now=NOW, **said)
    return {line.code: (line.way, line.text) for line in card.lines}


class Visits(slots.CaseKind):
    code, label = "home_visit", "visit"

    def open_for(self, asked):
        known = ["V-1"] if asked.actor.person_id and asked.about.kind == "person" else []
        return [trust.Case(self.code, one, "上门") for one in known if asked.ref in {"", one}]


@pytest.fixture
def visits():
    before = dict(slots.case_kinds._plugins)
    slots.case_kinds.register(Visits())
    yield
    slots.case_kinds._plugins.clear()
    slots.case_kinds._plugins.update(before)


@pytest.mark.slow
def test_what_is_graded_above_the_purpose_stays_masked_for_who_could_see_it_otherwise(ground, wu):
    assert shown(ground, wu)["phone"] == ("plain", WU_PHONE)
    assert shown(ground, wu, "registry.sensitive")["low_income"][0] == "plain"
    write(grade=3)
    assert shown(ground, wu, "registry.sensitive")["phone"] == ("plain", WU_PHONE)
    assert shown(ground, wu, "registry.sensitive")["low_income"] == ("masked", "•••")
    write(grade=2)
    assert shown(ground, wu, "registry.sensitive")["phone"] == ("masked", "138****1111")
    assert "person.phone.masked" in ledger()[-1].elements


def test_a_purpose_never_widens_what_somebody_reads(ground, wu):
    write(grade=4)
    assert "low_income" not in shown(ground, wu)


def test_only_the_elements_of_the_purpose_are_read_whole(ground, wu):
    write(elements=("person.name",))
    seen = shown(ground, wu)
    assert seen["name"] == ("plain", "吴桂芳")
    assert seen["phone"] == ("masked", "138****1111")
    assert seen["sex"][0] == "plain"


@pytest.mark.slow
def test_a_purpose_of_another_post_opens_nothing_and_is_not_offered(ground, wu):
    write(posts=("doctor",))
    with pytest.raises(registry.PurposeMissingError, match=r"."):
        shown(ground, wu)
    assert ledger(action="card") == []
    offer = registry.offered(entity_id=wu, by=worker(ground), now=NOW)
    assert "visit" not in dict(offer.purposes)
    assert "verify" in dict(offer.purposes)
    with pytest.raises(registry.PurposeMissingError):
        exported(wanted=registry.Wanted(), by=worker(ground), purpose="visit", now=NOW)


@pytest.mark.slow
def test_a_post_over_another_area_does_not_lend_its_purpose(ground, wu):
    write(posts=("worker",))
    here = replace(worker(ground).holdings[0], post_code="visitor")
    there = replace(worker(ground).holdings[0], division_id=ground.town.other_community.id)
    both = replace(worker(ground), holdings=(here, there))
    with pytest.raises(registry.PurposeMissingError):
        registry.open_card(entity_id=wu, by=both, purpose="visit", now=NOW)


@pytest.mark.slow
def test_a_look_that_needs_a_case_is_bound_to_it_in_the_ledger(ground, wu, visits):
    write(case_needed=True, case_kinds=("home_visit",))
    for case in ("", "home_visit:V-2", "event:V-1"):
        with pytest.raises(registry.PurposeMissingError):
            shown(ground, wu, case=case)
    assert ledger(action="card") == []
    offer = registry.offered(entity_id=wu, by=worker(ground), now=NOW)
    assert ([one.value for one in offer.cases], offer.bound) == (["home_visit:V-1"], {"visit"})
    shown(ground, wu, case="home_visit:V-1")
    assert [one.case_ref for one in ledger(action="card")] == ["V-1"]


@pytest.mark.slow
def test_an_activity_that_has_ended_opens_nothing_any_more(ground, wu):
    write(is_ended=True)
    with pytest.raises(registry.PurposeMissingError):
        shown(ground, wu)
    assert "visit" not in registry.purposes_in_force(NOW)
    before = timezone.localdate(NOW - timedelta(days=1))
    assert trust.activity("registry.visit", on=before) is not None


@pytest.mark.slow
def test_an_export_is_masked_above_the_grade_of_its_purpose(ground, wu):
    write(grade=2)
    heads, row = exported(wanted=registry.Wanted(), by=worker(ground), purpose="visit", now=NOW)
    assert WU_PHONE not in row
    assert "138****1111" in row
    assert len(heads) == len(row)
