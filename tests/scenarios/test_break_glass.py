"""Story: an old woman is missing, an officer of the next community opens her record, and is judged for it."""

from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.models import Entity
from linli.trust import api as trust
from linli.trust.models import BreakGlass, LedgerEntry, PolicyVersion
from tests.basetown import WU_ID, planted
from tests.scenarios.acting import AtDesk
from tests.town import MONDAY, OLD_WU_PHONE

OPEN, REVIEW = "/trust/break-glass", "/console/trust/break-glass"
REASON = "吴桂芳老人走失，家属在辖区门口求助，需要联系家人"


@pytest.fixture
def wu(town):
    person, _house = planted(town, MONDAY)
    return person


@pytest.fixture
def helper(town):
    return AtDesk(town.people["helper"])


@pytest.fixture
def guardian(town):
    return AtDesk(town.people["guardian"])


def opened(desk, status=302, **said):
    answer = desk.browser.post(OPEN, {"number": "", "division_id": "", "reason": REASON, **said})
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def card(desk, person, status=200):
    answer = desk.browser.post(f"/desk/base/{person}", {"purpose": "emergency"})
    assert answer.status_code == status
    return answer.content.decode()


def test_an_officer_sees_one_record_for_half_an_hour_and_is_judged_the_next_working_day(wu, helper, guardian, clock):
    card(helper, wu, status=404)
    warning = helper.page(OPEN)
    assert "30" in warning
    opened(helper, number=WU_ID)
    assert OLD_WU_PHONE in card(helper, wu)
    opening = BreakGlass.objects.get(person=helper.person)
    look = LedgerEntry.objects.filter(action="card", person_id=helper.person.pk).latest("id")
    assert (look.basis, look.purpose) == (f"break_glass:{opening.pk}", "registry.emergency")
    page = guardian.page(REVIEW)
    assert REASON in page
    clock.later(minutes=29)
    assert OLD_WU_PHONE in card(helper, wu)
    clock.later(minutes=2)
    card(helper, wu, status=404)
    clock.later(days=2)
    assert "已逾期" in guardian.page(REVIEW)
    said = {"outcome": "justified", "words": "已与家属核实，老人平安找回"}
    assert guardian.browser.post(f"{REVIEW}/{opening.pk}", {**said, "words": " "}).status_code == 302
    assert not BreakGlass.objects.get(pk=opening.pk).outcome
    guardian.browser.post(f"{REVIEW}/{opening.pk}", said)
    assert BreakGlass.objects.get(pk=opening.pk).outcome == "justified"
    assert "已与家属核实" in helper.page(OPEN)
    trust.seal_once(now=kernel.now())
    assert trust.verify_ledger().ok


def test_it_opens_that_one_record_and_no_other(wu, helper, town):
    opened(helper, number=WU_ID)
    others = trust.visible(town_actor(helper), "registry.see", Entity.objects.exclude(pk=wu))
    seen = {row.community_id for row in others}
    assert town.divisions["nanyuan"].id not in seen


def test_the_whole_community_can_be_opened_and_closed_again(wu, helper, town):
    opened(helper, division_id=town.divisions["nanyuan"].id)
    assert "吴**" in helper.page("/desk/base?find=桂芳")
    looks = LedgerEntry.objects.filter(action="list", person_id=helper.person.pk)
    assert looks.latest("id").basis.startswith("break_glass:")
    opening = BreakGlass.objects.get(person=helper.person, reason=REASON)
    assert helper.browser.post(f"{OPEN}/{opening.pk}/end").status_code == 302
    card(helper, wu, status=404)
    assert "吴**" not in helper.page("/desk/base?find=桂芳")


@pytest.mark.parametrize(
    "said", [{"reason": "急"}, {"number": "99010119400312122"}, {"number": ""}, {"division_id": "999999"}]
)
def test_what_is_not_reasoned_or_not_found_opens_nothing(wu, helper, said):
    before = BreakGlass.objects.count()
    opened(helper, status=422, **({"number": WU_ID} | said if "reason" in said else said))
    assert BreakGlass.objects.count() == before
    card(helper, wu, status=404)


def test_who_may_not_break_the_glass_is_refused(wu, town):
    worker = AtDesk(town.people["grid_worker"])
    assert worker.browser.post(OPEN, {"number": WU_ID, "reason": REASON}).status_code == 403
    assert AtDesk(town.people["outsider"]).browser.get(REVIEW).status_code == 403


def test_nobody_reviews_what_they_opened_themselves(wu, helper, town):
    opened(helper, number=WU_ID)
    opening = BreakGlass.objects.get(person=helper.person, reason=REASON)
    post = accounts.save_post(
        code="t-both", name="both", capabilities=["trust.review_glass"], by=accounts.SYSTEM, now=MONDAY
    )
    accounts.open_holding(
        person=helper.person, post=post, unit=town.units["xuefu"], by=accounts.SYSTEM, now=MONDAY,
        valid_from=MONDAY.date(),
    )  # fmt: skip
    assert helper.browser.post(f"{REVIEW}/{opening.pk}", {"outcome": "justified", "words": "好"}).status_code == 404


def test_the_county_changes_how_long_it_lasts(wu, helper, clock):
    trust.save_glass_rules(content={"minutes": 5, "review_days": 2}, by=accounts.SYSTEM, now=MONDAY)
    opened(helper, number=WU_ID)
    opening = BreakGlass.objects.get(person=helper.person, reason=REASON)
    assert opening.ends_at - opening.opened_at == timedelta(minutes=5)
    clock.later(minutes=6)
    card(helper, wu, status=404)
    with pytest.raises(trust.GlassRefusedError):
        trust.save_glass_rules(content={"minutes": 9999}, by=accounts.SYSTEM, now=MONDAY)


def town_actor(desk):
    now = kernel.now()
    return accounts.actor_for(desk.person, on=now.date(), at=now)


def limits(desk, status=302, **said):
    whole = {"minutes": 30, "per_month": 20, "area": "street", "shortest_reason": 10, "review_days": 1, **said}
    answer = desk.browser.post(f"{REVIEW}/limits", whole)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_security_administrator_says_how_often_by_whom_and_over_which_area(wu, helper, guardian, town, clock):
    guardian.page(f"{REVIEW}/limits")
    helper.page(f"{REVIEW}/limits", status=403)
    limits(guardian, status=422, minutes=9999)
    limits(guardian, per_month=1, area="community")
    offered = helper.page(OPEN)
    assert "南苑社区" in offered or town.divisions["nanyuan"].name in offered
    assert f">{town.divisions['street'].name}<" not in offered
    opened(helper, division_id=town.divisions["street"].id, status=422)
    opened(helper, number=WU_ID)
    assert "本月" in opened(helper, division_id=town.divisions["xuefu"].id, status=422)
    clock.later(days=31)
    opened(helper, number=WU_ID)
    limits(guardian, area="none", posts=["t-helper"])
    opened(helper, division_id=town.divisions["nanyuan"].id, status=422)
    clock.later(hours=1)
    opened(helper, number=WU_ID)
    accounts.save_post(
        code="t-other", name="别的岗位", capabilities=["trust.break_glass"], by=accounts.SYSTEM, now=MONDAY
    )
    limits(guardian, posts=["t-other"])
    clock.later(hours=1)
    assert helper.browser.post(OPEN, {"number": WU_ID, "reason": REASON}).status_code == 403
    assert "版" in guardian.page(f"{REVIEW}/limits")
    assert [one.content["area"] for one in PolicyVersion.objects.order_by("number")] == ["community", "none", "street"]
