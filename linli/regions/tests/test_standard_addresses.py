"""Standard addresses: one node for one place however it is written, names of other times, door plates."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from linli.regions import api as regions
from linli.regions.models import Address, PlaceName
from linli.regions.rules.address_model import Segment
from linli.regions.rules.standard_address import key_of, path_of
from linli.regions.tests import factories

pytestmark = pytest.mark.django_db
BY = "t"


NOW = factories.NOW


@pytest.fixture
def community():
    return factories.make_county()["elm"]


def path(text, community):
    return regions.standardise(text=text, within=community, by=BY, now=NOW)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("building", "三号楼", "3栋"), ("building", "3#", "03幢"), ("unit", "二单元", "2"), ("room", "301室", "３０１"),
        ("estate", "锦绣小区", "锦绣"), ("village", "石板村委会", "石板村"), ("group", "第十二组", "12组"),
        ("number", "12号", "十二号"),
    ],
)  # fmt: skip
def test_ways_to_write_one_name_have_one_key(kind, one, other):
    assert key_of(kind, one) == key_of(kind, other)


def test_what_differs_keeps_its_own_key():
    assert key_of("number", "12弄") != key_of("number", "12号")
    assert key_of("building", "a3栋") != key_of("building", "3栋")
    assert key_of("road", "解放一路") != key_of("road", "解放二路")


def test_the_floor_is_read_from_the_room():
    steps, _also = path_of([Segment("锦绣花园", "poi"), Segment("8号楼", "houseno"), Segment("1602", "roomno")])
    assert [(step.kind, step.name) for step in steps] == [
        ("estate", "锦绣花园"), ("building", "8号楼"), ("floor", "16层"), ("room", "1602室"),
    ]  # fmt: skip


def test_one_place_is_one_path_however_it_is_written(community):
    first = path("锦绣花园8号楼2单元301室", community)
    again = path("锦绣花园八栋二单元3楼301电联", community)
    assert [node.pk for node in first] == [node.pk for node in again]
    assert [node.kind for node in first] == ["estate", "building", "unit", "floor", "room"]
    assert first[-1].text == "锦绣花园8号楼2单元3层301室"
    assert first[-1].code == f"DZ{first[-1].pk:010d}"


def test_an_estate_is_also_found_by_its_road_and_number(community):
    named = path("学府路338弄锦绣花园1号楼202室", community)
    bare = path("学府路338弄1号楼202室", community)
    assert bare[-1].pk == named[-1].pk
    assert Address.objects.filter(kind="road").count() == 0


def test_a_place_is_found_by_a_former_name(community):
    before = path("红旗小区3号楼101室", community)
    regions.rename_address(address=before[0], name="锦绣花园", day=date(2026, 1, 1), by=BY)
    regions.name_address(address=before[0], name="老纺织厂宿舍", kind="colloquial", by=BY)
    for text in ("锦绣花园3号楼101室", "红旗小区3号楼101室", "老纺织厂宿舍3号楼101室"):
        assert path(text, community)[-1].pk == before[-1].pk, text
    assert Address.objects.get(pk=before[-1].pk).text == "锦绣花园3号楼1层101室"
    assert PlaceName.objects.get(kind="former").valid_to == date(2026, 1, 1)


def test_a_name_that_another_place_bears_is_refused(community):
    one, other = path("锦绣花园", community), path("红旗小区", community)
    with pytest.raises(ValueError, match="bears this name"):
        regions.rename_address(address=other[0], name=one[0].name, day=date(2026, 1, 1), by=BY)


def test_a_text_without_a_place_has_no_path(community):
    assert path("电联", community) == ()


@pytest.mark.django_db(transaction=True)
def test_two_who_make_one_address_at_once_get_the_same_nodes(community):
    def make(_turn):
        try:
            return [node.pk for node in path("同心家园5号楼1单元602室", community)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(make, range(8)))
    assert len({tuple(keys) for keys in made}) == 1
    assert Address.objects.count() == len(made[0])


def test_a_plate_says_where_it_hangs_until_it_is_revoked(community):
    room = path("锦绣花园8号楼2单元301室", community)[-1]
    (plate,) = regions.issue_plates(addresses=[room, room], by=BY, now=NOW)
    assert regions.issue_plates(addresses=[room], by=BY, now=NOW) == []
    face = regions.plate_face(plate.code)
    assert (face.text, face.division_id) == (room.text, community.pk)
    another = regions.reissue_plate(address=room, by=BY, now=NOW)
    assert another.code != plate.code
    assert regions.plate_face(plate.code) is None
    assert regions.revoke_plate(code=another.code, by=BY, now=NOW)
    assert not regions.revoke_plate(code=another.code, by=BY, now=NOW)
    assert regions.plate_face(another.code) is None


@pytest.mark.slow
def test_a_sheet_of_plates_takes_a_query_for_each_level(community, django_assert_num_queries):
    estate = path("锦绣花园8号楼2单元301室", community)[0]
    regions.issue_plates(addresses=regions.addresses_below(estate), by=BY, now=NOW)
    with django_assert_num_queries(6):
        one = regions.plates_below(estate)
    for room in ("302", "303"):
        path(f"锦绣花园8号楼2单元{room}室", community)
    with django_assert_num_queries(6):
        assert len(regions.plates_below(estate)) == len(one)
    assert len(one) == 5
