"""Story: two departments say that it is not theirs. An office decides, and the next such event goes right at once."""

import pytest

from linli.accounts import api as accounts
from tests.scenarios.acting import AtDesk, event_of, steps_of
from tests.town import MONDAY, SINCE, report


@pytest.fixture
def staffed(town):
    """The building department and an arbiter of the centre are at their desks too."""
    town.units["zjj"] = accounts.create_unit(
        code="zjj", name="住建局", kind="department", division_id=town.divisions["county"].id, by=accounts.SYSTEM,
        now=MONDAY,
    )  # fmt: skip
    arbiter = accounts.save_post(
        code="t-arbiter", name="裁决员", capabilities=("events.see_area", "events.arbitrate"), by=accounts.SYSTEM,
        now=MONDAY,
    )  # fmt: skip
    for name, post, unit in (("builder", town.holdings["officer"].post, "zjj"), ("arbiter", arbiter, "centre")):
        town.people[name] = accounts.create_person(username=name, name=name, by=accounts.SYSTEM, now=MONDAY)
        accounts.open_holding(
            person=town.people[name], post=post, unit=town.units[unit], valid_from=SINCE, by=accounts.SYSTEM, now=MONDAY
        )
    return town


def test_two_departments_refuse_and_the_decision_holds_for_the_next(staffed):
    town = staffed
    rubbish, building, office = (AtDesk(town.people[name]) for name in ("officer", "builder", "arbiter"))
    number = report(town, "小区门口垃圾没人清", matter="T-02").number
    rubbish.may_not(number, "object", reason="not_our_duty", words="")
    rubbish.do(number, "object", reason="not_our_duty", words="小区内垃圾由物业负责，归住建局。")
    rubbish.may_not(number, "object", reason="not_our_area", words="再提一次。")
    assert number in office.page("/desk/arbitration")
    building.event(number, 404)
    office.do(number, "arbitrate", unit_id=town.units["zjj"].id, area="street", words="先由住建局核实。")
    building.do(number, "object", reason="not_our_duty", words="环卫作业范围归城管局。")
    office.do(number, "arbitrate", unit_id=town.units["csgl"].id, area="street", words="门口道路属环卫范围。")
    assert event_of(number).lead_unit_id == town.units["csgl"].id
    assert steps_of(number)[-4:] == ["object", "uphold", "object", "uphold"]
    page = office.page("/desk/arbitration")
    assert "门口道路属环卫范围" in page
    assert "先由住建局核实" not in page
    following = event_of(report(town, "垃圾又堆在门口了", matter="T-02").number)
    assert following.lead_unit_id == town.units["csgl"].id
    assert "已有裁定" in rubbish.event(following.number)
