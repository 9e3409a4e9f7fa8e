"""Open document spreadsheets come back as they were, longer: formulas, checks, looks, merged cells, what repeats."""

import io
import zipfile

import pytest

from linli.sheets.rules.delivery.files import Bearer, Issue, fill_file, words_of
from linli.sheets.rules.delivery.ods_addresses import as_plain, copied_formula, moved_addresses, moved_formula
from linli.sheets.rules.delivery.places import Growth, Place, Section, Target
from linli.sheets.rules.delivery.spreadsheets import fill_spreadsheet, fill_spreadsheet_cells
from linli.sheets.rules.reading import read_book
from linli.sheets.rules.refusals import DeliveryRefusedError
from linli.sheets.tests.drawn import convert, needs_office
from linli.sheets.tests.drawn import words_of as drawn
from linli.sheets.tests.issued import FIRST, form, packed, parts

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
GROWN = Growth("名册", 3, 4, 5)
LONG = "table:number-rows-repeated"
BODY = f"""
<table:content-validations><table:content-validation table:name="v1" table:base-cell-address="名册.C3"
 table:condition="of:cell-content-is-in-list([$字典.$A$1:.$A$3])"/></table:content-validations>
<table:table table:name="名册" table:print-ranges="名册.A1:名册.D6"><table:table-column table:style-name="co1"/>
<table:table-row table:style-name="ro1"><table:table-cell table:style-name="t" table:number-columns-spanned="4"
 table:number-rows-spanned="1" office:value-type="string"><text:p>人员名册</text:p></table:table-cell>
<table:covered-table-cell table:number-columns-repeated="3"/></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>姓名</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>分</text:p></table:table-cell></table:table-row>
<table:table-row table:style-name="ro2" {LONG}="2"><table:table-cell table:number-columns-repeated="3"
 table:style-name="b" table:content-validation-name="v1"/><table:table-cell table:formula="of:=[.B3]*2"
 office:value-type="float" office:value="0"><text:p>0</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>合计</text:p></table:table-cell>
<table:table-cell table:formula="of:=SUM([.B3:.B4])" office:value-type="float" office:value="0"><text:p>0</text:p>
</table:table-cell><table:table-cell table:formula="of:=[.B5]/2" office:value-type="float" office:value="0"/>
</table:table-row><table:table-row {LONG}="1048570"><table:table-cell/></table:table-row>
<table:table-row><table:table-cell/></table:table-row></table:table>
<table:table table:name="字典"><table:table-row><table:table-cell table:formula="of:=[$名册.B5]"
 office:value-type="float" office:value="0"/></table:table-row></table:table>
<table:named-expressions><table:named-range table:name="总" table:base-cell-address="$名册.$A$1"
 table:cell-range-address="$名册.$B$3:.$B$4"/></table:named-expressions>
"""
ROWS = [["王某", 1], ["=李某", 2], ["<赵>  某", 3], ["钱某\n二行", None]]
TARGETS = [Target(1), Target(2)]


def spreadsheet(body=BODY, **more):
    xml = f"<office:document-content {SPACES}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"  # noqa: E501
    content = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": xml.encode(),
               "styles.xml": b"<x/>", "META-INF/manifest.xml": b"<manifest/>"}  # fmt: skip
    return packed({**content, **{name: said.encode() for name, said in more.items()}})


def filled(content=None, rows=ROWS, place=None):
    done = fill_spreadsheet(content or spreadsheet(), place=place or Place(0, 3, 4), targets=TARGETS, rows=rows)
    return done, parts(done.content)["content.xml"].decode()


def test_a_list_grows_and_everything_else_moves_with_it():
    done, xml = filled()
    assert (done.rows, done.inserted) == (4, 2)
    first, second = read_book(done.content, "册.ods").grids
    assert [row[:2] for row in first.rows] == [
        ("人员名册", None), ("姓名", "分"), ("王某", 1), ("=李某", 2), ("<赵>  某", 3), ("钱某\n二行", None),
        ("合计", 6),
    ]  # fmt: skip
    assert first.formulas == {
        (2, 3): "[.B3]*2", (3, 3): "[.B3]*2", (4, 3): "[.B5]*2", (5, 3): "[.B6]*2", (6, 1): "SUM([.B3:.B6])",
        (6, 2): "[.B7]/2",
    }  # fmt: skip
    assert second.formulas == {(0, 0): "[$名册.B7]"}
    assert 'table:print-ranges="名册.A1:名册.D8"' in xml
    assert 'table:cell-range-address="$名册.$B$3:.$B$6"' in xml
    assert "[$字典.$A$1:.$A$3]" in xml, "what names another sheet stays"
    assert f'{LONG}="1048568"' in xml, "the sheet does not become longer than a sheet may be"
    assert xml.count('table:content-validation-name="v1"') == 12, "each cell of the list offers its words"
    assert xml.count('table:style-name="ro2"') == 4
    assert parts(done.content)["styles.xml"] == b"<x/>"
    with zipfile.ZipFile(io.BytesIO(done.content)) as package:
        assert package.infolist()[0].filename == "mimetype"


def test_fewer_rows_than_room_leave_the_rest_empty():
    done, xml = filled(rows=ROWS[:1])
    rows = read_book(done.content, "册.ods").grids[0].rows
    assert [row[0] for row in rows] == ["人员名册", "姓名", "王某", None, "合计"]
    assert 'table:formula="of:=SUM([.B3:.B4])"' in xml
    _done, xml = filled(place=Place(0, 3, 2))
    assert xml.index("王某") < xml.index("of:=[.B7]*2"), "a list without room grows between what stands around it"


def test_a_formula_of_the_issuer_stays_where_the_column_is_asked_for():
    rows = [[f"李某{n}", n, None, 2 * n] for n in range(1, 5)]
    targets = [Target(at) for at in range(1, 5)]
    done = fill_spreadsheet(spreadsheet(), place=Place(0, 3, 4), targets=targets, rows=rows)
    sheet = read_book(done.content, "册.ods").grids[0]
    assert [sheet.formulas[row, 3] for row in (2, 4, 5)] == ["[.B3]*2", "[.B5]*2", "[.B6]*2"]
    assert [sheet.value(row, 3) for row in (2, 3, 4, 5)] == [2, 4, 6, 8], "what we know stands there, too"


def test_rows_below_names_of_two_lines_are_cells_of_their_own():
    names = BODY.replace(
        '<table:table-row><table:table-cell office:value-type="string"><text:p>姓名',
        '<table:table-row><table:table-cell office:value-type="string" table:number-rows-spanned="2"><text:p>姓名',
    ).replace(
        f'<table:table-row table:style-name="ro2" {LONG}="2"><table:table-cell table:number-columns-repeated="3"',
        '<table:table-row><table:covered-table-cell/><table:table-cell table:number-columns-repeated="2"',
    )
    done, xml = filled(spreadsheet(names), place=Place(0, 4, 3))
    assert [row[:2] for row in read_book(done.content, "册.ods").grids[0].rows][3:5] == [("王某", 1), ("=李某", 2)]
    assert xml.count("<table:covered-table-cell/>") == 1, "the names stay one cell"
    assert xml.count('table:number-rows-spanned="2"') == 1


def test_single_cells_are_filled_also_in_rows_that_repeat():
    content = fill_spreadsheet_cells(spreadsheet(), sheet=0, cells={(4, 3): "王某", (2, 3): 7, (9, 2): "远处"})
    (sheet, _other) = read_book(content, "册.ods").grids
    assert (sheet.value(3, 2), sheet.value(1, 2), sheet.value(8, 1)) == ("王某", 7, "远处")
    assert sheet.value(2, 2) is None
    assert sheet.value(4, 0) == "合计"


def test_cells_merged_over_the_list_grow_and_entries_of_several_rows_are_refused():
    beside = BODY.replace(
        '<table:table-row><table:table-cell office:value-type="string"><text:p>姓名',
        '<table:table-row><table:table-cell office:value-type="string" table:number-rows-spanned="3"><text:p>姓名',
    )
    _done, xml = filled(spreadsheet(beside), place=Place(0, 3, 4))
    assert 'table:number-rows-spanned="5"' in xml
    within = BODY.replace('table:number-columns-repeated="3"\n table:style-name="b"', 'table:number-rows-spanned="2"')
    for content in (spreadsheet(within), spreadsheet(**{"Basic/x.xml": "<x/>"}), form(), b"x"):
        with pytest.raises(DeliveryRefusedError):
            filled(content)
    with pytest.raises(DeliveryRefusedError):
        filled(place=Place(7, 3, 4))


def test_addresses_move_and_formulas_are_copied():
    assert moved_addresses("$名册.$B$3:.$B$4 名册.C9 其他.C9", GROWN, sheet="") == "$名册.$B$3:.$B$9 名册.C14 其他.C9"
    assert moved_formula('of:=SUM([.B3:.B4];[$其他.B9])&"[.B9]"', GROWN, sheet="名册") == (
        'of:=SUM([.B3:.B9];[$其他.B9])&"[.B9]"'
    )
    assert moved_formula("of:=SUM([.B3:.B4])", GROWN, sheet="名册", within=True) == "of:=SUM([.B3:.B4])"
    assert moved_formula("of:=SUM([.B3])", Growth("名册", 3, 3, 2), sheet="名册") == "of:=SUM([.B3:.B5])"
    assert copied_formula("of:=[.B3]+[.$B$3]*[.B3:.C3]", rows=2) == "of:=[.B5]+[.$B$3]*[.B5:.C5]"
    assert as_plain("of:=SUM([.B3:.B4];1)") == "SUM(B3:B4,1)"
    assert not words_of("ods"), "it comes back in its own layout"


@pytest.mark.slow
@needs_office
def test_a_form_of_libreoffice_is_drawn_as_it_was_and_longer(tmp_path):
    """What stands above the list is where it was; what stands below keeps its column and its words; sums are right."""
    (tmp_path / "blank.xlsx").write_bytes(form())
    convert(tmp_path, "ods", "blank.xlsx")
    rows = [[n, f"李某{n}", 10 * n, "1", None, "x", "女"] for n in range(1, 12)]
    lists = [Section(Place(0, FIRST, FIRST + 2), [Target(at) for at in range(1, 8)], rows)]
    issue = Issue((tmp_path / "blank.ods").read_bytes(), "册.ods", "ods")
    (tmp_path / "filled.ods").write_bytes(fill_file(issue, lists, Bearer("张某 · 柏树湾", "entry-7")))
    convert(tmp_path, "pdf", "blank.ods", "filled.ods")
    blank, done = (drawn(tmp_path / f"{name}.pdf") for name in ("blank", "filled"))
    ends = next(float(one[2]) for one in blank if one[3] == "合计")
    above = {one for one in blank if one[0] == 1 and float(one[2]) < ends and one[3] not in {"0", "#DIV/0!"}}
    assert len(above) >= 4
    assert above <= set(done)
    assert {one[3] for one in done} >= {"合计", "填表人：", "说明", "李某11", "660", "11", "60"}
    assert {one[1] for one in done if one[3] == "合计"} == {one[1] for one in blank if one[3] == "合计"}
    assert b"entry-7" in parts((tmp_path / "filled.ods").read_bytes())["meta.xml"]
