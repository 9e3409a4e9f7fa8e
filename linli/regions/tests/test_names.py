"""Finding the place that a text names."""

from timeit import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.regions import api as regions
from linli.regions.rules import names
from linli.regions.rules.gazetteer import Entry, Gazetteer
from linli.regions.tests import factories as f

WHO = {"by": f.BY, "now": f.NOW}


def division(key, level, *above):
    return Entry(key, level, int(key[1:]), (*above, key))


COUNTY = division("d1", "county")
SOUTH, NORTH = division("d2", "street", "d1"), division("d3", "street", "d1")
YARD = division("d4", "community", "d1", "d2")  # 南苑社区 in 南苑街道
SCHOOL = division("d5", "community", "d1", "d2")
PEACE_S, PEACE_N = division("d6", "community", "d1", "d2"), division("d7", "community", "d1", "d3")
GRID = Entry("g1", "grid", 5, ("d1", "d2", "d5", "g1"), grid_id=1)
GRID_N = Entry("g2", "grid", 7, ("d1", "d3", "d7", "g2"), grid_id=2)
ESTATE = Entry("p1", "place", 5, ("d1", "d2", "d5", "p1"), lng=112.1, lat=28.0)


def index():
    found = [("青禾县", True, COUNTY), ("金桂花园", True, ESTATE)]
    for entry, name in ((SOUTH, "南苑街道"), (NORTH, "北溪镇")):
        found += [(form, certain, entry) for form, certain in names.street_forms(name)]
    for entry, name in ((YARD, "南苑社区"), (SCHOOL, "学府社区"), (PEACE_S, "和平村"), (PEACE_N, "和平村")):
        found += [(form, certain, entry) for form, certain in names.community_forms(name)]
    for entry, name in ((GRID, "学府社区第三网格"), (GRID_N, "和平村第三网格")):
        found += [(form, certain, entry) for form, certain in names.grid_forms(name)]
    return Gazetteer(found)


GAZETTEER = index()


@pytest.mark.parametrize(
    ("text", "level", "division_id", "named"),
    [
        ("南苑街道的路灯坏了", "street", 2, "南苑街道"),
        ("家住南苑街道学府社区,楼道堆物", "community", 5, "学府社区"),
        ("学府社区居委会旁边", "community", 5, "学府社区居委会"),
        ("学府居委会旁边", "community", 5, "学府居委会"),
        ("学府附近没有路灯", "community", 5, "学府"),
        ("我住在学府", "community", 5, "学府"),
        ("学府社区第3网格积水", "grid", 5, "学府社区第3网格"),
        ("学府社区的三号网格积水", "grid", 5, "三号网格"),
        ("学府社区第３网格积水", "grid", 5, "学府社区第３网格"),
        ("金桂花园二栋漏水", "place", 5, "金桂花园"),
        ("学府社区金桂花园二栋漏水", "place", 5, "金桂花园"),
        ("北溪镇和平村修路", "community", 7, "和平村"),
        ("和平村修路,请南苑街道来看", "community", 6, "和平村"),
        ("北溪和平村修路", "community", 7, "和平村"),
        ("和平村第三网格", "grid", 7, "和平村第三网格"),
        ("南苑这边停电", "street", 2, "南苑"),
        ("南苑社区与学府社区之间的路", "street", 2, "南苑社区"),
        ("青禾县南苑街道", "street", 2, "南苑街道"),
    ],
)
def test_a_text_names_its_place(text, level, division_id, named):
    found = GAZETTEER.find(text)
    assert (found.level, found.division_id, found.text) == (level, division_id, named)
    assert text[slice(*found.span)] == named


@pytest.mark.parametrize(
    "text",
    [
        "",
        "路",
        "路灯坏了",
        "希望世界和平",
        "和平村修路",
        "第三网格积水",
        "青禾县的事",
        "学府社区到和平村的班车",
        "研究学府的历史",
        "我们在和平附近",
        "学府路的路灯",
    ],
)
def test_a_text_without_one_clear_place_has_none(text):
    assert GAZETTEER.find(text) is None


def test_an_estate_brings_its_position_and_a_grid_its_id():
    assert (GAZETTEER.find("金桂花园").lng, GAZETTEER.find("金桂花园").lat) == (112.1, 28.0)
    assert GAZETTEER.find("学府社区第三网格").grid_id == 1


def test_an_empty_index_finds_nothing():
    assert Gazetteer([]).find("南苑街道学府社区") is None


@given(st.text(), st.text())
def test_any_text_around_a_certain_name_keeps_its_span(before, after):
    text = f"{before}学府社区{after}"
    found = GAZETTEER.find(text)
    assert found is None or text[slice(*found.span)] == found.text


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")]
)
def test_numerals_are_written_and_read(number, written):
    assert names.numeral(number) == written
    forms = {form for form, _ in names.grid_forms(f"某社区第{written}网格")}
    assert {f"某社区第{number}网格", f"{number}号网格", f"某社区{written}号网格"} <= forms


@pytest.mark.slow
@pytest.mark.django_db
def test_the_index_follows_the_data():
    county = f.make_county()
    f.make_grids(county)
    assert regions.place_from_text("榆树社区第二网格").level == "grid"
    assert regions.place_from_text("榆园小区门口") is None
    regions.name_place(name="榆园小区", kind="estate", division=county["elm"], lng=101.5, lat=30.5, **WHO)
    found = regions.place_from_text("榆园小区门口")
    assert (found.division_id, found.level) == (county["elm"].pk, "place")
    assert found.grid_id == regions.locate(101.5, 30.5).grid_id
    regions.rename_division(division=county["elm"], name="新榆社区", day=f.SINCE, **WHO)
    assert regions.place_from_text("新榆社区").division_id == county["elm"].pk
    before = regions.place_from_text("榆树社区")
    assert (before.division_id, before.today) == (county["elm"].pk, "新榆社区")


@pytest.mark.django_db
def test_streets_of_counties_without_communities_stay_out():
    f.make_county()
    f.make_division("990102", "邻县")
    f.make_division("990102001", "远山街道")
    assert regions.place_from_text("远山街道停水") is None
    assert regions.place_from_text("北溪镇停水").level == "street"


@pytest.mark.django_db
@pytest.mark.parametrize("position", [(None, 30.0), (181.0, 30.0), (float("nan"), 30.0)])
def test_a_name_at_no_possible_position_is_refused(position):
    county = f.make_county()
    with pytest.raises(regions.RegionRefusedError):
        regions.name_place(name="榆园", kind="estate", division=county["elm"], lng=position[0], lat=position[1], **WHO)


@pytest.mark.django_db
def test_a_forgotten_name_is_not_found():
    county = f.make_county()
    alias = regions.name_place(name="榆园小区", kind="estate", division=county["elm"], **WHO)
    regions.forget_place(alias=alias, **WHO)
    assert regions.place_from_text("榆园小区") is None


def test_a_long_text_is_searched_quickly():
    text = "晚上经过小区门口的路灯一直不亮,老人出行很不方便,希望尽快派人修理。" * 14 + "南苑街道学府社区第三网格"
    assert len(text) >= 480
    assert min(timeit(lambda: GAZETTEER.find(text), number=50) for _ in range(5)) / 50 < 200e-6
