"""What was delivered is kept as data: every cell with its source, several tables in one CSV, names that stand twice."""

from datetime import UTC, date, datetime

from django.utils import translation

from linli.sheets.rules.copies import Copy, Table, as_lines, as_objects, confidence, packed, unpacked

SEEN = {"source": "公安人口信息系统", "time": datetime(2026, 11, 1, tzinfo=UTC), "confidence": 1.0}
PEOPLE = Table("名册", [["姓名"], ["联系", "电话"], ["联系", "电话"]], [["王某", "1", None], ["李某", None, "2"]],
               [0, 1], [[0, 0, -1], [0, -1, 0]], [SEEN])  # fmt: skip
HOUSES = Table("房屋", [["地址"], ["姓名"]], [["柏树湾1号", "王某"]], [0], [[-1, 0]], [SEEN])


def test_a_copy_comes_back_as_it_was_kept():
    kept = unpacked(packed(Copy([PEOPLE], ["token"], ["person.name"], [2])))
    assert (kept.subjects, kept.elements, kept.grades) == (["token"], ["person.name"], [2])
    (table,) = as_objects(kept)
    first = table["rows"][0]
    assert table["columns"] == ["姓名", "联系 / 电话", "联系 / 电话 (2)"]
    assert first["姓名"] == {"value": "王某", **SEEN, "time": "2026-11-01T00:00:00+00:00"}
    assert first["联系 / 电话 (2)"] == {"value": None, "source": None, "time": None, "confidence": None}


def test_days_are_kept_as_iso_texts():
    table = Table("", [["出生日期"]], [[date(1940, 3, 12)]], [0], [[-1]], [])
    assert unpacked(packed(Copy([table], [], [], []))).tables[0].rows == [["1940-03-12"]]


def test_several_tables_share_one_heading_and_each_row_names_its_own():
    heading, lines = as_lines(Copy([PEOPLE, HOUSES], [], [], []))
    assert heading == ["", "姓名", "联系 / 电话", "联系 / 电话 (2)", "地址"]
    assert lines == [["名册", "王某", "1", None, None], ["名册", "李某", None, "2", None],
                     ["房屋", "王某", None, None, "柏树湾1号"]]  # fmt: skip
    assert as_lines(Copy([HOUSES], [], [], [])) == (["地址", "姓名"], [["柏树湾1号", "王某"]])


def test_who_lives_together_is_told_with_the_card_they_stand_on():
    cards = Table("申请表", [["户主"]], [["王某"], ["李某"]], [0, 0], [[0]], [SEEN], [1, 2])
    family = Table("家庭成员", [["姓名"]], [["王小某"], ["李小某"], ["李大某"]], [0, 0, 0], [[0]], [SEEN], [1, 2, 2])
    with translation.override("en"):
        heading, lines = as_lines(unpacked(packed(Copy([cards, family], [], [], []))))
    assert heading == ["", "No. of the card", "户主", "姓名"]
    assert lines == [["申请表", 1, "王某", None], ["申请表", 2, "李某", None], ["家庭成员", 1, None, "王小某"],
                     ["家庭成员", 2, None, "李小某"], ["家庭成员", 2, None, "李大某"]]  # fmt: skip
    assert [table.get("cards") for table in as_objects(Copy([cards, family, HOUSES], [], [], []))] == [
        [1, 2], [1, 2, 2], None,
    ]  # fmt: skip


def test_a_value_is_believed_less_when_it_is_old_or_anothers():
    sure = [confidence(how, is_owner=is_owner) for how in ("fresh", "ageing", "stale") for is_owner in (True, False)]
    assert sure == sorted(sure, reverse=True)
    assert (sure[0], sure[-1]) == (1.0, 0.45)
