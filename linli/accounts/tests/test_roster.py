"""The duty roster: who plans it, what can't be, who is on duty now, and the week as a page."""

from datetime import timedelta

import pytest
from django.db import transaction

from linli.accounts import api as accounts
from linli.accounts.models import NoticeAddress, Shift
from linli.accounts.queries.roster import rostered_units
from linli.accounts.rules.refusals import (
    BadAddressError,
    NotAllowedError,
    NotOfUnitError,
    ShiftOverError,
    ShiftOverlapsError,
    ShiftTimeError,
)
from tests.town import MONDAY, build_town

EVENING = MONDAY.replace(hour=18, minute=0)
MORNING = EVENING + timedelta(hours=14)


@pytest.fixture
def town(db):
    town = build_town()
    keeper = accounts.save_post(
        code="t-rota", name="排班员", capabilities=["accounts.roster"], by=accounts.SYSTEM, now=MONDAY
    )
    accounts.open_holding(
        person=town.people["officer"], post=keeper, unit=town.units["csgl"], by=accounts.SYSTEM, now=MONDAY
    )
    return town


def plan(town, who="colleague", *, unit="csgl", starts=EVENING, ends=MORNING, by="officer", now=MONDAY):
    return accounts.plan_shift(
        unit=town.units[unit], person=town.people[who], starts_at=starts, ends_at=ends, by=town.actor(by), now=now
    )


def names_on_duty(town, at, unit="csgl"):
    return [one.name for one in accounts.on_duty([town.units[unit].id], at=at).get(town.units[unit].id, [])]


@pytest.mark.slow
def test_who_is_on_duty_is_said_for_the_shift_and_not_before_or_after(town, django_assert_num_queries):
    plan(town)
    hour = timedelta(hours=1)
    assert names_on_duty(town, EVENING - hour) == []
    assert names_on_duty(town, EVENING) == ["高原"]
    assert names_on_duty(town, MORNING - hour) == ["高原"]
    assert names_on_duty(town, MORNING) == []
    with django_assert_num_queries(1):
        accounts.on_duty([town.units["csgl"].id, town.units["street"].id], at=EVENING)


def test_who_left_the_unit_or_is_disabled_is_on_duty_no_more(town):
    plan(town)
    accounts.end_holding(holding=town.holdings["colleague"], by=accounts.SYSTEM, now=MONDAY)
    assert names_on_duty(town, EVENING) == []


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (EVENING, EVENING),
        (MORNING, EVENING),
        (MONDAY - timedelta(hours=2), MORNING),
        (EVENING, EVENING + timedelta(days=4)),
    ],
)
def test_times_that_cannot_be_are_refused(town, starts, ends):
    with pytest.raises(ShiftTimeError):
        plan(town, starts=starts, ends=ends)
    assert not Shift.objects.exists()


def test_one_person_is_on_duty_once_at_a_time_and_several_may_be_together(town):
    plan(town)
    with pytest.raises(ShiftOverlapsError, match="高原自"):
        plan(town, starts=MORNING - timedelta(minutes=1), ends=MORNING + timedelta(hours=8))
    plan(town, starts=MORNING, ends=MORNING + timedelta(hours=8))
    plan(town, "officer")
    assert sorted(names_on_duty(town, EVENING)) == ["陈立", "高原"]


def test_only_people_of_the_unit_and_only_by_who_keeps_its_roster(town):
    with pytest.raises(NotOfUnitError):
        plan(town, "community_worker")
    for other in ("colleague", "dispatcher", "outsider"):
        with pytest.raises(NotAllowedError):
            plan(town, by=other)
    with pytest.raises(NotAllowedError):
        plan(town, "street_officer", unit="street")
    plan(town, "street_officer", unit="street", by="manager")
    assert [unit.code for unit in rostered_units(town.actor("officer"))] == ["csgl"]
    assert not rostered_units(town.actor("outsider"))


def test_a_coming_shift_moves_a_running_one_ends_and_a_past_one_stays(town):
    shift = plan(town)
    officer, later = town.actor("officer"), EVENING + timedelta(hours=2)
    change = {"shift_id": shift.id, "by": officer}
    accounts.change_shift(**change, starts_at=EVENING, ends_at=MORNING + timedelta(hours=1), now=MONDAY)
    accounts.change_shift(**change, starts_at=MONDAY, ends_at=MORNING, now=later)
    shift.refresh_from_db()
    assert (shift.starts_at, shift.ends_at) == (EVENING, MORNING), "what has begun keeps its beginning"
    with pytest.raises(ShiftTimeError):
        accounts.change_shift(**change, starts_at=EVENING, ends_at=EVENING + timedelta(hours=1), now=later)
    accounts.cancel_shift(**change, now=later)
    shift.refresh_from_db()
    assert (shift.ends_at, shift.cancelled_at) == (later, None)
    for act in (lambda: accounts.cancel_shift(**change, now=later),
                lambda: accounts.change_shift(**change, starts_at=EVENING, ends_at=MORNING, now=later)):  # fmt: skip
        with pytest.raises(ShiftOverError), transaction.atomic():
            act()


def test_a_shift_is_not_moved_onto_another_of_the_same_person(town):
    plan(town)
    second = plan(town, starts=MORNING, ends=MORNING + timedelta(hours=8))
    with pytest.raises(ShiftOverlapsError):
        accounts.change_shift(
            shift_id=second.id, starts_at=MORNING - timedelta(hours=1), ends_at=MORNING + timedelta(hours=8),
            by=town.actor("officer"), now=MONDAY,
        )  # fmt: skip
    accounts.cancel_shift(shift_id=second.id, by=town.actor("officer"), now=MONDAY)
    assert names_on_duty(town, MORNING + timedelta(hours=1)) == []


def test_the_person_on_duty_is_told_besides_the_unit_and_nobody_off_duty(town):
    unit, told = town.units["csgl"], {"by": town.actor("officer"), "now": MONDAY}
    plan(town)
    for who, phone in (("colleague", "13500001111"), ("officer", "13500002222")):
        accounts.add_duty_address(unit=unit, person=town.people[who], channel="sms", address=phone, **told)
    assert accounts.units_told(now=MONDAY) == set()
    assert accounts.units_told(now=EVENING) == {unit.id}
    assert accounts.tell_unit(unit_id=unit.id, text="新事件", key="a", now=MONDAY) == 0
    assert accounts.tell_unit(unit_id=unit.id, text="新事件", key="b", now=EVENING) == 1
    again = {**told, "unit": unit, "person": town.people["colleague"]}
    accounts.add_duty_address(**again, channel="sms", address="13500003333")
    assert NoticeAddress.objects.filter(person=town.people["colleague"], ended_at=None).count() == 1
    with pytest.raises(BadAddressError):
        accounts.add_duty_address(**again, channel="sms", address="12")
    with pytest.raises(NotOfUnitError):
        accounts.add_duty_address(**{**again, "person": town.people["dispatcher"]}, channel="sms", address="1350000444")


def test_the_week_is_a_table_in_which_nights_are_planned_changed_and_cancelled(town, client, time_machine):
    time_machine.move_to(MONDAY)
    client.force_login(town.people["officer"])
    night = {"person": town.people["colleague"].pk, "day": "2026-11-16", "begins": "18:00", "ends": "08:00", "days": 3}
    answer = client.post("/console/roster/plan?unit=csgl", night)
    assert (answer.status_code, answer["Location"]) == (302, "/console/roster?unit=csgl&week=2026-11-16")
    page = client.get(answer["Location"]).content.decode()
    assert page.count("次日 08:00") == 3
    assert page.count("无人值班</span>") == 4
    refused = client.post("/console/roster/plan?unit=csgl", {**night, "day": "2026-11-18"})
    assert refused.status_code == 422
    assert "高原自" in refused.content.decode()
    assert Shift.objects.count() == 3, "all days or none"
    shift = Shift.objects.order_by("starts_at").first()
    assert (shift.starts_at, shift.ends_at) == (EVENING, MORNING)
    times = {"starts_at": "2026-11-16T19:00", "ends_at": "2026-11-17T07:00"}
    assert client.post(f"/console/roster/shifts/{shift.pk}", times).status_code == 302
    shift.refresh_from_db()
    assert shift.starts_at == EVENING + timedelta(hours=1)
    assert client.post(f"/console/roster/shifts/{shift.pk}/cancel").status_code == 302
    assert client.get(f"/console/roster/shifts/{shift.pk}").status_code == 404
    address = {"person": town.people["colleague"].pk, "channel": "console", "address": "13500001111"}
    assert client.post("/console/roster/addresses?unit=csgl", address).status_code == 302
    assert "135****1111" in client.get("/console/roster?unit=csgl").content.decode()


def test_other_units_rosters_are_not_shown(town, client, time_machine):
    time_machine.move_to(MONDAY)
    client.force_login(town.people["officer"])
    assert client.get("/console/roster?unit=nyjd").status_code == 404
    assert client.get("/console/roster?unit=csgl&week=nonsense").status_code == 200
    shift = plan(town, "street_officer", unit="street", by="manager")
    assert client.get(f"/console/roster/shifts/{shift.pk}").status_code == 404
    client.force_login(town.people["dispatcher"])
    assert client.get("/console/roster").status_code == 403
