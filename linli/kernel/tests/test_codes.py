"""Code tables: shipped with source and version, loaded as often as one likes."""

from datetime import date

import pytest

from linli.kernel import slots
from linli.kernel.actions.codes import CodeFileError, load_codes, load_shipped_codes
from linli.kernel.models import CodeEntry, CodeTable
from linli.kernel.queries.codes import code_entries, code_label

pytestmark = pytest.mark.django_db

HEADING = "# table: colour\n# label: 颜色\n# standard: none\n# version: 1\n# source: invented\n"


@pytest.fixture
def colours(tmp_path):
    path = tmp_path / "colours.csv"

    def write(rows, heading=HEADING):
        path.write_text(f"{heading}code,label,parent,valid_from,valid_until,checked\n{rows}", encoding="utf-8")
        return path

    return write


def test_shipped_tables_load_and_loading_again_changes_nothing():
    first = load_shipped_codes()
    assert {table.table for table in first} == {
        "sex", "marital", "kinship", "ethnic", "political", "education", "consistency", "occupancy", "house_use",
        "legal_basis", "personal_class",
    }  # fmt: skip
    assert sum(table.made for table in first) == CodeEntry.objects.count() > 150
    assert all(table.made == table.changed == table.removed == 0 for table in load_shipped_codes())


def test_shipped_tables_say_what_was_not_checked():
    load_shipped_codes()
    assert set(CodeTable.objects.filter(is_sample=False).values_list("code", flat=True)) == {"sex", "legal_basis"}
    assert all(CodeTable.objects.values_list("source", flat=True))
    kinship = {entry.code: entry for entry in code_entries("kinship")}
    assert not kinship["68"].is_sample
    assert kinship["70"].is_sample
    assert kinship["24"].parent == "20"


def test_ethnic_groups_are_fifty_six_and_two():
    load_shipped_codes()
    assert len(code_entries("ethnic")) == 58
    assert code_label("ethnic", "05") == "维吾尔族"


def test_load_follows_the_file(colours):
    load_codes(path=colours("1,红,,,,yes\n2,绿,,,,yes\n"))
    assert code_label("colour", "1") == "红"
    loaded = load_codes(path=colours("1,大红,,,,yes\n3,蓝,,,,yes\n"))
    assert (loaded.read, loaded.made, loaded.changed, loaded.removed) == (2, 1, 1, 1)
    assert [(entry.code, entry.label) for entry in code_entries("colour")] == [("1", "大红"), ("3", "蓝")]


def test_entries_hold_for_their_dates(colours):
    load_codes(path=colours("1,红,,,2025-12-31,yes\n1,朱红,,2026-01-01,,yes\n"))
    assert [entry.label for entry in code_entries("colour", on=date(2025, 12, 31))] == ["红"]
    assert [entry.label for entry in code_entries("colour", on=date(2026, 1, 1))] == ["朱红"]


def test_unknown_table_and_code():
    assert code_entries("nothing") == []
    assert code_label("nothing", "7") == "7"


@pytest.mark.parametrize(
    ("rows", "heading", "problem"),
    [
        ("1,,,,,yes\n", HEADING, "row 1 has no code or no label"),
        ("1,红,,1.1.2026,,yes\n", HEADING, "row 1 has a date"),
        ("1,红,,,,yes\n", "# table: colour\n", "lack label, source, standard, version"),
    ],
)
def test_file_that_is_no_code_table_says_why(colours, rows, heading, problem):
    with pytest.raises(CodeFileError, match=problem):
        load_codes(path=colours(rows, heading))
    assert not CodeTable.objects.filter(code="colour").exists()


def test_importer_takes_a_file_or_what_is_shipped(colours):
    importer, lines = slots.importers.get("codes"), []
    assert importer.run(path=colours("1,红,,,,yes\n"), options={}, report=lines.append).made == 1
    assert importer.run(path=None, options={}, report=lines.append).made > 150
    assert importer.run(path=colours("1,,,,,\n"), options={}, report=lines.append).problems
    assert lines[0] == "colour: 1"
