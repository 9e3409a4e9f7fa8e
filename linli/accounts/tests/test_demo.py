"""The demo staff: the same every time, and gone before a node is public."""

import json
import stat
from collections import Counter
from datetime import date

import pytest

from linli.accounts import api as accounts
from linli.accounts.actions.demo import CATALOGUE
from linli.accounts.models import Holding, Person, Unit
from linli.accounts.queries.demo import demo_file, demo_password, is_demo_node
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


def test_demo_staff_has_about_ninety_people_with_different_names():
    people = generated().people
    assert 80 <= len(people) <= 110
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


def test_plant_demo_staff_gives_every_role_an_account(county, now):
    accounts.plant_demo_staff(seed=7, now=now)
    roles = Person.objects.filter(kind="staff").exclude(username__startswith="staff")
    assert set(roles.values_list("username", flat=True)) == {
        "wangge", "shequ", "jiedao", "chengguan", "paidan", "hecha", "lingdao", "shuju", "shenji", "admin",
        "bianban", "caijue",
    }  # fmt: skip
    admin = accounts.actor_for(roles.get(username="admin"), on=now.date())
    assert admin.can("accounts.manage")
    assert admin.holdings[0].unit_name == "县社会治理中心"
    worker = accounts.actor_for(roles.get(username="wangge"), on=now.date())
    assert worker.holdings[0].unit_kind == "community"
    assert accounts.unit_for(kind="street", division_id=county.community.pk).name == "南苑街道办事处"


def test_plant_demo_staff_writes_one_random_password_for_the_owner(county, now):
    accounts.plant_demo_staff(seed=7, now=now)
    password = demo_password()
    assert stat.S_IMODE(demo_file().stat().st_mode) == 0o600
    assert Person.objects.get(username="paidan").check_password(password)
    assert not Person.objects.get(username="staff001").has_usable_password()
    assert len(json.loads(demo_file().read_text(encoding="utf-8"))["accounts"]) == 12


def test_plant_demo_staff_twice_changes_nothing(county, now):
    accounts.plant_demo_staff(seed=7, now=now)
    before, password = (Person.objects.count(), Unit.objects.count(), Holding.objects.count()), demo_password()
    accounts.plant_demo_staff(seed=7, now=now)
    assert (Person.objects.count(), Unit.objects.count(), Holding.objects.count()) == before
    assert demo_password() == password


def test_plant_demo_staff_without_the_county_is_refused(db, now):
    with pytest.raises(LookupError):
        accounts.plant_demo_staff(seed=7, now=now)


def test_retire_demo_staff_closes_every_account(county, now, django_capture_on_commit_callbacks):
    accounts.plant_demo_staff(seed=7, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        count = accounts.retire_demo_staff(by=accounts.SYSTEM, now=now)
    assert count == Person.objects.count()
    assert not Person.objects.filter(is_active=True).exists()
    assert not is_demo_node()
