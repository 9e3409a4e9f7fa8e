"""Lists, search, cards, pictures and exports: what a viewer sees, and what the ledger writes down."""

from datetime import date, timedelta

import pytest

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.registry import api as registry
from linli.registry.models import Entity
from linli.registry.queries.sight import covers, in_area
from linli.registry.tests.factories import (
    NOW,
    TODAY,
    WU_ID,
    WU_PHONE,
    exported,
    ledger,
    make_house,
    make_wu,
    relate,
    say,
    viewer,
)
from linli.trust import api as trust
from tests.snapshot import kept

SEE = "registry.see"


@pytest.fixture
def wu(ground):
    return wu_at_home(ground)


@kept
def wu_at_home(ground):
    """Return an old resident at home in the first grid."""
    house = make_house(ground.grids["xuefu1"])
    person = make_wu(ground.grids["xuefu1"], low_income="是", lives_alone="是")
    relate("lives_in", person, house)
    return person


def worker(ground, *more, **where):
    return viewer(where.pop("division", ground.town.community).id, SEE, *more, **where)


def listed(actor, words="", **more):
    page = registry.look_through(wanted=registry.Wanted(words=words, **more), by=actor, now=NOW)
    return [brief.title for brief in page.items]


@pytest.mark.slow
def test_a_list_shows_masked_names_and_the_ledger_knows_whose(ground, wu):
    assert listed(worker(ground)) == ["吴**"]
    (entry,) = ledger()
    assert (entry.action, entry.purpose, entry.object_kind) == ("list", "registry.find", "person_list")
    assert set(entry.subjects) == set(Entity.objects.get(pk=wu).subjects)
    assert accounts.phone_token(WU_PHONE) in entry.subjects


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", ["桂芳", "吴", "吴桂芳", WU_ID, WU_ID.lower(), WU_PHONE, "翠竹花园3栋", "3栋2单元501", "501"]
)
def test_people_are_found_by_fragments_ids_and_addresses(ground, wu, words):
    assert listed(worker(ground), words) == ["吴**"]


@pytest.mark.parametrize("words", ["桂花", "13栋", "13800001112", "34052419800101001X", "！？"])
def test_what_is_not_there_is_not_found(ground, wu, words):
    assert listed(worker(ground), words) == []


def test_houses_are_found_and_need_no_entry(ground, wu):
    assert listed(worker(ground), "翠竹", kind="house") == ["翠竹花园3栋2单元501室"]
    assert not ledger()


@pytest.mark.parametrize("words", ["", "吴", "吴桂芳", WU_ID, "501"])
def test_another_community_finds_nobody(ground, wu, words):
    stranger = worker(ground, division=ground.town.other_community)
    assert listed(stranger, words) == []
    assert registry.count_of(viewer=stranger, wanted=registry.Wanted(words=words)) == 0
    with pytest.raises(trust.Hidden):
        registry.open_card(entity_id=wu, by=stranger, purpose="visit", now=NOW)
    with pytest.raises(trust.Hidden):
        registry.around(entity_id=wu, by=stranger, purpose="visit", now=NOW)
    with pytest.raises(trust.NotAllowed):
        registry.look_through(wanted=registry.Wanted(), by=viewer(ground.town.community.id), now=NOW)


def test_a_grid_worker_sees_the_own_grid(ground, wu):
    own, next_door = (worker(ground, grid_id=ground.grids[name].id) for name in ("xuefu1", "xuefu2"))
    assert listed(own, "吴") == ["吴**"]
    assert listed(next_door, "吴") == listed(next_door) == []


def lines(card):
    return {line.code: (line.text, line.way) for line in card.lines}


def test_a_card_is_masked_for_who_asks(ground, wu):
    seen = registry.open_card(entity_id=wu, by=worker(ground), purpose="visit", now=NOW)
    assert lines(seen)["name"] == ("吴**", "masked")
    assert lines(seen)["phone"] == ("138****1111", "masked")
    assert lines(seen)["sex"] == ("女性", "plain")
    assert "low_income" not in lines(seen)
    assert seen.hidden == 1
    whole = registry.open_card(entity_id=wu, by=worker(ground, "registry.reveal"), purpose="visit", now=NOW)
    assert lines(whole)["citizen_id"] == (WU_ID, "plain")
    assert (whole.title, whole.hidden) == ("吴桂芳", 1)
    all_of_it = registry.open_card(
        entity_id=wu, by=worker(ground, "registry.reveal", "registry.sensitive"), purpose="serve", now=NOW
    )
    assert all_of_it.hidden == 0


def test_each_line_says_where_it_comes_from_and_how_fresh_it_is(ground, wu):
    later = NOW + timedelta(days=200)
    card = registry.open_card(entity_id=wu, by=worker(ground), purpose="verify", now=later)
    by_code = {line.code: line for line in card.lines}
    assert (by_code["name"].source, by_code["name"].is_owner, by_code["name"].freshness) == (
        "公安人口信息系统",
        True,
        "fresh",
    )
    assert (by_code["phone"].source, by_code["phone"].freshness) == ("社区入户走访", "ageing")


def test_every_card_is_in_the_ledger_with_its_purpose(ground, wu):
    registry.open_card(entity_id=wu, by=worker(ground), purpose="visit", now=NOW)
    (entry,) = ledger()
    assert (entry.action, entry.purpose, entry.object_id, entry.case_ref) == (
        "card",
        "registry.visit",
        str(wu),
        "",
    )
    assert {"person.name.masked", "person.sex"} <= set(entry.elements)
    with pytest.raises(registry.PurposeMissingError):
        registry.open_card(entity_id=wu, by=worker(ground), purpose="curiosity", now=NOW)
    assert len(ledger()) == 1


def test_a_post_elsewhere_opens_nothing_here(ground, wu):
    """Who reveals in one community and only sees in another reads masked there."""
    here, there = worker(ground), worker(ground, "registry.reveal", division=ground.town.other_community)
    both = accounts.Actor(here.person_id, "李青", "staff", holdings=(*here.holdings, *there.holdings))
    card = registry.open_card(entity_id=wu, by=both, purpose="visit", now=NOW)
    assert lines(card)["name"] == ("吴**", "masked")


@pytest.mark.slow
def test_who_lives_apart_from_the_registered_address_is_two_relations(ground, wu):
    paper = make_house(ground.grids["lanting1"], "兰亭路8号", "F2")
    relate("registered_at", wu, paper)
    neighbour = worker(ground, division=ground.town.other_community)
    assert listed(worker(ground)) == listed(neighbour) == listed(neighbour, "吴桂") == ["吴**"]
    assert listed(neighbour, elsewhere=True) == ["吴**"]
    card = registry.open_card(entity_id=wu, by=neighbour, purpose="verify", now=NOW)
    assert {bond.bond for bond in card.bonds} == {"lives_in", "registered_at"}
    assert [bond.other is None for bond in card.bonds] == [True, False]
    assert card.brief.lives_elsewhere


@pytest.mark.slow
def test_who_is_registered_in_a_county_that_is_not_known_here_lives_apart_too(ground):
    say("police", "person", "P1", name="王一", citizen_id=WU_ID, registered_area_code="990102001001")
    say("visits", "person", "V1", name="王一", citizen_id=WU_ID, area_code=ground.grids["xuefu1"].code)
    assert listed(worker(ground), elsewhere=True) == ["王**"]
    assert listed(viewer(ground.town.county.id, SEE), elsewhere=True) == ["王**"]


@pytest.mark.slow
def test_who_moves_is_found_in_the_new_home_and_the_old_day_still_tells_the_old_one(ground, wu):
    (old,) = (bond for bond in card_of(ground, wu).bonds if bond.bond == "lives_in")
    moved = NOW + timedelta(days=10)
    registry.end_relation(relation_id=old.id, on=date(2026, 12, 1), by=accounts.SYSTEM, now=moved)
    relate("lives_in", wu, make_house(ground.grids["lanting1"], "兰亭路8号", "F2"), date(2026, 12, 1), at=moved)
    assert listed(worker(ground)) == []
    here = viewer(ground.town.county.id, SEE)
    assert listed(here, "兰亭路8号") == ["吴**"]
    day = date(2026, 11, 25)

    def homes(**as_of):
        card = registry.open_card(entity_id=wu, by=here, purpose="verify", now=moved, as_of=registry.AsOf(**as_of))
        return [bond.other.title for bond in card.bonds if bond.bond == "lives_in"]

    assert homes(on=day) == ["翠竹花园3栋2单元501室"]
    assert homes(on=date(2026, 12, 5)) == ["兰亭路8号"]
    assert homes(on=date(2026, 12, 5), known_at=NOW) == ["翠竹花园3栋2单元501室"]
    assert homes(on=date(2019, 1, 1)) == []


def card_of(ground, person):
    return registry.open_card(entity_id=person, by=worker(ground), purpose="verify", now=NOW)


@pytest.mark.slow
def test_a_move_of_tomorrow_is_settled_tomorrow(ground, wu):
    house = make_house(ground.grids["lanting1"], "兰亭路8号", "F2")
    relate("lives_in", wu, house, TODAY + timedelta(days=1))
    county = viewer(ground.town.county.id, SEE)
    assert listed(county, "兰亭路8号") == []
    say("civil", "person", "M1", citizen_id=WU_ID, phone="13900002222", valid_from=TODAY + timedelta(days=1))
    assert registry.settle_day(on=TODAY + timedelta(days=1), now=NOW + timedelta(days=1)) == 1
    assert listed(county, "兰亭路8号") == ["吴**"]


@pytest.mark.slow
def test_a_picture_goes_as_many_steps_as_asked_and_stops_at_who_may_not_be_seen(ground, wu):
    house = Entity.objects.get(kind="house").id
    son = say("police", "person", "P2", name="赵建国", area_code=ground.grids["xuefu2"].code)
    cousin = say("police", "person", "P3", name="钱多多", area_code=ground.grids["lanting1"].code)
    hidden = say("police", "person", "P4", name="孙远", area_code=ground.grids["xuefu1"].code)
    relate("owns", son, house)
    relate("guards", son, cousin)
    relate("guards", cousin, hidden)
    officer = worker(ground)

    def names(steps):
        graph = registry.around(entity_id=wu, by=officer, purpose="verify", steps=steps, now=NOW)
        return {node.brief.title if node.brief else None for node in graph.nodes}

    assert names(1) == {"吴**", "翠竹花园3栋2单元501室"}
    assert names(2) == {"吴**", "翠竹花园3栋2单元501室", "赵**"}
    assert names(4) == {"吴**", "翠竹花园3栋2单元501室", "赵**", None}
    assert len(ledger()[-1].subjects) == 2


def test_a_list_leaves_as_a_table_behind_masks(ground, wu):
    officer = worker(ground, "registry.export")
    heading, row = exported(wanted=registry.Wanted(), by=officer, purpose="verify", now=NOW)
    cells = dict(zip(heading, row, strict=True))
    assert cells["姓名"] == "吴**"
    assert cells["公民身份号码"].endswith("2X")
    assert WU_ID not in row
    assert "最低生活保障对象" not in heading
    whole = worker(ground, "registry.export", "registry.reveal")
    heading, row = exported(wanted=registry.Wanted(), by=whole, purpose="verify", now=NOW)
    assert dict(zip(heading, row, strict=True))["公民身份号码"] == WU_ID
    assert len(ledger(action="export")) == 2
    with pytest.raises(trust.NotAllowed):
        exported(wanted=registry.Wanted(), by=worker(ground), purpose="verify", now=NOW)


@pytest.mark.slow
def test_pages_go_on_where_they_stopped(ground):
    for number in range(35):
        say("police", "person", f"P{number}", name=f"王{number}", area_code=ground.grids["xuefu1"].code)
    officer = worker(ground)
    first = registry.look_through(wanted=registry.Wanted(), by=officer, now=NOW)
    second = registry.look_through(wanted=registry.Wanted(), by=officer, now=NOW, cursor=first.next_cursor)
    assert (len(first.items), len(second.items)) == (30, 5)
    assert not {one.id for one in first.items} & {one.id for one in second.items}


@pytest.mark.slow
def test_the_number_of_queries_does_not_grow(ground, wu, django_assert_num_queries):
    officer = worker(ground)
    listed(officer, "吴")
    card_of(ground, wu)  # what is read once in a process is read now
    for _ in range(2):
        with django_assert_num_queries(6):  # savepoint, whether many have the word, who, the page, the ledger, release
            listed(officer, "吴")
        with django_assert_num_queries(8):  # one asks what is proposed
            card_of(ground, wu)
        relate("guards", wu, say("police", "person", f"K{_}", name="吴小小", area_code=ground.grids["xuefu1"].code))


@pytest.mark.slow
def test_what_is_covered_is_what_is_filtered(ground, wu):
    make_house(ground.grids["lanting1"], "兰亭路8号", "F2")
    relate("registered_at", wu, Entity.objects.get(label="兰亭路8号").id)
    town = ground.town
    wheres = [
        *(
            (one.id, None)
            for one in (town.community, town.other_community, town.street, town.other_street, town.county)
        ),
        *((town.community.id, grid.id) for grid in ground.grids.values()),
        (regions.division_by_code("9901").id, None),
    ]
    for division_id, grid_id in wheres:
        (held,) = viewer(division_id, SEE, grid_id=grid_id).holdings
        for entity in Entity.objects.all():
            assert covers(held, entity) == Entity.objects.filter(in_area(held), pk=entity.pk).exists()
