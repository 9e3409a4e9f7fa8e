"""A county adds a data element as data: no migration, and it is stored, searched, masked, exported like others."""

from datetime import date

import pytest

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.registry.models import Element, Entity
from linli.registry.tests.factories import NOW, exported, ledger, make_wu, say, viewer
from linli.trust import api as trust
from tests.snapshot import kept

EMBROIDERY = registry.ElementInfo(
    "person", "embroidery_master", "苗绣传承人证号", owner="文旅", grade=3, mask="tail", search="exact", fresh_days=365
)
NICKNAME = registry.ElementInfo(
    "person", "village_name", "乡名", owner="社区", grade=2, search="fragment", fresh_days=365
)


@pytest.fixture
@kept
def wu(ground):
    for element in (EMBROIDERY, NICKNAME):
        registry.add_element(element=element, by=accounts.SYSTEM, now=NOW)
    return make_wu(ground.grids["xuefu1"], embroidery_master="MX-2019-00417", village_name="桂花婆婆")


@pytest.mark.slow
def test_it_is_stored_and_sealed_by_its_own_rules(ground, wu):
    entity = Entity.objects.get(pk=wu)
    assert entity.attributes["village_name"] == "桂花婆婆"
    assert entity.attributes["embroidery_master"] == "*********0417"
    assert "MX-2019-00417" in entity.sealed.reveal()


def test_it_is_found_masked_and_exported(ground, wu):
    officer = viewer(ground.town.community.id, "registry.see", "registry.export")

    def found(words):
        return registry.look_through(wanted=registry.Wanted(words=words), by=officer, now=NOW).items

    assert found("花婆")
    assert found("MX-2019-00417")
    assert not found("MX-2019-00418")
    card = registry.open_card(entity_id=wu, by=officer, purpose="visit", now=NOW)
    (line,) = (line for line in card.lines if line.code == "embroidery_master")
    assert (line.label, line.text, line.way) == ("苗绣传承人证号", "*********0417", "masked")
    heading, row = exported(wanted=registry.Wanted(), by=officer, purpose="verify", now=NOW)
    assert row[heading.index("苗绣传承人证号")] == "*********0417"
    assert row[heading.index("乡名")] == "桂花婆婆"


@pytest.mark.slow
def test_what_is_said_of_an_unknown_element_is_left_out_until_it_is_known(ground):
    wu = make_wu(ground.grids["xuefu1"], embroidery_master="MX-2019-00417")
    assert "embroidery_master" not in Entity.objects.get(pk=wu).attributes
    registry.add_element(element=EMBROIDERY, by=accounts.SYSTEM, now=NOW)
    make_wu(ground.grids["xuefu1"], embroidery_master="MX-2019-00417")
    assert "embroidery_master" in Entity.objects.get(pk=wu).attributes


def test_a_retired_element_is_shown_no_more(ground, wu):
    registry.retire_element(kind="person", code="village_name", by=accounts.SYSTEM, now=NOW)
    officer = viewer(ground.town.community.id, "registry.see")
    card = registry.open_card(entity_id=wu, by=officer, purpose="visit", now=NOW)
    assert "village_name" not in {line.code for line in card.lines}
    with pytest.raises(registry.ElementRefusedError):
        registry.retire_element(kind="person", code="village_name", by=accounts.SYSTEM, now=NOW)


def test_only_who_may_changes_the_dictionary_and_it_stands_in_the_ledger(ground):
    with pytest.raises(trust.NotAllowed):
        registry.add_element(element=EMBROIDERY, by=viewer(ground.town.county.id, "registry.see"), now=NOW)
    registry.add_element(element=EMBROIDERY, by=viewer(ground.town.county.id, "registry.elements"), now=NOW)
    assert [entry.object_id for entry in ledger(action="add")] == ["person.embroidery_master"]
    with pytest.raises(registry.ElementRefusedError):
        registry.add_element(element=EMBROIDERY, by=accounts.SYSTEM, now=NOW)
    coded = registry.ElementInfo("person", "colour", "颜色", type="code", table="colours")
    with pytest.raises(registry.ElementRefusedError):
        registry.add_element(element=coded, by=accounts.SYSTEM, now=NOW)


def test_loading_what_ships_twice_changes_nothing(ground):
    Element.objects.filter(kind="person", code="phone").update(grade=2)
    assert registry.load_shipped_elements(now=NOW) == 0
    assert Element.objects.get(kind="person", code="phone").grade == 2


def test_a_relation_joins_only_what_it_is_made_for(ground):
    one, two = (say("police", "person", f"P{n}", name="王一") for n in range(2))
    for bond, start, end in (("lives_in", one, two), ("unknown", one, two), ("guards", one, one)):
        with pytest.raises(registry.BondRefusedError):
            registry.relate(
                ties=[registry.Tie(bond, start, end, date(2026, 1, 1))], source="police", by=accounts.SYSTEM, now=NOW
            )
