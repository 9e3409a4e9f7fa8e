"""Reading official division tables."""

import gzip
import time
from pathlib import Path

import pytest

from linli.kernel import slots
from linli.regions import api as regions
from linli.regions.models import Division, FormerName
from linli.regions.tests import factories as f

pytestmark = pytest.mark.django_db
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "divisions"
COUNTIES = "code,name,city,province\n990101,青禾县,示例市,示例省\n990200,直筒市,直筒市,示例省\n"
STREETS = "code,name,areaCode\n990101001,南苑街道,990101\n990200003,直筒镇,990200\n"
VILLAGES = (
    "code,name,street,streetCode,county,areaCode,cityCode\n"
    "990101001001,𬒗溪社区居委会,南苑街道,990101001,青禾县,990101,9901\n"
)


@pytest.fixture
def tables(tmp_path):
    (tmp_path / "z_counties.csv").write_text(COUNTIES, "utf-8-sig")
    (tmp_path / "streets.csv.gz").write_bytes(gzip.compress(STREETS.encode()))
    (tmp_path / "a_villages.csv").write_bytes(VILLAGES.encode("gb18030"))
    (tmp_path / "notes.txt").write_text("nothing")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    return tmp_path


def run(path, **options):
    return slots.importers.get("divisions").run(path=path, options=options, report=lambda _line: None)


def test_a_folder_of_tables_becomes_a_tree(tables):
    report = run(tables, source="统计用区划代码 2023")
    assert (report.read, report.made, report.changed, report.skipped) == (5, 7, 0, 0)
    village = regions.division_by_code("990101001001")
    assert village.name == "𬒗溪社区居委会"
    assert [above.name for above in regions.ancestors(village.id)] == ["示例省", "示例市", "青禾县", "南苑街道"]
    assert Division.objects.get(pk=village.id).source == "统计用区划代码 2023"
    assert len(f.told("DivisionsImported")) == 3


def test_a_city_without_counties_has_its_towns_right_below(tables):
    run(tables)
    town = regions.division_by_code("990200003")
    assert regions.ancestors(town.id)[-1].level == regions.Level.CITY


def test_a_second_import_changes_nothing(tables):
    run(tables)
    report = run(tables)
    assert (report.made, report.changed, report.problems) == (0, 0, ())


def test_a_new_name_is_recorded_as_a_renaming(tables):
    run(tables)
    (tables / "z_counties.csv").write_text(COUNTIES.replace("青禾县", "青禾区"))
    assert run(tables).changed == 1
    assert regions.division_by_code("990101").name == "青禾区"
    assert FormerName.objects.get().name == "青禾县"


def test_bad_rows_are_left_out_with_line_and_reason_and_good_rows_go_in(tmp_path):
    rows = ("12345,短码县,某市,某省", "990101,,某市,某省", "990102,好县,好市,好省", '990103,"坏\x00县",好市,好省')
    table = tmp_path / "counties.csv"
    table.write_text("code,name,city,province\n" + "\n".join(rows))
    report = run(table)
    assert (report.read, report.made, report.skipped) == (4, 3, 3)
    assert [problem.split(":")[0] for problem in report.problems] == [
        "counties.csv, line 2",
        "counties.csv, line 3",
        "counties.csv, line 5",
    ]
    assert "12345" in report.problems[0]


def test_a_row_without_anything_above_it_is_left_out(tmp_path):
    table = tmp_path / "streets.csv"
    table.write_text(STREETS)
    report = run(table)
    assert (report.made, report.skipped) == (0, 2)
    assert "990101001000" in report.problems[0]


def test_one_code_with_two_names_keeps_the_first(tmp_path):
    table = tmp_path / "counties.csv"
    table.write_text(COUNTIES + "990101,别名县,示例市,示例省\n")
    assert run(table).skipped == 1
    assert regions.division_by_code("990101").name == "青禾县"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b"", b"x,y\n1,2\n"])
def test_a_file_that_is_no_table_is_named(tmp_path, content):
    table = tmp_path / "broken.csv"
    table.write_bytes(content)
    assert len(run(table).problems) == 1


def test_a_path_with_nothing_there_is_a_sentence(tmp_path):
    assert run(tmp_path / "missing.csv").problems[0].startswith("Nothing to read")
    assert run(None).problems


@pytest.mark.slow
def test_the_national_table_goes_in_quickly():
    if not REAL.is_dir():
        pytest.skip(f"the official tables are not at {REAL}")
    started = time.perf_counter()
    report = run(REAL)
    assert time.perf_counter() - started < 20
    assert report.made > 47_000
    assert report.problems == ()
    assert regions.division_by_code("430102").name == "芙蓉区"
