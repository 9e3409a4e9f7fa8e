"""What further departments say is in the dictionary, follows from what the police know, and hangs together."""

from datetime import date

from linli.registry import api as registry
from linli.registry.rules.demo import DemoPlace, demo_base
from linli.registry.rules.demo_departments import Known, at_departments, let_departments_speak
from linli.registry.rules.demo_names import SOURCES

TODAY = date(2026, 11, 23)
PLACE = DemoPlace("990101001001", "南苑社区", ("990101001001001",), ("翠竹花园",))


def base(people=300):
    found = demo_base([PLACE], seed=5, people=people, today=TODAY)
    let_departments_speak(found, TODAY)
    return found


def told(year, number=0):
    values = {"name": "甲", "sex": "1", "citizen_id": "99010119400312122X"}
    return at_departments(Known(number, values, TODAY.year - year, date(year, 2, 1)), TODAY)


def test_everything_said_is_a_data_element_of_a_registered_source():
    known = {(one.kind, one.code) for one in registry.shipped_elements()}
    found = base().said
    assert {source for source, _kind in found} == {code for code, _name, _department in SOURCES}
    assert {(kind, code) for (_, kind), said in found.items() for _key, values in said for code in values} <= known


def test_only_whom_it_concerns_is_spoken_of():
    assert "school" in told(2016)["schools"]
    assert "party" not in told(2016)
    assert "treasury" in told(1940)
    assert "party" in told(1980)
    assert "party" not in told(1980, number=1), "one in nine"


def test_a_household_on_the_dole_has_somebody_on_it():
    found = base(1000)
    poor = {f"P{key[1:]}" for key, _values in found.said["civil", "person"]}
    carded = {f"H{key[1:]}" for key, values in found.said["civil", "household"] if "low_income_card" in values}
    members = {(end[1], start[1]) for bond, start, end, *_ in found.ties if bond == "member_of"}
    assert carded
    assert carded == {household for household, person in members if person in poor}
