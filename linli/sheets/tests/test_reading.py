"""Files become grids: every layout, and what is refused with a sentence."""

import io
import struct
import zipfile
import zlib

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from linli.sheets.rules.grids import Grid, Span, column_of, letters
from linli.sheets.rules.layouts import tables_of
from linli.sheets.rules.reading import read_book
from linli.sheets.rules.refusals import SheetRefusedError


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def made(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def test_span_is_named_as_in_spreadsheets():
    assert Span(2, 1, 3, 27).a1 == "B3:AB4"
    assert Span(0, 0, 0, 0).a1 == "A1"
    assert Span(5, 0, 4, 3).is_empty
    assert [column_of(letters(place)) for place in (0, 25, 26, 701, 702)] == [0, 25, 26, 701, 702]


def test_workbook_tells_drop_downs_hidden_columns_and_formulas():
    book = made(["姓名", "性别", "学历", "合计"], ["张三", "男", None, "=SUM(E2:F2)"])
    page = book.active
    book.create_sheet("字典")["A1"] = "小学"
    book["字典"]["A2"] = "初中"
    for formula, place in (('"男,女"', "B2:B99"), ("字典!$A$1:$A$2", "C2:C99")):
        check = DataValidation(type="list", formula1=formula)
        check.add(place)
        page.add_data_validation(check)
    page.column_dimensions["C"].hidden = True
    page.row_dimensions[2].hidden = True
    first, second = read_book(saved(book), "a.xlsx").grids
    assert first.choices == {1: ("男", "女"), 2: ("小学", "初中")}
    assert first.hidden_columns == {2}
    assert first.hidden_rows == {1}
    assert first.formulas == {(1, 3): "SUM(E2:F2)"}
    assert second.is_list
    assert tables_of(second) == ()


def test_merged_cells_keep_their_value_once():
    book = made(["名册", None, None], ["姓名", "联系", None], [None, "电话", "地址"])
    page = book.active
    page.merge_cells("A1:C1")
    page.merge_cells("B2:C2")
    page.merge_cells("A2:A3")
    (grid,) = read_book(saved(book), "a.xlsx").grids
    assert grid.rows[0] == ("名册", None, None)
    assert [span.a1 for span in grid.merges] == ["A1:C1", "A2:A3", "B2:C2"]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("姓名;电话\n张三;1\n".encode("gb18030"), (("姓名", "电话"), ("张三", "1"))),
        ("\ufeff姓名\t电话\n张三\t1\n".encode(), (("姓名", "电话"), ("张三", "1"))),
        ("姓名,电话\n".encode("utf-16"), (("姓名", "电话"),)),
    ],
)
def test_text_is_read_in_any_usual_encoding(content, rows):
    assert read_book(content, "a.csv").grids[0].rows == rows


def bomb():
    """Return a workbook whose one part unpacks to half a gigabyte, and says it were a hundred bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(512)) + packer.flush()
    name = b"xl/workbook.xml"
    local = struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(packed), 100, len(name), 0) + name
    sizes = (len(packed), 100, len(name))
    central = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, *sizes, 0, 0, 0, 0, 0, 0)
    central += name
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local) + len(packed), 0)
    return local + packed + central + end


def declared():
    """Return a workbook that declares entities."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>')
    return file.getvalue()


def compound(word):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + word.encode("utf-16-le") + bytes(512)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空的"),
        (b"  \n ", "是空的"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "表格文件"),
        (compound("EncryptedPackage"), "密码"),
        (compound("nothing"), "损坏"),
        (b"PK\x03\x04rubbish", "损坏"),
        (declared(), "损坏"),
        (b"<html><table></table></html>", "表格文件"),
        (bytes(range(256)) * 9, "损坏"),
    ],
    ids=["nothing", "spaces", "picture", "locked", "compound", "rubbish", "entities", "page", "bytes"],
)
def test_what_is_no_table_is_refused_in_words(content, said):
    with pytest.raises(SheetRefusedError, match=said):
        read_book(content, "form.csv" if content[:1] == b"\x00" else "form.xlsx")


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return file.getvalue()


def changed(part, before, after):
    """Return a workbook in which one part says something else."""
    parts = parts_of(saved(made(["姓名", "电话"], ["王某", 1])))
    assert before in parts[part]
    return zipped({**parts, part: parts[part].replace(before, after)})


def named(name, content=b"x"):
    """Return a workbook with one part more."""
    return zipped({**parts_of(saved(made(["姓名", "电话"]))), name: content})


SHEET = "xl/worksheets/sheet1.xml"
LOCKED_ODS = zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>",
                     "META-INF/manifest.xml": b"<m><encryption-data/></m>"})  # fmt: skip
MACRO_ODS = zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>",
                    "Basic/Standard/script-lc.xml": b"<a/>"})  # fmt: skip
HIDDEN = b'<cols><col min="x" max="2" hidden="1"/></cols><sheetData>'
BAD = {
    "macros": (named("xl/vbaProject.bin"), "宏"),
    "macros of LibreOffice": (MACRO_ODS, "宏"),
    "a workbook for macros": (changed("[Content_Types].xml", b"sheet.main+xml", b"macroEnabled.main+xml"), "宏"),
    "password of ODS": (LOCKED_ODS, "密码"),
    "columns of no number": (changed(SHEET, b"<sheetData>", HIDDEN), "损坏"),
    "cells of no number": (changed(SHEET, b'<c r="A1"', b'<c r="1A"'), "损坏"),
}


@pytest.mark.parametrize(("content", "said"), BAD.values(), ids=BAD)
def test_bad_files_are_refused_in_words(content, said):
    with pytest.raises(SheetRefusedError, match=said):
        read_book(content, "form.xlsx")


def test_a_workbook_that_excel_would_repair_is_read_as_far_as_it_goes():
    styles = changed("xl/styles.xml", b"<cellXfs", b'<cellXfs><xf numFmtId="none"/></cellXfs><a')
    renamed = changed("xl/workbook.xml", b'name="Sheet"', b'name="" a="1"')
    assert [read_book(one, "form.xlsx").grids[0].rows[0] for one in (styles, renamed)] == [("姓名", "电话")] * 2


@pytest.mark.parametrize("name", ["form.csv", "form.docx", "form", "form.xls", "表格.et"])
def test_content_says_what_a_file_is_and_not_its_name(name):
    book = read_book(saved(made(["姓名", "电话"], ["王某", 1])), name)
    assert (book.layout, book.grids[0].rows[0]) == ("xlsx", ("姓名", "电话"))


def test_formulas_that_failed_or_turn_in_circles_hold_up_nothing():
    cells = (
        b'<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B2"><f>B3</f><v>0</v></c></row>'
        b'<row r="3"><c r="A3" t="e"><v>#REF!</v></c><c r="B3"><f>B2</f><v>0</v></c></row>'
    )
    parts = parts_of(saved(made(["姓名", "电话"])))
    row = parts[SHEET].replace(b"</row>", b'</row><row r="2">' + cells, 1)
    book = read_book(zipped({**parts, SHEET: row}), "form.xlsx")
    (table,) = tables_of(book.grids[0])
    assert [column.path for column in table.columns] == [("姓名",), ("电话",)]
    assert book.grids[0].formulas == {(1, 0): "1/0", (1, 1): "B3", (2, 1): "B2"}


@pytest.mark.parametrize("layout", ["xlsx", "csv"])
def test_a_sheet_of_all_columns_is_refused(layout):
    heads = [f"列{number}" for number in range(16_384)]
    content = saved(made(heads)) if layout == "xlsx" else ",".join(heads).encode()
    with pytest.raises(SheetRefusedError, match="列数"):
        read_book(content, f"form.{layout}")


@pytest.mark.slow
def test_bomb_that_lies_about_its_size_is_refused():
    with pytest.raises(SheetRefusedError, match="过大"):
        read_book(bomb(), "a.xlsx")


def test_cell_far_away_is_refused_before_it_takes_memory():
    book = made(["姓名", "电话"])
    book.active["XFD1048576"] = 1
    with pytest.raises(SheetRefusedError, match="过大"):
        read_book(saved(book), "a.xlsx")


@pytest.mark.slow
def test_ten_thousand_rows_are_read_and_two_hundred_thousand_refused():
    for rows, is_read in ((10_000, True), (200_000, False)):
        book = Workbook(write_only=True)
        page = book.create_sheet()
        page.append(["序号", "姓名", "电话"])
        for number in range(rows):
            page.append([number, "张三", "19900000000"])
        content = saved(book)
        if is_read:
            (table,) = tables_of(read_book(content, "a.xlsx").grids[0])
            assert table.body.a1 == "A2:C10001"
        else:
            with pytest.raises(SheetRefusedError, match="过大"):
                read_book(content, "a.xlsx")


def test_rows_without_a_header_are_no_table():
    grid = Grid("a", (("张三", "男", "990101194001019990", "19900000001"), ("李四", "女", "990101195001019990", "1")))
    assert tables_of(grid) == ()


def test_header_alone_is_a_table_with_nothing_to_fill():
    (table,) = tables_of(Grid("a", (("姓名", "身份证号", "联系电话"),)))
    assert table.body.is_empty
    assert table.body.a1 == "A2"
