"""A place has many names over time: each leads to the place of today, and a mistake can be withdrawn."""

from datetime import date

import pytest

from linli.regions import api as regions
from linli.regions.rules.place_names import alike, spelled, todays
from linli.regions.tests import factories as f

WHO = {"by": f.BY, "now": f.NOW}


@pytest.fixture
def county(db):
    return f.make_county()


def road(name, community):
    return regions.standardise(text=f"{name}12号", within=community, **WHO)[0]


def named(place, name, kind="former", **more):
    return regions.add_place_name(of=place, draft=regions.NameDraft(kind, name, **more), **WHO)


@pytest.mark.slow
def test_a_former_road_name_leads_to_the_road_of_today_however_it_is_asked(county):
    today = road("人民路", county["elm"])
    assert regions.place_from_text("原东风路路灯不亮") is None
    named(today, "东风路", valid_to=date(2016, 5, 1), source="县政发〔2016〕12号")
    found = regions.place_from_text("原东风路路灯不亮")
    assert (found.division_id, found.text, found.today) == (county["elm"].pk, "东风路", "人民路")
    for text in ("东风路12号", "原东风路12号", "人民路12号"):
        assert regions.standardise(text=text, within=county["elm"], **WHO)[0].pk == today.pk, text
    assert regions.former_names() == {"东风路": "人民路"}
    assert regions.other_spellings("东风路12号") == ["东风路12号", "人民路12号"]
    assert regions.other_spellings("人民路12号") == ["人民路12号", "东风路12号"]


def test_a_place_keeps_several_names_with_their_days_and_sources(county):
    today = road("人民路", county["elm"])
    named(today, "东风路", valid_from=date(1966, 1, 1), valid_to=date(1982, 1, 1), source="地名志")
    named(today, "大桥路", valid_from=date(1982, 1, 1), valid_to=date(2016, 5, 1))
    named(today, "老街上", kind="colloquial")
    assert [one.name for one in regions.history_of(today)] == ["老街上", "大桥路", "东风路"]
    assert regions.history_of(today)[2].source == "地名志"
    assert regions.names_below([today.pk]) == {today.pk: ["东风路", "大桥路", "老街上"]}


@pytest.mark.slow
def test_a_withdrawn_name_leads_nowhere_and_stays_on_record(county):
    today = road("人民路", county["elm"])
    name = named(today, "东风路")
    regions.withdraw_place_name(name=name, reason="与另一条路弄混", **WHO)
    assert regions.place_from_text("东风路路灯不亮") is None
    assert regions.former_names() == {}
    assert road("东风路", county["elm"]).pk != today.pk
    assert [one.withdrawn for one in regions.history_of(today)] == ["与另一条路弄混"]
    named(today, "东风路")
    with pytest.raises(regions.RegionRefusedError, match="withdrawn already"):
        regions.withdraw_place_name(name=name, reason="again", **WHO)


def test_an_ended_name_still_leads_to_its_place_and_ends_once(county):
    name = named(road("人民路", county["elm"]), "东风路", valid_from=date(1966, 1, 1))
    with pytest.raises(regions.RegionRefusedError, match="after it began"):
        regions.end_place_name(name=name, day=date(1960, 1, 1), **WHO)
    regions.end_place_name(name=name, day=date(1982, 1, 1), **WHO)
    assert regions.place_from_text("东风路路灯不亮").today == "人民路"
    with pytest.raises(regions.RegionRefusedError, match="ended already"):
        regions.end_place_name(name=name, day=date(1983, 1, 1), **WHO)


def test_what_says_nothing_new_is_refused(county):
    today = road("人民路", county["elm"])
    named(today, "东风路")
    for name, why in (("东风路", "already"), ("人民路", "name of today"), (" ", "1 to 100")):
        with pytest.raises(regions.RegionRefusedError, match=why):
            named(today, name)
    with pytest.raises(regions.RegionRefusedError, match="not known"):
        named(today, "和平路", kind="nickname")


@pytest.mark.slow
def test_a_name_of_old_that_a_place_bears_today_leads_there(county):
    named(road("人民路", county["elm"]), "东风路")
    assert regions.former_names() == {"东风路": "人民路"}
    other = road("东风路", county["ash"])
    assert regions.former_names() == {}
    assert regions.standardise(text="东风路12号", within=county["ash"], **WHO)[0].pk == other.pk


def test_a_renamed_and_a_merged_community_are_found_by_their_old_names(county):
    regions.rename_division(division=county["elm"], name="新榆社区", day=date(2021, 1, 1), **WHO)
    found = regions.place_from_text("榆树社区3栋漏水")
    assert (found.division_id, found.today) == (county["elm"].pk, "新榆社区")
    merged = regions.merge_divisions(
        divisions=[county["elm"], county["oak"]], code="990101001003", name="和风社区", day=date(2024, 1, 1), **WHO
    )
    for text in ("橡林社区3栋漏水", "新榆社区3栋漏水", "榆树社区3栋漏水"):
        found = regions.place_from_text(text)
        assert (found.division_id, found.today) == (merged.pk, "和风社区"), text
    assert {one.name for one in regions.history_of(merged)} == {"新榆社区", "橡林社区"}
    assert regions.former_names()["橡林社区"] == "和风社区"


def test_a_name_that_somebody_knows_of_a_community_leads_to_it(county):
    named(county["elm"], "向阳大队", source="老支书")
    assert regions.place_from_text("向阳大队门口").today == "榆树社区"
    assert [one.source for one in regions.history_of(county["elm"])] == ["老支书"]


def test_a_known_place_keeps_its_point_under_its_name_of_old(county):
    regions.name_place(name="榆园小区", kind="estate", division=county["elm"], lng=101.5, lat=30.5, **WHO)
    estate = regions.standardise(text="榆园小区3栋201室", within=county["elm"], **WHO)[0]
    named(estate, "纺织厂宿舍")
    found = regions.place_from_text("纺织厂宿舍3栋漏水")
    assert (found.lng, found.lat, found.today) == (101.5, 30.5, "榆园小区")


def test_only_names_that_lead_to_one_place_become_a_table():
    pairs = [("东风路", "人民路"), ("大桥路", "人民路"), ("建设路", "和平路"), ("建设路", "胜利路"), ("老街", "人民路")]
    assert todays(pairs, borne={"大桥路"}) == {"东风路": "人民路"}
    assert alike(pairs[:2])["人民路"] == ["东风路", "大桥路"]
    assert spelled("柳荷路3号", alike(pairs)) == ["柳荷路3号"]
