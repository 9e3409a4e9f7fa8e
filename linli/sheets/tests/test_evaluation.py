"""`linli evaluate sheets` and `linli sheet inspect` on the forms of the test material."""

import json
from io import StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from linli.kernel import api as kernel
from linli.sheets.queries.evaluation import SHIPPED, evaluate_forms
from tests.forms.make import COUNTY, PARTS
from tests.forms.writing import gold_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _codes(db):
    kernel.load_shipped_codes()


def test_forms_to_work_by_are_read_and_bound(forms):
    found = evaluate_forms(forms / "development").figures()
    assert found["files"] == 18
    assert found["header paths right"] >= 0.98
    assert found["first proposal right"] >= 0.95
    assert found["sure and wrong"] <= 0.01


def test_forms_of_many_offices_are_read_and_bound(forms):
    found = evaluate_forms(forms / "practice").figures()
    assert found["header paths right"] >= 0.98
    assert found["first proposal right"] >= 0.95
    assert found["sure and wrong"] <= 0.01


@pytest.mark.parametrize("exam", ["fourth_unseen", "fifth_unseen"])
def test_forms_that_nothing_was_tuned_on_are_read_and_bound(forms, exam):
    found = evaluate_forms(forms / exam).figures()
    assert found["header paths right"] >= 0.98
    assert found["first proposal right"] >= 0.90
    assert found["sure and wrong"] <= 0.01


def test_headers_of_unseen_forms_are_read(forms):
    found = evaluate_forms(forms / "unseen").figures()
    assert found["files"] == 12
    assert found["header paths right"] >= 0.98
    assert found["first proposal right"] >= 0.8


def test_gold_says_where_each_name_stands(forms):
    for path in forms.glob("*/*.xlsx"):
        book, gold = load_workbook(path), json.loads((path.parent / "gold.json").read_text("utf-8"))
        (form,) = (one for one in gold if one["file"] == path.name)
        for table in form["tables"]:
            for column in table["columns"]:
                cells = [book[table["sheet"]][span.partition(":")[0]].value for span in column["spans"]]
                assert ["".join(str(one).split()) for one in cells] == column["path"]


def test_evaluation_prints_each_part(forms):
    out = StringIO()
    call_command("evaluate", "sheets", "--forms", str(forms), "--json", stdout=out)
    parts = [json.loads(line)["part"] for line in out.getvalue().splitlines()]
    assert parts == ["development", "fifth_unseen", "fourth_unseen", "practice", "unseen"]


def test_missing_folder_is_named(tmp_path):
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("evaluate", "sheets", "--forms", str(tmp_path / "none"), stderr=err)
    assert "skipped" in err.getvalue()


def test_wrong_gold_counts_as_wrong(forms, tmp_path):
    gold = json.loads((forms / "unseen" / "gold.json").read_text("utf-8"))
    (one,) = (form for form in gold if form["file"].startswith("小区住户"))
    one["tables"][0]["columns"][1]["element"] = "person.former_name"
    (tmp_path / "gold.json").write_text(json.dumps([one]), "utf-8")
    (tmp_path / one["file"]).write_bytes((forms / "unseen" / one["file"]).read_bytes())
    tally = evaluate_forms(tmp_path)
    assert tally.sure_wrong == 1


def test_inspect_prints_paths_ranges_and_proposals(forms):
    out = StringIO()
    call_command("sheet", "inspect", str(forms / "development" / "低保发放花名册.xls"), "--json", stdout=out)
    (table,) = json.loads(out.getvalue())["tables"]
    columns = {"/".join(column["path"]): column for column in table["columns"]}
    assert columns["身份证号码"]["element"] == "household.head.citizen_id"
    assert columns["身份证号码"]["label"] == "公民身份号码"
    assert columns["领取金额/小计"]["ranges"] == ["G4:J4", "J5"]


def test_inspect_refuses_in_words(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\x89PNG")
    with pytest.raises(CommandError, match="不是表格"):
        call_command("sheet", "inspect", str(path))


def test_the_forms_that_ship_are_those_of_the_county():
    with ZipFile(SHIPPED) as packed:
        shipped = {part: json.loads(packed.read(f"{part}/gold.json")) for part in COUNTY}
        files = {name for name in packed.namelist() if not name.endswith("gold.json")}
    assert shipped == {part: json.loads(json.dumps([gold_of(form) for form in PARTS[part]])) for part in COUNTY}
    assert files == {f"{part}/{one['file']}" for part in COUNTY for one in shipped[part]}
    assert len(files) == 30
