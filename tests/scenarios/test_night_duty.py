"""Story: gas leaks at night. It goes to the unit, and the person on duty hears it; nobody is made the handler."""

from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.accounts import slots
from linli.accounts.actions.messages import add_notice_address
from linli.accounts.models import Message, Shift
from linli.events import api as events
from linli.kernel import api as kernel
from linli.kernel.tests.deliver import deliver_all, do_jobs
from linli.regions import api as regions
from tests.scenarios.acting import AtDesk, event_of
from tests.town import MONDAY, report

pytestmark = pytest.mark.django_db
NIGHT = MONDAY.replace(hour=23, minute=10)
GAO, ZHENG, OFFICE = "13500001111", "13500002222", "13500003333"


def heard(phone):
    return slots.channels.get("console").last_message(phone) or ""


@pytest.fixture
def rota(town):
    """At the department of the town, 陈立 keeps the roster."""
    deliver_all()
    post = accounts.save_post(
        code="t-rota", name="排班员", capabilities=["accounts.roster"], by=accounts.SYSTEM, now=MONDAY
    )
    accounts.open_holding(
        person=town.people["officer"], post=post, unit=town.units["csgl"], by=accounts.SYSTEM, now=MONDAY
    )
    return town


def on_roster(keeper, town, who, phone):
    """Let the keeper put a colleague on duty for the night, and say where they are told."""
    who = town.people[who].pk
    night = {"person": who, "day": "2026-11-16", "begins": "18:00", "ends": "08:00", "days": 1}
    assert keeper.browser.post("/console/roster/plan?unit=csgl", night).status_code == 302
    address = {"person": who, "channel": "console", "address": phone}
    assert keeper.browser.post("/console/roster/addresses?unit=csgl", address).status_code == 302


def test_the_person_on_duty_hears_of_the_gas_leak_and_the_unit_has_it(rota, clock):
    keeper = AtDesk(rota.people["officer"])
    on_roster(keeper, rota, "colleague", GAO)
    assert "无人值班" in keeper.page("/console/roster?unit=csgl")
    afternoon = report(rota, "3栋楼道有燃气味", matter="T-03").number
    do_jobs()
    assert heard(GAO) == "", "in the afternoon nobody is on duty yet"
    assert "现在值班" not in keeper.event(afternoon)

    clock.to(NIGHT)
    number = report(rota, "3栋楼道燃气味很大", matter="T-03", now=NIGHT).number
    do_jobs()
    assert number in heard(GAO)
    assert "燃气味" not in heard(GAO), "what was said stays on the node"
    event = event_of(number)
    assert (event.lead_unit_id, event.handler_id, event.state) == (rota.units["csgl"].id, None, "dispatched")
    page = keeper.event(number)
    assert "城市管理局现在值班：高原（至" in page
    keeper.do(number, "accept")
    assert event_of(number).handler_id == rota.people["officer"].pk, "any colleague may take it"
    assert Message.objects.get(about=number).shown == "135****1111"

    keeper.browser.post(f"/console/roster/shifts/{Shift.objects.get().pk}/cancel")
    assert "现在值班" not in keeper.event(number)


def test_the_dispatcher_reads_who_is_on_duty_where_it_could_go(rota, clock):
    on_roster(AtDesk(rota.people["officer"]), rota, "colleague", GAO)
    number = report(rota, "有件事请来人看看", matter=None).number
    clock.to(NIGHT)
    page = AtDesk(rota.people["dispatcher"]).page(f"/desk/dispatch/{number}")
    assert "该单位现在值班：高原" in page


def test_what_rises_is_told_to_who_is_on_duty_there_and_to_the_unit_where_nobody_is(rota, clock):
    street = rota.units["street"]
    rise = regions.add_working(MONDAY, hours=8)
    accounts.plan_shift(
        unit=street, person=rota.people["street_officer"], starts_at=MONDAY, ends_at=rise + timedelta(hours=1),
        by=accounts.SYSTEM, now=MONDAY,
    )  # fmt: skip
    told = {"unit": street, "by": accounts.SYSTEM, "now": MONDAY, "channel": "console"}
    accounts.add_duty_address(**told, person=rota.people["street_officer"], address=ZHENG)
    number = report(rota).number
    add_notice_address(unit=street, channel="console", address=OFFICE, by=rota.actor("messenger"), now=MONDAY)
    for hours in (4, 8):
        clock.to(regions.add_working(MONDAY, hours=hours))
        events.sweep_overdue(now=kernel.now())
    do_jobs()
    assert event_of(number).lead_unit_id == street.id
    assert heard(ZHENG) == f"1件超时事件升级到南苑街道办事处：{number}"
    assert heard(OFFICE) == heard(ZHENG), "the unit is told as well"
    clock.to(rise + timedelta(hours=2))
    again = report(rota, matter=None, text="南苑街道门口积水，请来人看看").number
    events.dispatch_event(
        event_id=event_of(again).id, by=rota.actor("dispatcher"), now=kernel.now(), matter_code="T-01",
        unit_id=street.id,
    )  # fmt: skip
    do_jobs()
    assert again in heard(OFFICE)
    assert again not in heard(ZHENG), "the shift is over; the unit is told as ever"
