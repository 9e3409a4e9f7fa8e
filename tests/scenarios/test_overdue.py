"""Story: nobody looks at a broken lamp. It climbs from the grid to the county, and the county must close it."""

import pytest

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.regions import api as regions
from tests.scenarios.acting import AtDesk, event_of, facts_of, steps_of
from tests.town import MONDAY, SINCE, report


@pytest.fixture
def staffed(town):
    """At the centre, too, somebody is on duty who may handle events."""
    town.people["centre_officer"] = accounts.create_person(
        username="centre_officer", name="罗平", by=accounts.SYSTEM, now=MONDAY
    )
    accounts.open_holding(
        person=town.people["centre_officer"], post=town.holdings["community_worker"].post, unit=town.units["centre"],
        division_id=town.divisions["county"].id, valid_from=SINCE, by=accounts.SYSTEM, now=MONDAY,
    )  # fmt: skip
    return town


def test_what_nobody_does_climbs_to_the_county_which_closes_it(staffed, clock):
    number = report(staffed).number
    for hours, unit in ((4, "nanyuan"), (8, "street"), (16, "centre")):
        clock.to(regions.add_working(MONDAY, hours=hours))
        assert events.sweep_overdue(now=kernel.now()).escalated == 1
        assert event_of(number).lead_unit_id == staffed.units[unit].id
    street, county = AtDesk(staffed.people["street_officer"]), AtDesk(staffed.people["centre_officer"])
    page = county.event(number)
    assert "已升级" in page
    assert "超时升级" in page
    assert "老人上下楼不方便" in county.page("/desk/")
    county.may_not(number, "return", words="退回街道。")
    street.may_not(number, "accept")
    county.do(number, "accept")
    county.do(number, "submit", answer="县中心已协调换灯。")
    AtDesk(staffed.people["checker"]).do(number, "pass", reason="solved", answer="县中心已协调换灯。")
    assert (event_of(number).state, event_of(number).level) == ("closed", 40)
    assert steps_of(number).count("escalate") == 3
    assert facts_of(number).count("EventEscalated") == 3
