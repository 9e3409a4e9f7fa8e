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
