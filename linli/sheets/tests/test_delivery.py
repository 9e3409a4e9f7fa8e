"""The issuer's own file comes back filled: what was not filled is as it was, what stands below has moved."""

import io
from copy import copy
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.table import Table
from python_calamine import CalamineWorkbook

from linli.sheets.rules.delivery.places import Place, Target
from linli.sheets.rules.delivery.workbook import fill_workbook
from linli.sheets.rules.refusals import DeliveryRefusedError
from linli.sheets.tests.issued import FIRST, LISTS, SHEET, form, packed, parts, rewritten, saved

ROOM, COLUMNS = 3, 8
PLACE = Place(SHEET, FIRST, FIRST + ROOM - 1)
TARGETS = [Target(column) for column in range(1, COLUMNS)]
MAIN = "xl/worksheets/sheet1.xml"


def people(count):
    return [
        [n, f"李某{n}", 10 * n, f"1390000{n:04d}", date(1950, 1, n % 28 + 1), f"99010119500101{n:04d}", "女"]
        for n in range(1, count + 1)
    ]


def filled(count, template=None, place=PLACE, **more):
    return fill_workbook(
        form() if template is None else template, place=place, targets=TARGETS, rows=people(count), **more
    )


def opened(content):
    return load_workbook(io.BytesIO(content))


def looks(cell):
    return [
        copy(getattr(cell, name)) for name in ("font", "border", "fill", "alignment", "number_format", "protection")
    ]


def test_rows_are_inserted_after_the_issuers_own_row():
    before, after = opened(form())[SHEET], opened(filled(8).content)[SHEET]
    for row in range(FIRST, FIRST + 8):
        assert [looks(cell) for cell in after[row]] == [looks(cell) for cell in before[FIRST]]
        assert after.row_dimensions[row].height == 22
        assert after.cell(row, COLUMNS).value == f"=C{row}*2"
    assert [cell.value for cell in after[11]][:4] == [8, "李某8", 80, "13900000008"]
    assert after["E11"].value.date() == date(1950, 1, 9)
    assert after["F11"].value == "990101195001010008"


def test_everything_else_is_as_it_was_or_moved():
    before, after = opened(form())[SHEET], opened(filled(8).content)[SHEET]
    moved = {**{row: row for row in (1, 2, 3)}, **{row: row + 5 for row in range(7, 12)}}
    for old, new in moved.items():
        assert [looks(cell) for cell in after[new]] == [looks(cell) for cell in before[old]]
        assert after.row_dimensions[new].height == before.row_dimensions[old].height
    assert {str(one) for one in after.merged_cells.ranges} == {"A1:H1", "A2:B2", "A14:D14"}
    assert after.print_area == "'人员 名册'!$A$1:$H$15"
    assert (after.print_title_rows, after.auto_filter.ref, after.freeze_panes) == ("$2:$3", "A3:H11", "A4")
    checks = {str(one.sqref): one.formula1 for one in after.data_validations.dataValidation}
    assert checks == {"G4:G11": '"男,女"', "B4:B11": f"={LISTS}!$A$1:$A$3"}
    rules = {str(one.sqref): one.rules[0].formula for one in after.conditional_formatting}
    assert rules == {"C4:C11": ["60"], "A4:A11": ["COUNTIF($A$4:$A$11,$A4)>1"]}
    assert after["A14"].comment.text == "手签"
    assert b"Row>13<" in parts(filled(8).content)["xl/drawings/commentsDrawing1.vml"]
    assert after["A15"].hyperlink.target == "https://example.invalid/"
    assert [one.id for one in after.row_breaks.brk] == [12]
    assert {key: one.width for key, one in after.column_dimensions.items()} == {
        key: one.width for key, one in before.column_dimensions.items()
    }
    assert after._charts[0].anchor._from.row == 16
    assert after._charts[0].series[0].val.numRef.f == "'人员 名册'!$C$4:$C$11"


def test_sums_grow_and_other_sheets_follow():
    book = opened(filled(8).content)
    sheet, lists = book[SHEET], book[LISTS]
    assert [sheet[name].value for name in ("C12", "D12", "E12")] == ["=SUM(C4:C11)", "=COUNTA(B4:B11)", "=C12/D12"]
    assert [lists[name].value for name in ("C1", "C2", "C3")] == [
        f"='{SHEET}'!C12", f"=SUM('{SHEET}'!C4:C11)", "=SUM(A1:A3)",
    ]  # fmt: skip
    assert book.defined_names["总数"].attr_text == f"'{SHEET}'!$C$12"
    assert book.calculation.fullCalcOnLoad


def test_plain_sums_are_there_before_anybody_reckons():
    rows = CalamineWorkbook.from_filelike(io.BytesIO(filled(8).content)).get_sheet_by_name(SHEET).to_python()
    assert rows[11][:5] == ["合计", "", 360.0, 8.0, ""]
    assert rows[4][:4] == [2.0, "李某2", 20.0, "13900000002"]
    assert rows[4][4] == date(1950, 1, 3)


def test_former_results_do_not_stay_where_they_are_no_longer_so():
    old = next(one for one in ("<v />", "<v/>", "<v></v>") if f"<f>C7/D7</f>{one}".encode() in parts(form())[MAIN])
    stale = rewritten(form(), MAIN, (f"<f>C7/D7</f>{old}", "<f>C7/D7</f><v>777</v>"))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(filled(8, stale).content)).get_sheet_by_name(SHEET).to_python()
    assert rows[11][4] == ""


def test_fewer_rows_than_there_is_room_for_leave_the_rest_empty():
    template = form()
    done = filled(2, template)
    assert (done.rows, done.inserted) == (2, 0)
    before, after = parts(template), parts(done.content)
    changed = {name for name in before if before[name] != after[name]}
    assert {MAIN} <= changed <= {MAIN, "xl/workbook.xml", "xl/worksheets/sheet2.xml"}
    sheet = opened(done.content)[SHEET]
    assert [sheet.cell(row, 2).value for row in range(4, 9)] == ["李某1", "李某2", None, None, None]
    assert sheet["C7"].value == "=SUM(C4:C6)"


def test_parts_that_are_not_touched_are_copied_byte_for_byte():
    blank = form()  # one: a file says in which second it was made
    before, after = parts(blank), parts(filled(8, blank).content)
    assert set(before) == set(after)
    untouched = [name for name in before if name.startswith(("xl/styles", "xl/theme", "docProps", "xl/sharedStrings"))]
    assert len(untouched) >= 4
    assert all(before[name] == after[name] for name in untouched)


@pytest.mark.slow
def test_an_example_in_the_form_does_not_stay():
    book = opened(form())
    book[SHEET]["B4"], book[SHEET]["B5"] = "例：张三", "例：李四"
    done = opened(filled(1, saved(book)).content)[SHEET]
    assert [done["B4"].value, done["B5"].value] == ["李某1", None]
    assert opened(filled(0, saved(book)).content)[SHEET]["B4"].value is None


def test_what_the_issuer_typed_in_other_columns_stays_in_its_own_row():
    book = opened(form())
    for row in (4, 5, 6):
        book[SHEET].cell(row, 8).value = "由街道填写"
    sheet = opened(filled(5, saved(book)).content)[SHEET]
    assert [sheet.cell(row, 8).value for row in range(4, 10)] == ["由街道填写"] * 3 + [None] * 3


def test_texts_are_never_formulas_and_long_numbers_keep_their_digits():
    rows = [["=1+1", "@x", "+8613", " 两边 ", 123456789012345678, "a&b<c>\x07", "_x0041_"]]
    done = fill_workbook(form(), place=PLACE, targets=TARGETS, rows=rows).content
    values = CalamineWorkbook.from_filelike(io.BytesIO(done)).get_sheet_by_name(SHEET).to_python()[3]
    assert values[:6] == ["=1+1", "@x", "+8613", " 两边 ", "123456789012345678", "a&b<c>"]
    cells = opened(done)[SHEET][4]
    assert {cell.data_type for cell in cells[:7]} <= {"s", "inlineStr"}
    assert cells[6].value == "_x0041_" or cells[6].value == "_x005F_x0041_"
    assert b"<f>1+1" not in parts(done)[MAIN]


def test_numbers_and_days_as_text_where_the_issuer_wants_text():
    targets = [Target(1, as_text=True), Target(3), Target(5, as_text=True), Target(6)]
    done = fill_workbook(form(), place=PLACE, targets=targets, rows=[[1, Decimal("2.50"), date(2026, 1, 2), 7]])
    sheet = opened(done.content)[SHEET]
    assert [sheet[name].value for name in ("A4", "C4", "E4", "F4")] == ["1", 2.5, "2026-01-02", "7"]


def test_single_cells_are_filled_as_they_are_called_in_the_template():
    done = filled(8, cells={"A9": "填表人：王某", "B1": None, "D8": 5})
    sheet = opened(done.content)[SHEET]
    assert sheet["D13"].value == 5
    assert (sheet["A14"].value, sheet["A1"].value) == ("填表人：王某", "柏树湾街道人员名册")


def test_shared_formulas_are_written_out():
    template = rewritten(
        form(), MAIN,
        ("<f>C4*2</f>", '<f t="shared" ref="H4:H6" si="0">C4*2</f>'),
        ("<f>C5*2</f>", '<f t="shared" si="0"/>'), ("<f>C6*2</f>", '<f t="shared" si="0"/>'),
        ("<f>C7/D7</f>", '<f t="shared" ref="E7:E8" si="1">C7/D7</f>'),
    )  # fmt: skip
    sheet = opened(filled(8, template).content)[SHEET]
    assert [sheet.cell(row, 8).value for row in range(4, 12)] == [f"=C{row}*2" for row in range(4, 12)]
    assert sheet["E12"].value == "=C12/D12"


def test_a_sheet_whose_elements_have_a_prefix_is_filled():
    import re

    all_parts = parts(form())
    xml = all_parts[MAIN].decode()
    xml = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", xml).replace('xmlns="', 'xmlns:x="', 1)
    template = packed({**all_parts, MAIN: xml.encode()})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(filled(8, template).content)).get_sheet_by_name(SHEET).to_python()
    assert rows[10][1] == "李某8"
    assert rows[11][2] == 360.0


def test_the_chain_of_reckoning_is_left_out():
    all_parts = parts(form())
    chain = '<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.x"/>'
    relation = '<Relationship Id="rId99" Type="calcChain" Target="calcChain.xml"/>'
    all_parts["[Content_Types].xml"] = all_parts["[Content_Types].xml"].replace(
        b"</Types>", f"{chain}</Types>".encode()
    )
    path = "xl/_rels/workbook.xml.rels"
    all_parts[path] = all_parts[path].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    all_parts["xl/calcChain.xml"] = b'<calcChain><c r="H4"/></calcChain>'
    after = parts(filled(8, packed(all_parts)).content)
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after["[Content_Types].xml"] + after[path]


def test_tables_grow_with_the_list():
    book = Workbook()
    sheet = book.active
    for column, name in enumerate(("序号", "姓名", "人数"), 1):
        sheet.cell(1, column, name)
    sheet.add_table(Table(displayName="T", ref="A1:C2"))
    sheet["C4"] = "=SUM(C2)"
    done = fill_workbook(saved(book), place=Place(0, 2), targets=TARGETS[:3], rows=[[n, "甲", n] for n in range(9)])
    after = opened(done.content).active
    assert after.tables["T"].ref == "A1:C10"
    assert after["C12"].value == "=SUM(C2:C10)"


def test_ranges_merged_in_the_row_are_merged_in_each():
    book = opened(form())
    book[SHEET].merge_cells("B4:C4")
    sheet = opened(filled(5, saved(book)).content)[SHEET]
    assert {"B4:C4", "B7:C7", "B8:C8"} <= {str(one) for one in sheet.merged_cells.ranges}


def test_a_label_merged_over_the_whole_list_grows():
    book = opened(form())
    book[SHEET].merge_cells("H4:H6")
    assert "H4:H11" in {str(one) for one in opened(filled(8, saved(book)).content)[SHEET].merged_cells.ranges}


def test_a_check_on_the_first_row_alone_holds_for_those_inserted():
    sheet = rewritten(form(), MAIN, ('sqref="G4:G6"', 'sqref="G4"'))
    after = opened(filled(5, sheet).content)[SHEET]
    assert "G4 G7:G8" in {str(one.sqref) for one in after.data_validations.dataValidation}


def test_an_entry_of_several_rows_is_refused():
    book = opened(form())
    book[SHEET].merge_cells("A4:A5")
    with pytest.raises(DeliveryRefusedError):
        filled(5, saved(book))


@pytest.mark.slow
def test_macros_foreign_files_and_bombs_are_refused():
    all_parts = parts(form())
    zeros = b"0" * (64 * 1024 * 1024)
    for bad in (
        packed({**all_parts, "xl/vbaProject.bin": b"x"}), b"no zip", b"", packed({"a.txt": b"x"}),
        packed({**all_parts, "xl/media/x.bin": zeros}), form()[:-200],
        packed({**all_parts, MAIN: b'<!DOCTYPE a [<!ENTITY x "y">]>' + all_parts[MAIN].partition(b"?>")[2]}),
        packed({**all_parts, MAIN: all_parts[MAIN][:-30]}),
    ):  # fmt: skip
        with pytest.raises(DeliveryRefusedError) as refused:
            filled(1, bad)
        assert str(refused.value.sentence)


def test_a_sheet_that_is_not_there_is_refused():
    for sheet in ("Nowhere", 7, True):
        with pytest.raises(DeliveryRefusedError):
            filled(1, place=Place(sheet, FIRST))


def with_own(formula, count, template=None):
    """Fill a form whose last column is asked for as well, and has a formula of the issuer in each row."""
    rows = [[*one, 20 * n if formula == "number" else f"{n}岁"] for n, one in enumerate(people(count), 1)]
    targets = [Target(column) for column in range(1, COLUMNS + 1)]
    return fill_workbook(template or form(), place=PLACE, targets=targets, rows=rows).content


@pytest.mark.parametrize("count", [2, 8])
def test_a_formula_of_the_issuer_stays_where_the_column_is_asked_for(count):
    content = with_own("number", count)
    sheet = opened(content)[SHEET]
    assert [sheet.cell(row, COLUMNS).value for row in range(4, 4 + count)] == [f"=C{n}*2" for n in range(4, 4 + count)]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(SHEET).to_python()
    shown = [row[COLUMNS - 1] for row in rows[3 : 3 + count]]
    assert shown == [20.0 * n for n in range(1, count + 1)], "who opens it without reckoning sees what we know"


def test_a_formula_of_the_issuer_that_gives_words_stays_too():
    template = rewritten(form(), MAIN, ("<f>C4*2</f>", '<f>C4&amp;"岁"</f>'))
    content = with_own("words", 8, template)
    sheet = opened(content)[SHEET]
    assert [sheet.cell(row, COLUMNS).value for row in (4, 7, 11)] == ['=C4&"岁"', '=C7&"岁"', '=C11&"岁"']
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(SHEET).to_python()
    assert rows[10][COLUMNS - 1] == "8岁"


def test_a_formula_in_a_single_cell_stays():
    done = filled(8, cells={"C7": 360, "D8": 5})
    sheet = opened(done.content)[SHEET]
    assert (sheet["C12"].value, sheet["D13"].value) == ("=SUM(C4:C11)", 5)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(done.content)).get_sheet_by_name(SHEET).to_python()
    assert rows[11][2] == 360.0
