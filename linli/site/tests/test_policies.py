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


def words(**changes):
    content = {**events.policies_at(kernel.now())["texts"], **changes}
    return {**{f"texts-{code}": text for code, text in content.items()}, "texts-words": "说得再短一点"}


def test_a_text_is_looked_at_kept_as_a_draft_put_in_force_and_goes_back(officer):
    old = events.policy_versions("texts")[0]
    asked_for = words(receipt="{unit}收到了，编号{number}")
    seen = officer.post("/desk/policies/texts/change", {**asked_for, "look": "1", "texts-words": ""})
    assert seen.status_code == 200
    assert "<q>南苑街道办事处收到了，编号南苑-20260601-0123</q>" in seen.content.decode()
    assert events.policy_versions("texts")[0] == old, "looking keeps nothing"
    assert officer.post("/desk/policies/texts/change", asked_for).status_code == 302
    draft = events.policy_versions("texts")[0]
    page = officer.get("/desk/policies").content.decode()
    assert "<b>{unit}收到了，编号{number}</b>" in page
    said = officer.post(f"/desk/policies/{draft.pk}/decide", follow=True).content.decode()
    assert "待发队列中的消息内容不变" in said
    assert events.policies_at(kernel.now())["texts"]["receipt"] == "{unit}收到了，编号{number}"
    officer.post(f"/desk/policies/{old.pk}/decide")
    assert events.policies_at(kernel.now())["texts"] == old.content


@pytest.mark.parametrize("text", ["", "收到了", "{number}，请致电{phone}", "{number}" + "好" * 480])
def test_a_text_that_helps_nobody_is_refused_at_its_field(officer, text):
    answer = officer.post("/desk/policies/texts/change", words(receipt=text))
    assert answer.status_code == 422
    assert 'id="id_texts-receipt-error"' in answer.content.decode()
    assert events.policy_versions("texts").count() == 1


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
