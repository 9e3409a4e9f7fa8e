"""The demo staff: the same every time, and gone before a node is public."""

import itertools
import json
import stat
from collections import Counter
from datetime import date, timedelta

import pytest

from linli.accounts import api as accounts
from linli.accounts.actions.demo import CATALOGUE
from linli.accounts.models import Holding, NoticeAddress, Person, Shift, Unit
from linli.accounts.queries.demo import demo_file, demo_password, is_demo_node
from linli.accounts.rules.demo_roster import demo_roster
from linli.accounts.rules.demo_staff import DemoPlace, demo_staff
from linli.accounts.tests import factories
from linli.regions import api as regions


def places(streets=3, communities=10):
    yield DemoPlace(1, "990101000000", "青禾县", "county")
    for street in range(1, streets + 1):
        yield DemoPlace(street * 100, f"990101{street:03d}000", f"第{street}街道", "street")
        for community in range(1, communities + 1):
            code = f"990101{street:03d}{community:03d}"
            yield DemoPlace(street * 100 + community, code, f"第{community}社区", "community")


def generated(seed=7):
    catalogue = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    return demo_staff(places=list(places()), catalogue=catalogue, seed=seed)


def test_demo_staff_is_the_same_for_the_same_seed():
    assert generated() == generated()
    assert [who.name for who in generated().people] != [who.name for who in generated(8).people]


def test_demo_staff_has_about_a_hundred_people_with_different_names():
    people = generated().people
    assert 90 <= len(people) <= 115
    assert max(Counter(who.name for who in people).values()) == 1
    assert max(Counter(who.username for who in people).values()) == 1


def test_demo_staff_units_come_after_their_parents():
    seen = set()
    for unit in generated().units:
        assert unit.parent is None or unit.parent in seen
        seen.add(unit.code)
    assert len(seen) == 1 + 15 + 4 + 3 + 30


@pytest.fixture
def county(town):
    Unit.objects.all().delete()
    for number in range(3, 9):
        code = f"9901010010{number:02d}"
        regions.add_division(
            code=code, name=f"第{number}社区", valid_from=date(2020, 1, 1), by="tests", now=factories.NOW
        )
    regions.add_division(
        code="990101002001", name="河东社区", valid_from=date(2020, 1, 1), by="tests", now=factories.NOW
    )
    return town


@pytest.mark.slow
def test_plant_demo_staff_gives_every_role_an_account(county, now):
    accounts.plant_demo_staff(seed=7, now=now)
    roles = Person.objects.filter(kind="staff").exclude(username__startswith="staff")
    assert set(roles.values_list("username", flat=True)) == {
        "wangge", "shequ", "jiedao", "chengguan", "paidan", "hecha", "lingdao", "shuju", "shenji", "admin", "anquan",
        "bianban", "caijue", "minzheng", "minzhengban",
    }  # fmt: skip
    admin = accounts.actor_for(roles.get(username="admin"), on=now.date())
    assert admin.can("accounts.manage")
    assert admin.holdings[0].unit_name == "县社会治理中心"
    worker = accounts.actor_for(roles.get(username="wangge"), on=now.date())
    assert worker.holdings[0].unit_kind == "community"
    assert accounts.unit_for(kind="street", division_id=county.community.pk).name == "南苑街道办事处"


@pytest.mark.slow
def test_plant_demo_staff_writes_one_random_password_for_the_owner(county, now):
    accounts.plant_demo_staff(seed=7, now=now)
    password = demo_password()
    assert stat.S_IMODE(demo_file().stat().st_mode) == 0o600
    assert Person.objects.get(username="paidan").check_password(password)
    assert not Person.objects.get(username="staff001").has_usable_password()
    assert len(json.loads(demo_file().read_text(encoding="utf-8"))["accounts"]) == 15


@pytest.mark.slow
def test_plant_demo_staff_twice_changes_nothing(county, now):
    accounts.plant_demo_staff(seed=7, now=now)
    before, password = (Person.objects.count(), Unit.objects.count(), Holding.objects.count()), demo_password()
    accounts.plant_demo_staff(seed=7, now=now)
    assert (Person.objects.count(), Unit.objects.count(), Holding.objects.count()) == before
    assert demo_password() == password


def test_plant_demo_staff_without_the_county_is_refused(db, now):
    with pytest.raises(LookupError):
        accounts.plant_demo_staff(seed=7, now=now)


@pytest.mark.slow
def test_retire_demo_staff_closes_every_account(county, now, django_capture_on_commit_callbacks):
    accounts.plant_demo_staff(seed=7, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        count = accounts.retire_demo_staff(by=accounts.SYSTEM, now=now)
    assert count == Person.objects.count()
    assert not Person.objects.filter(is_active=True).exists()
    assert not is_demo_node()


def test_demo_roster_covers_two_weeks_without_a_gap_and_lets_people_take_turns():
    staff, today = generated(), date(2026, 11, 19)
    shifts = list(demo_roster(staff=staff, on_duty=["gaj"], today=today, seed=7))
    assert shifts == list(demo_roster(staff=staff, on_duty=["gaj"], today=today, seed=7))
    assert {shift.unit for shift in shifts} == {"centre", "gaj", *(u.code for u in staff.units if u.kind == "street")}
    for unit in ("centre", "gaj", "street-990101001000"):
        own = [shift for shift in shifts if shift.unit == unit]
        assert sum(shift.hours for shift in own) == 14 * 24
        assert own[0].day == date(2026, 11, 16)
        assert all(one.username != after.username for one, after in itertools.pairwise(own))
    later = list(demo_roster(staff=staff, on_duty=["gaj"], today=today + timedelta(days=7), seed=7))
    assert set(later) & set(shifts), "the turns go on from week to week"


@pytest.mark.slow
def test_plant_demo_roster_says_who_is_on_duty_now_and_keeps_what_was_planned(county, now):
    staff = accounts.plant_demo_staff(seed=7, now=now)
    planned = accounts.plant_demo_roster(staff=staff, seed=7, now=now)
    assert planned == Shift.objects.count()
    units = {code: accounts.unit_by_code(code).id for code in ("centre", "gaj", "street-990101001000", "mzj")}
    for moment in (now, now + timedelta(hours=12), now + timedelta(days=6)):
        people = accounts.on_duty(units.values(), at=moment)
        assert [len(people.get(unit, [])) for unit in units.values()] == [1, 1, 1, 0], moment
    assert accounts.plant_demo_roster(staff=staff, seed=7, now=now) == 0
    addresses = NoticeAddress.objects.all()
    assert {row.channel for row in addresses} == {"console"}
    assert all(row.address.reveal().startswith("1380000") for row in addresses)
    week = accounts.plant_demo_roster(staff=staff, seed=7, now=now + timedelta(days=7))
    assert week == planned // 2
