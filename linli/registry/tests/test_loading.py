"""Large loads: golden records are written once at the end, and go on where they stopped; what is told of it."""

import pytest
from django.db import connection

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.registry.actions import project
from linli.registry.models import Entity, Identifier
from linli.registry.tests.factories import NOW, WU_ID, make_house, make_wu, relate, say, viewer

pytestmark = pytest.mark.slow


def load(source, key, **values):
    said = [registry.Statement(key, values, NOW)]
    return registry.take_in(
        source=source, kind="person", statements=said, run="load", by=accounts.SYSTEM, now=NOW, later=True
    )


def test_sources_of_one_load_find_each_other_before_anything_is_projected(ground):
    grid = ground.grids["xuefu1"]
    one = load("police", "P1", name="吴桂芳", citizen_id=WU_ID, area_code=grid.code)
    two = load("visits", "V1", name="吴桂花", citizen_id=WU_ID, phone="13800001111")
    assert (one.new, two.new, one.ids["P1"]) == (1, 0, two.ids["V1"])
    entity = Entity.objects.get()
    assert (entity.label, entity.is_due, entity.attributes) == ("—", True, {})
    assert registry.project_due(now=NOW) == 1
    entity.refresh_from_db()
    assert (entity.label, entity.is_due, entity.grid_id) == ("吴桂芳", False, grid.id)
    assert set(Identifier.objects.values_list("element", flat=True)) == {"citizen_id", "phone"}
    assert registry.project_due(now=NOW) == 0


def test_a_load_that_is_interrupted_goes_on_where_it_stopped(ground, monkeypatch):
    monkeypatch.setattr(project, "BATCH", 2)
    for number in range(5):
        load("police", f"P{number}", name=f"王{number}", area_code=ground.grids["xuefu1"].code)
    real, calls = project.project_entities, []

    def fails_at_the_second(**asked):
        calls.append(1)
        if len(calls) == 2:
            raise ConnectionError
        real(**asked)

    monkeypatch.setattr(project, "project_entities", fails_at_the_second)
    with pytest.raises(ConnectionError):
        registry.project_due(now=NOW)
    assert Entity.objects.filter(is_due=True).count() == 3
    monkeypatch.setattr(project, "project_entities", real)
    assert registry.project_due(now=NOW) == 3


def test_a_known_person_of_a_load_keeps_what_others_said(ground):
    wu = make_wu(ground.grids["xuefu1"])
    load("civil", "M1", citizen_id=WU_ID, low_income="是")
    assert Entity.objects.get(pk=wu).label == "吴桂芳"
    registry.project_due(now=NOW)
    entity = Entity.objects.get(pk=wu)
    assert (entity.label, entity.attributes["low_income"]) == ("吴桂芳", "•••")


def test_who_lives_in_a_house_follows_when_its_area_is_corrected(ground):
    house, wu = make_house(ground.grids["xuefu1"]), make_wu(ground.grids["xuefu1"])
    relate("lives_in", wu, house)
    make_house(ground.grids["lanting1"], "翠竹花园5栋101室")
    entity = Entity.objects.get(pk=wu)
    assert (entity.grid_id, entity.community_id) == (ground.grids["lanting1"].id, ground.town.other_community.id)
    officer = viewer(ground.town.other_community.id, "registry.see")
    assert registry.look_through(wanted=registry.Wanted(words="5栋101"), by=officer, now=NOW).items


@pytest.mark.slow
def test_a_tower_does_not_flood_the_picture(ground):
    grid = ground.grids["xuefu1"]
    tower = say("police", "building", "B1", name="高塔", area_code=grid.code)
    flats = [make_house(grid, f"高塔{number}室", f"T{number}") for number in range(40)]
    for flat in flats:
        relate("part_of", flat, tower)
    officer = viewer(ground.town.community.id, "registry.see")
    graph = registry.around(entity_id=flats[0], by=officer, purpose="safety", steps=4, now=NOW)
    assert graph.is_cut
    assert len(graph.nodes) <= 120
    assert len(registry.laid_out(graph)) == len(graph.nodes)


def told():
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, payload FROM kernel_journalentry WHERE kind LIKE 'registry.%%' ORDER BY id")
        return cursor.fetchall()


def test_what_is_done_is_told_without_a_word_about_the_person(ground):
    wu, house = make_wu(ground.grids["xuefu1"]), make_house(ground.grids["xuefu1"])
    row = relate("lives_in", wu, house)
    registry.end_relation(relation_id=row.id, on=NOW.date(), by=accounts.SYSTEM, now=NOW)
    kinds = [kind.removeprefix("registry.") for kind, _payload in told()]
    assert kinds == ["RecordsTaken", "RecordsTaken", "RecordsTaken", "RelationsOpened", "RelationEnded"]
    assert "吴" not in str(told())
    with pytest.raises(registry.BondRefusedError):
        registry.end_relation(relation_id=row.id, on=NOW.date(), by=accounts.SYSTEM, now=NOW)
