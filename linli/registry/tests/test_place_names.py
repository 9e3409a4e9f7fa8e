"""Those who keep the addresses of an area keep their names, too; a search finds a place under any of them."""

from datetime import date

import pytest

from linli.regions import api as regions
from linli.registry import api as registry
from linli.registry.queries.sight import KEEP, SEE
from linli.registry.tests.factories import NOW, ledger, make_house, viewer
from linli.trust import api as trust

WHO = {"by": "tests", "now": NOW}
FORMER = regions.NameDraft("former", "东风路", None, date(2016, 5, 1), "县政发〔2016〕12号")
HEADER = ["现地名", "所在社区", "历史名称", "名称类型", "启用日期", "停用日期", "依据"]


@pytest.fixture
def keeper(ground):
    return viewer(ground.town.county.id, SEE, KEEP)


def road(community, name="人民路"):
    return regions.standardise(text=f"{name}12号", within=community, **WHO)[0]


def note(place, by, draft=FORMER, *, everywhere=False):
    return registry.note_place_name(place=place, draft=draft, everywhere=everywhere, by=by, now=NOW)


def taken(keeper, *lines):
    rows = registry.read_name_rows(HEADER, list(enumerate(lines, 2)))
    return registry.take_place_names(rows=rows, by=keeper, now=NOW)


def test_a_road_has_its_name_in_every_community_it_runs_through(ground, keeper):
    here, there = road(ground.town.community), road(ground.town.other_community)
    assert note(here, keeper, everywhere=True) == 2
    assert regions.names_below([here.pk, there.pk]) == {here.pk: ["东风路"], there.pk: ["东风路"]}
    assert [one.action for one in ledger(purpose="registry.place_names")] == ["place_name_add"]


def test_an_official_name_makes_the_one_of_today_a_former_one(ground, keeper):
    here = road(ground.town.community, "东风路")
    draft = regions.NameDraft("official", "人民路", date(2016, 5, 1), None, "县政发〔2016〕12号")
    note(here, keeper, draft)
    (before,) = regions.history_of(regions.Address.objects.get(pk=here.pk))
    assert (before.name, before.kind, before.valid_to) == ("东风路", "former", date(2016, 5, 1))
    assert regions.former_names() == {"东风路": "人民路"}
    with pytest.raises(regions.RegionRefusedError):
        note(registry.place_kept_by(keeper, division_id=ground.town.community.pk), keeper, draft)


def test_who_keeps_another_area_neither_sees_nor_changes_a_name(ground, keeper):
    here = road(ground.town.community)
    note(here, keeper)
    name = registry.place_names_kept_by(keeper).get()
    outsider = viewer(ground.town.other_community.id, SEE, KEEP, number=2)
    assert not registry.place_names_kept_by(outsider).exists()
    for deed in (
        lambda: registry.place_kept_by(outsider, address_id=here.pk),
        lambda: registry.place_kept_by(outsider, division_id=ground.town.community.pk),
        lambda: registry.finish_place_name(name_id=name.pk, day=date(2020, 1, 1), by=outsider, now=NOW),
        lambda: registry.revoke_place_name(name_id=name.pk, reason="x", by=outsider, now=NOW),
    ):
        with pytest.raises(trust.Hidden):
            deed()
    with pytest.raises(trust.NotAllowed):
        note(here, viewer(ground.town.county.id, SEE, number=3))


def test_good_rows_of_a_table_go_in_and_bad_ones_come_back_with_a_reason(ground, keeper):
    here = road(ground.town.community)
    community = ground.town.community.name
    done = taken(
        keeper,
        ["人民路", community, "东风路", "曾用名", "1966年", "2016-05-01", "地名志"],
        ["人民路", "", "大桥路", "", "", "", ""],
        [community, "", "向阳大队", "俗称", "", "", ""],
        ["没有这条路", "", "老路", "曾用名", "", "", ""],
        ["人民路", "", "大桥路", "曾用名", "", "", ""],
        ["人民路", "", "新名", "绰号", "", "", ""],
        ["人民路", "", "新名", "", "去年", "", ""],
        ["", "", "新名", "", "", "", ""],
        ["人民路", "外县社区", "新名", "", "", "", ""],
    )
    assert done.made == 3
    assert [one.line for one in done.wrong] == [5, 6, 7, 8, 9, 10]
    assert all(one.problem and one.cells for one in done.wrong)
    history = regions.history_of(here)
    assert {one.name for one in history} == {"东风路", "大桥路"}
    assert next(one for one in history if one.name == "东风路").valid_from == date(1966, 1, 1)


def test_a_table_without_its_columns_is_refused(keeper):
    with pytest.raises(registry.NameTableRefusedError, match="现地名"):
        registry.read_name_rows(["姓名", "电话"], [])


@pytest.mark.slow
def test_a_house_is_found_by_the_old_name_of_its_road_and_by_the_new_one(ground, keeper):
    old = make_house(ground.grids["xuefu1"], "东风路12号2单元501室", "F1")
    new = make_house(ground.grids["xuefu1"], "人民路14号1单元101室", "F2")
    asked = {"by": keeper, "now": NOW}

    def found(words):
        page = registry.look_through(wanted=registry.Wanted(kind="house", words=words), **asked)
        return {one.id for one in page.items}

    assert (found("东风路"), found("人民路")) == ({old}, {new})
    note(road(ground.town.community), keeper)
    assert found("东风路") == found("人民路") == {old, new}
    assert found("东风路14号") == {new}
