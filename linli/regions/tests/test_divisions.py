"""The division tree: adding, renaming, reorganising, and what the tree answers."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from linli.regions import api as regions
from linli.regions.models import Division, FormerName, Grid, GridVersion, Succession
from linli.regions.tests import factories as f

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)
WHO = {"by": f.BY, "now": f.NOW}


@pytest.fixture
def county():
    return f.make_county()


def test_the_level_and_the_parent_follow_from_the_code(county):
    elm = regions.division(county["elm"].pk)
    assert (elm.code, elm.level, elm.parent_id) == ("990101001001", regions.Level.COMMUNITY, county["south"].pk)
    assert [above.name for above in regions.ancestors(elm.id)] == ["示例省", "示例市", "青禾县", "南苑街道"]
    assert elm.path == tuple(county[key].pk for key in ("province", "city", "county", "south", "elm"))
    assert f.told("DivisionAdded")[-1]["name"] == "白蜡村"


def test_descendants_and_children_follow_the_tree(county):
    assert regions.descendants(county["south"].pk) == {county[key].pk for key in ("south", "elm", "oak")}
    assert regions.descendants(county["province"].pk) == {division.pk for division in county.values()}
    assert [child.name for child in regions.children(county["south"].pk)] == ["榆树社区", "橡林社区"]
    assert [root.name for root in regions.children()] == ["示例省"]


def test_a_short_code_finds_its_division(county):
    assert regions.division_by_code("990101").id == county["county"].pk
    assert regions.division_by_code("990101001001").name == "榆树社区"
    assert regions.division_by_code("110101") is None


def test_an_unknown_id_is_an_error():
    with pytest.raises(regions.UnknownDivisionError):
        regions.division(10**9)


@pytest.mark.parametrize("code", ["", "12345", "99010a", "００", "9901010010011", "000000"])
def test_a_bad_code_is_refused(county, code):
    with pytest.raises(regions.RegionRefusedError, match="division code"):
        f.make_division(code, "某地")


@pytest.mark.parametrize("name", ["", "  ", "字" * 101, "有\x00空字符", "换\n行"])
def test_a_bad_name_is_refused(county, name):
    with pytest.raises(regions.RegionRefusedError):
        f.make_division("990102", name)


def test_a_rare_character_of_four_bytes_is_kept(county):
    made = f.make_division("990101001003", "𬒗𣲗社区𮧵")
    made.refresh_from_db()
    assert made.name == "𬒗𣲗社区𮧵"
    assert regions.division(made.pk).name == made.name


def test_a_code_in_use_or_without_anything_above_is_refused(county):
    with pytest.raises(regions.RegionRefusedError):
        f.make_division("990101001001", "另一个社区")
    with pytest.raises(regions.RegionRefusedError):
        f.make_division("110101", "无省之区")


def test_the_database_keeps_codes_unique_and_well_formed(county):
    for code in ("990101001001", "12"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Division.objects.create(code=code, name="重复", level=5, valid_from=DAY)


def test_a_renamed_division_keeps_its_id_and_its_old_name_on_record(county):
    regions.rename_division(division=county["elm"], name="榆苑社区", day=DAY, **WHO)
    assert regions.division(county["elm"].pk).name == "榆苑社区"
    former = FormerName.objects.get(division=county["elm"])
    assert (former.name, former.until) == ("榆树社区", DAY)
    assert f.told("DivisionRenamed")[0]["old_name"] == "榆树社区"


def test_renaming_to_the_same_name_leaves_no_trace(county):
    regions.rename_division(division=county["elm"], name=" 榆树社区 ", day=DAY, **WHO)
    assert not FormerName.objects.exists()


def test_a_moved_community_gets_a_successor_that_takes_its_grids(county):
    grids = f.make_grids(county)
    regions.name_place(name="榆园小区", kind="estate", division=county["elm"], **WHO)
    new = regions.move_division(division=county["elm"], parent=county["north"], code="990101100202", day=DAY, **WHO)
    old = regions.division(county["elm"].pk)
    assert (old.valid_to, regions.division(new.pk).parent_id) == (DAY, county["north"].pk)
    assert regions.division_by_code("990101001001") is None
    moved = Grid.objects.get(pk=grids[0].pk)
    assert (moved.community_id, moved.code) == (new.pk, "990101100202001")
    assert regions.locate(100.5, 30.5).street_id == county["north"].pk
    assert regions.place_from_text("榆园小区三栋").division_id == new.pk
    assert f.told("DivisionClosed")[0]["successor_ids"] == [new.pk]
    assert GridVersion.objects.filter(grid=moved, kind=GridVersion.Kind.REHOMED).count() == 1


def test_rights_over_a_successor_reach_what_it_took_over(county):
    new = regions.move_division(division=county["elm"], parent=county["north"], code="990101100202", day=DAY, **WHO)
    assert {new.pk, county["elm"].pk} <= regions.descendants(county["north"].pk)
    assert county["elm"].pk in regions.descendants(county["south"].pk)
    assert new.pk not in regions.descendants(county["south"].pk)


@pytest.mark.slow
def test_a_moved_street_takes_its_communities_along(county):
    f.make_division("990102", "邻县")
    f.make_grids(county)
    new = regions.move_division(
        division=county["south"], parent=Division.objects.get(code="990102000000"), code="990102005", day=DAY, **WHO
    )
    assert [child.code for child in regions.children(new.pk)] == ["990102005001", "990102005002"]
    assert Grid.objects.filter(code__startswith="990102005001").count() == 2
    assert regions.locate(100.5, 30.5).county_name == "邻县"


@pytest.mark.slow
def test_merged_communities_have_one_successor_with_all_grids(county):
    f.make_grids(county)
    new = regions.merge_divisions(
        divisions=[county["oak"], county["elm"]], code="990101001001", name="榆橡社区", day=DAY, **WHO
    )
    assert sorted(Grid.objects.filter(community=new).values_list("code", flat=True)) == [
        "990101001001001",
        "990101001001002",
        "990101001001003",
    ]
    assert set(Succession.objects.values_list("predecessor_id", flat=True)) == {county["oak"].pk, county["elm"].pk}
    assert regions.descendants(new.pk) == {new.pk, county["oak"].pk, county["elm"].pk}


def test_only_neighbours_under_one_parent_are_merged(county):
    for chosen in ([county["elm"]], [county["elm"], county["elm"]], [county["elm"], county["ash"]]):
        with pytest.raises(regions.RegionRefusedError):
            regions.merge_divisions(divisions=chosen, code="990101001009", name="新社区", day=DAY, **WHO)


@pytest.mark.slow
def test_a_split_community_gives_every_grid_to_one_part(county):
    one, two, *_ = f.make_grids(county)
    parts = [
        regions.Part("990101001001", "榆东社区", frozenset({one.pk})),
        regions.Part("990101001003", "榆西社区", frozenset({two.pk})),
    ]
    east, west = regions.split_division(division=county["elm"], parts=parts, day=DAY, **WHO)
    assert Grid.objects.get(pk=one.pk).community_id == east.pk
    assert Grid.objects.get(pk=two.pk).code == "990101001003002"
    assert regions.descendants(west.pk) == {west.pk, county["elm"].pk}


def test_a_split_that_forgets_a_grid_changes_nothing(county):
    one, *_ = f.make_grids(county)
    parts = [regions.Part("990101001003", "榆东社区", frozenset({one.pk})), regions.Part("990101001004", "榆西社区")]
    with pytest.raises(regions.RegionRefusedError):
        regions.split_division(division=county["elm"], parts=parts, day=DAY, **WHO)
    assert regions.division(county["elm"].pk).is_current


def test_a_division_with_something_below_is_not_abolished(county):
    with pytest.raises(regions.RegionRefusedError):
        regions.abolish_division(division=county["south"], day=DAY, reason="撤销", **WHO)
    regions.abolish_division(division=county["ash"], day=DAY, reason="撤销", **WHO)
    assert not regions.division(county["ash"].pk).is_current


def test_a_closed_division_is_not_touched_again(county):
    regions.abolish_division(division=county["ash"], day=DAY, reason="撤销", **WHO)
    with pytest.raises(regions.RegionRefusedError, match="2026-07-01"):
        regions.rename_division(division=county["ash"], name="新名村", day=DAY, **WHO)


def test_nothing_is_closed_before_it_began(county):
    with pytest.raises(regions.RegionRefusedError):
        regions.abolish_division(division=county["ash"], day=date(2019, 1, 1), reason="撤销", **WHO)


def test_divisions_become_a_map(county):
    regions.draw_division(division=county["elm"], boundary=f.square(100, 30), **WHO)
    features = regions.divisions_geojson(county["south"].pk)["features"]
    assert [(feature["id"], feature["properties"]["name"]) for feature in features] == [(county["elm"].pk, "榆树社区")]
