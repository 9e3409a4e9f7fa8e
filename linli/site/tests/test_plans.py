"""The console of plans and group rules: who gets in, drafts put in force, back again, and through the file."""

import pytest

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.plugins.config_groups import GroupRules, Plans
from linli.site.slots import ConfigRefusedError
from tests.town import build_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, three_words):
    town = build_town()
    now = kernel.now()
    events.plant_sample_playbooks(now=now)
    events.plant_sample_group_policy(now=now)
    post = accounts.save_post(
        code="t-rules", name="规则", capabilities=("events.standards",), by=accounts.SYSTEM, now=now
    )
    accounts.open_holding(
        person=town.people["checker"], post=post, unit=town.units["centre"],
        division_id=town.divisions["county"].id, valid_from=town.holdings["checker"].valid_from, by=accounts.SYSTEM,
        now=now,
    )  # fmt: skip
    client.force_login(town.people["checker"])
    return client


def test_a_draft_is_put_in_force_and_taken_back(officer):
    old = events.playbooks_in_force(now=kernel.now())[0]
    plans, now = Plans(), kernel.now()
    wanted = plans.read(now=now)
    wanted[old.code]["stages"] = wanted[old.code]["stages"][:2]
    assert len(plans.changes(wanted, now=now)) == 1
    plans.write(wanted, by=accounts.SYSTEM, now=now)
    draft = events.playbook_versions()[0]
    assert (draft.code, draft.in_force_from) == (old.code, None)
    page = officer.get("/desk/plans").content.decode()
    assert "草稿" in page
    assert officer.post(f"/desk/plans/plan/{draft.pk}").status_code == 302
    assert plans.read(now=kernel.now()) == wanted
    assert officer.post(f"/desk/plans/plan/{old.pk}").status_code == 302
    assert events.playbooks_in_force(now=kernel.now())[0].number == 3
    assert len(plans.read(now=kernel.now())[old.code]["stages"]) == len(old.stages)


def test_rules_go_the_same_way_and_broken_ones_are_refused(officer):
    rules, now = GroupRules(), kernel.now()
    wanted = {**rules.read(now=now), "T-01": {"radius_m": 50}}
    assert rules.changes(wanted, now=now)
    rules.write(wanted, by=accounts.SYSTEM, now=now)
    assert officer.post(f"/desk/plans/rules/{events.group_policies()[0].pk}").status_code == 302
    assert not rules.changes(wanted, now=kernel.now())
    for broken in ({"": {"radius_m": 0}}, [], {"T-01": 3}):
        with pytest.raises(ConfigRefusedError):
            rules.changes(broken, now=now)
    with pytest.raises(ConfigRefusedError):
        Plans().changes(
            {"x": {"name": "坏", "matter_codes": ["T-01"], "stages": [{"what": "看", "limit": 0}]}}, now=now
        )


def test_nobody_else_gets_in(client, officer):
    assert officer.post("/desk/plans/plan/999999").status_code == 404
    town_person = events.playbook_versions()[0]
    client.logout()
    assert client.get("/desk/plans").status_code == 302
    assert client.post(f"/desk/plans/plan/{town_person.pk}").status_code == 302


def _filled(page):
    """Return what a browser would send back from the forms of the page."""
    sent = {}
    forms = [page.context["form"], page.context["rows"].management_form, *page.context["rows"]]
    for form in forms:
        for bound in form:
            value = bound.value()
            sent[bound.html_name] = "" if value is None else value
    return sent


def test_an_officer_writes_a_plan_as_a_draft_and_puts_it_in_force(officer):
    old = events.playbooks_in_force(now=kernel.now())[0]
    matter = events.matters_in_force()[0].code
    page = officer.get(f"/desk/plans/change/{old.code}")
    sent = {**_filled(page), "words": "缩短第一阶段", "stages-0-limit": 1, "matter_codes": [matter]}
    assert officer.post(f"/desk/plans/change/{old.code}", sent).status_code == 302
    draft = next(one for one in events.playbook_versions() if one.code == old.code)
    assert (draft.in_force_from, draft.source, draft.stages[0]["limit"]) == (None, "缩短第一阶段", 1)
    assert [row["what"] for row in draft.stages] == [row["what"] for row in old.stages]
    assert officer.post(f"/desk/plans/plan/{draft.pk}").status_code == 302
    assert {one.code: one.number for one in events.playbooks_in_force(now=kernel.now())}[old.code] == draft.number


def test_a_new_plan_keeps_what_was_typed_until_it_is_whole(officer):
    matter = events.matters_in_force()[0].code
    sent = {**_filled(officer.get("/desk/plans/new")), "name": "窨井盖缺失", "matter_codes": [matter], "words": "新增"}
    half = {**sent, "stages-0-what": "围挡并设警示", "stages-0-unit": "community", "stages-0-limit_unit": "hour"}
    refused = officer.post("/desk/plans/new", half)
    assert refused.status_code == 422
    assert "围挡并设警示" in refused.content.decode()
    whole = {**half, "stages-0-limit": 1, "stages-0-closing_condition": "已围挡"}
    assert officer.post("/desk/plans/new", whole).status_code == 302
    assert events.playbook_versions()[0].name in {one.name for one in events.playbook_versions() if one.number == 1}
    assert officer.post("/desk/plans/new", sent).status_code == 422  # a plan without any stage
    assert officer.get("/desk/plans/change/unknown").status_code == 404


def test_rules_are_written_for_all_matters_and_for_one(officer):
    matter = events.matters_in_force()[0].code
    sent = {**_filled(officer.get("/desk/plans/rules")), "words": "照明一百米内算同一处"}
    before, empty = events.group_policies()[0].rules, sent["rules-TOTAL_FORMS"] - 1
    sent |= {f"rules-{empty}-matter": matter, f"rules-{empty}-radius_m": 100, f"rules-{empty}-shown": "false"}
    assert officer.post("/desk/plans/rules", sent).status_code == 302
    assert events.group_policies()[0].rules == {**before, matter: {"radius_m": 100, "shown": False}}
    assert officer.post("/desk/plans/rules", {**sent, f"rules-{empty}-radius_m": 99_999}).status_code == 422
