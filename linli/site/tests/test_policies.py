"""The console of policies: numbers become a draft, a draft holds from a day on, an older version holds again."""

from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from tests.town import build_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, three_words):
    town = build_town()
    now = kernel.now()
    events.plant_sample_policies(now=now)
    post = accounts.save_post(code="t-rules", name="规则", capabilities=("events.rules",), by=accounts.SYSTEM, now=now)
    accounts.open_holding(
        person=town.people["checker"], post=post, unit=town.units["centre"],
        division_id=town.divisions["county"].id, valid_from=town.holdings["checker"].valid_from, by=accounts.SYSTEM,
        now=now,
    )  # fmt: skip
    client.force_login(town.people["checker"])
    return client


def asked(kind, **changes):
    content = events.policies_at(kernel.now())[kind]
    if kind == "escalation":
        same = {f"{kind}-rules.{n}.after_hours": rule["after_hours"] for n, rule in enumerate(content["rules"])}
    else:
        same = {f"{kind}-{key}": value for key, value in content.items() if isinstance(value, int | float)}
    return {**same, f"{kind}-words": "试行", **{f"{kind}-{key}": value for key, value in changes.items()}}


def test_numbers_become_a_draft_that_holds_once_it_is_put_in_force_and_goes_back(officer):
    old = events.policy_versions("clocks")[0]
    assert officer.post("/desk/policies/clocks/change", asked("clocks", pause_days=9)).status_code == 302
    draft = events.policy_versions("clocks")[0]
    assert draft.in_force_from is None
    assert "<b>9</b>" in officer.get("/desk/policies").content.decode()
    officer.post(f"/desk/policies/{draft.pk}/decide")
    assert events.policies_at(kernel.now())["clocks"]["pause_days"] == 9
    officer.post(f"/desk/policies/{old.pk}/decide")
    assert events.policies_at(kernel.now())["clocks"] == old.content


def test_a_later_day_leaves_today_as_it_is(officer):
    officer.post("/desk/policies/escalation/change", asked("escalation", **{"rules.0.after_hours": 7}))
    draft = events.policy_versions("escalation")[0]
    assert officer.get("/desk/policies").status_code == 200
    day = (kernel.now() + timedelta(days=3)).date()
    officer.post(f"/desk/policies/{draft.pk}/decide", {"since": day.isoformat()})
    assert events.policies_at(kernel.now())["escalation"]["rules"][0]["after_hours"] != 7
    later = kernel.now() + timedelta(days=5)
    assert events.policies_at(later)["escalation"]["rules"][0]["after_hours"] == 7


def test_a_limit_of_zero_is_refused_and_what_was_typed_stays(officer):
    answer = officer.post("/desk/policies/clocks/change", asked("clocks", pause_days=0))
    assert answer.status_code == 422
    assert "试行" in answer.content.decode()
    assert officer.post("/desk/policies/nothing/change").status_code == 404
    assert officer.post("/desk/policies/999999/decide").status_code == 404
