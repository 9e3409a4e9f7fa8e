"""The lists of a community, door plates and standard addresses of houses: life, rights, ledger."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.regions import api as regions
from linli.registry import api as registry
from linli.registry.models import Entity, ListingStep, SourceRecord
from linli.registry.rules.dates import months_after
from linli.registry.tests.factories import NOW, TODAY, exported, ledger, make_house, make_wu, relate, say, viewer
from linli.trust import api as trust

SEE, KEEP = "registry.see", "registry.keep"


@pytest.fixture
def keeper(ground):
    return viewer(ground.town.community.id, SEE, KEEP, "registry.export")


@pytest.fixture
def outsider(ground):
    return viewer(ground.town.other_community.id, SEE, KEEP, "registry.export", number=2)


@pytest.fixture
def house(ground):
    return make_house(ground.grids["xuefu1"])


def step(register, entity, deed, by, at=NOW, **more):
    return registry.take_step(register=register, entity_id=entity, step=deed, by=by, now=at, **more)


def lines(register, by, due="kept", at=NOW):
    return list(registry.look_through_list(register=register, due=due, by=by, now=at).items)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_months_after_keep_the_day_or_the_end_of_the_month(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@pytest.mark.slow
def test_a_line_is_registered_renewed_and_closed(keeper, house):
    line = step("rented", house, "register", keeper)
    assert (line.state, line.since, line.due_on) == ("kept", TODAY, date(2027, 11, 23))
    assert step("rented", house, "renew", keeper).due_on == date(2028, 11, 23), "early: on from the day it was due"
    assert step("rented", house, "close", keeper, words="房东自住").state == "closed"
    assert lines("rented", keeper) == []
    (closed,) = lines("rented", keeper, "closed")
    assert [(one, by) for one, _on, by, _words in closed.steps] == [
        ("register", "李青"), ("renew", "李青"), ("close", "李青"),
    ]  # fmt: skip
    assert step("rented", house, "register", keeper).since == TODAY


def test_renewed_late_it_runs_from_today(keeper, house):
    step("rented", house, "register", keeper)
    late = NOW + timedelta(days=400)
    assert step("rented", house, "renew", keeper, late).due_on == months_after(TODAY + timedelta(days=400), 12)


@pytest.mark.parametrize("deed", ["renew", "close", "nothing"])
def test_a_step_that_is_not_open_is_refused(keeper, house, deed):
    with pytest.raises(registry.ListingRefusedError):
        step("rented", house, deed, keeper)
    assert not ListingStep.objects.exists()


def test_a_house_is_no_dog(keeper, house, ground):
    lift = say("visits", "thing", "T1", name="电梯", type="电梯", area_code=ground.grids["xuefu1"].code)
    for entity in (house, lift):
        with pytest.raises(registry.ListingRefusedError):
            step("dogs", entity, "register", keeper)
    dog = say("visits", "thing", "T2", name="小黄", type="犬只", area_code=ground.grids["xuefu1"].code)
    assert step("dogs", dog, "register", keeper).state == "kept"


@pytest.mark.slow
def test_what_is_due_stands_first(keeper, ground):
    first, second = (make_house(ground.grids["xuefu1"], f"翠竹花园{n}栋1单元101室", f"F{n}") for n in (1, 2))
    step("rented", second, "register", keeper, NOW - timedelta(days=350))
    step("rented", first, "register", keeper, NOW - timedelta(days=400))
    assert [(one.brief.id, one.due) for one in lines("rented", keeper)] == [(first, "late"), (second, "soon")]
    assert [one.brief.id for one in lines("rented", keeper, "late")] == [first]
    assert registry.counts_of(register="rented", viewer=keeper, today=TODAY) == {"late": 1, "soon": 1}


def test_an_outsider_neither_sees_nor_steps(keeper, outsider, house):
    step("rented", house, "register", keeper)
    assert lines("rented", outsider) == []
    assert registry.counts_of(register="rented", viewer=outsider, today=TODAY + timedelta(days=400))["late"] == 0
    with pytest.raises(trust.Hidden):
        step("rented", house, "renew", outsider)
    with pytest.raises(trust.NotAllowed):
        step("rented", house, "renew", viewer(1, SEE))


def test_people_in_a_list_are_masked_and_in_the_ledger(keeper, ground, house):
    wu = make_wu(ground.grids["xuefu1"])
    relate("lives_in", wu, house)
    step("floating", wu, "register", keeper)
    (line,) = lines("floating", keeper)
    assert line.brief.title == "吴**"
    subjects = set(Entity.objects.get(pk=wu).subjects)
    assert [set(one.subjects) for one in ledger(purpose="registry.lists")] == [subjects, subjects]


def test_a_list_is_exported_by_the_export(keeper, outsider, ground, house):
    make_house(ground.grids["xuefu1"], "翠竹花园9栋1单元101室", "F9")
    step("rented", house, "register", keeper)
    wanted = registry.Wanted(kind="house", register="rented")
    for by, expected in ((keeper, 1), (outsider, 0)):
        _head, *rows = exported(wanted=wanted, by=by, purpose="verify", now=NOW)
        assert len(rows) == expected


@pytest.mark.slow
def test_the_number_of_queries_of_a_list_does_not_grow(keeper, ground, django_assert_num_queries):
    for number in (1, 2, 3):
        house = make_house(ground.grids["xuefu1"], f"翠竹花园{number}栋1单元101室", f"F{number}")
        step("rented", house, "register", keeper)
        with django_assert_num_queries(4):
            assert len(lines("rented", keeper)) == number


@pytest.mark.slow
def test_a_house_finds_its_standard_address(ground, house):
    assert registry.stand_houses(entity_ids=[house], now=NOW) == 1
    code = Entity.objects.get(pk=house).attributes["place_code"]
    node = regions.address_by_code(code)
    assert (node.text, node.kind) == ("翠竹花园3号楼2单元5层501室", "room")
    records = SourceRecord.objects.count()
    registry.stand_houses(entity_ids=[house], now=NOW + timedelta(days=1))
    assert SourceRecord.objects.count() == records, "said again it is only confirmed"
    assert Entity.objects.filter(kind="house").count() == 1


@pytest.mark.slow
def test_plates_are_issued_and_replaced_by_those_who_keep_them(keeper, outsider, ground, house):
    registry.stand_houses(entity_ids=[house], now=NOW)
    estate = registry.addresses_kept_by(keeper).get(parent=None)
    assert registry.issue_plates(address_id=estate.pk, by=keeper, now=NOW) == 4
    assert registry.issue_plates(address_id=estate.pk, by=keeper, now=NOW) == 0
    (_top, plate) = registry.plate_sheet(address_id=estate.pk, by=keeper)[0]
    again = registry.replace_plate(address_id=estate.pk, by=keeper, now=NOW)
    assert regions.plate_face(plate.code) is None
    assert regions.plate_face(again.code).text == estate.text
    assert {one.action for one in ledger(purpose="registry.plates")} == {"plate_issue", "plate_replace"}
    for deed in (registry.plate_sheet, lambda **more: registry.issue_plates(now=NOW, **more)):
        with pytest.raises(trust.Hidden):
            deed(address_id=estate.pk, by=outsider)
    with pytest.raises(trust.NotAllowed):
        registry.plate_sheet(address_id=estate.pk, by=viewer(1, SEE))
