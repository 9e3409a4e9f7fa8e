"""A card is filled cell by cell in every sort of file; several leave together, each under a name of its own."""

import io
import zipfile

import pytest
import xlwt
from docx import Document
from openpyxl import Workbook

from linli.sheets.rules.delivery.card_files import ZIP, CardFill, fill_cards, layout_of
from linli.sheets.rules.delivery.files import LIST_WRITERS, Bearer, Issue
from linli.sheets.rules.delivery.places import Place, Section, Target
from linli.sheets.rules.delivery.workbook import fill_workbook
from linli.sheets.rules.reading import read_book
from linli.sheets.rules.refusals import DeliveryRefusedError
from linli.sheets.tests.test_spreadsheets import spreadsheet

LINES = (("登记卡", "", ""), ("姓名", "", "性别"), ("地址", "", "=备注"))
CARDS = [CardFill("王某/一", {(2, 2): "王某", (3, 2): "=1+1"}), CardFill("", {(2, 2): "李某", (5, 4): 7})]


def xlsx():
    book, out = Workbook(), io.BytesIO()
    for line in LINES[:2]:
        book.active.append(line)
    book.save(out)
    return out.getvalue()


def xls():
    return xls_of(LINES)


def xlsx_of(lines):
    book, out = Workbook(), io.BytesIO()
    for line in lines:
        book.active.append([one or None for one in line])
    book.save(out)
    return out.getvalue()


def xls_of(lines):
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("卡")
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            sheet.write(row, column, value)
    book.save(out)
    return out.getvalue()


def docx_of(lines):
    made, out = Document(), io.BytesIO()
    table = made.add_table(rows=len(lines), cols=3)
    for row, line in zip(table.rows, lines, strict=True):
        for cell, value in zip(row.cells, line, strict=True):
            cell.text = value
    made.save(out)
    return out.getvalue()


def csv_of(lines):
    return "".join(",".join(line) + "\r\n" for line in lines).encode()


def ods_of(lines):
    said = "".join(
        "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>' if one
            else "<table:table-cell/>" for one in line
        ) + "</table:table-row>" for line in lines
    )  # fmt: skip
    return spreadsheet(f'<table:table table:name="卡">{said}</table:table>')


WITH_LIST = {"xlsx": xlsx_of, "xls": xls_of, "docx": docx_of, "csv": csv_of, "ods": ods_of}
MAKE = {"xlsx": xlsx, "xls": xls, "ods": spreadsheet, "csv": lambda: "姓名,,性别\r\n地址,,\r\n".encode("gb18030")}


@pytest.mark.parametrize("layout", list(MAKE))
def test_each_card_is_a_file_of_its_own(layout):
    back = layout_of(layout, 1)
    content = fill_cards(Issue(MAKE[layout](), f"卡.{layout}", layout), 0, CARDS, Bearer("张某", "e-1")).content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.namelist() == [f"001-王某一.{back}", f"002.{back}"], "what no file may be called is left out"
        first, second = (read_book(packed.read(name), name).grids[0] for name in packed.namelist())
    assert (first.value(1, 1), second.value(1, 1)) == ("王某", "李某")
    assert str(first.value(2, 1)).endswith("=1+1"), "what begins like a formula is a text"
    assert str(second.value(4, 3)) == "7", "also where nothing stood before"
    assert first.value(4, 3) is None
    assert layout_of(layout, 2) == ZIP


def test_one_card_comes_back_as_its_own_sort_of_file():
    content = fill_cards(Issue(xlsx(), "卡.xlsx", "xlsx"), "Sheet", CARDS[:1]).content
    assert read_book(content, "卡.xlsx").grids[0].value(1, 1) == "王某"
    with pytest.raises(DeliveryRefusedError):
        fill_cards(Issue(xlsx(), "卡.xlsx", "xlsx"), "别的", CARDS[:1])


def listed(rows):
    """Return a card with a list of two rows, whose names stand in row 3."""
    return CardFill("王某", {(2, 2): "王某"}, [Section(Place(0, 4, 5), [Target(1), Target(2)], rows)])


@pytest.mark.parametrize("layout", ["xlsx", "xls", "ods", "csv", "docx"])
def test_a_list_within_a_card_grows(layout):
    lines = [
        ["登记卡", "x", "y"],
        ["姓名", "", "性别"],
        ["成员", "关系", ""],
        ["", "", ""],
        ["", "", ""],
        ["签字", "", ""],
    ]
    content = fill_cards(Issue(WITH_LIST[layout](lines), f"卡.{layout}", layout), 0, [listed([["甲", "妻"]] * 3)])
    grid = read_book(content.content, f"卡.{layout_of(layout, 1)}").grids[0]
    assert [grid.value(row, 0) for row in range(2, 7)] == ["成员", "甲", "甲", "甲", "签字"]
    assert (grid.value(1, 1), content.left) == ("王某", 0)
    few = fill_cards(Issue(WITH_LIST[layout](lines), f"卡.{layout}", layout), 0, [listed([["甲", "妻"]])])
    grid = read_book(few.content, f"卡.{layout_of(layout, 1)}").grids[0]
    assert [grid.value(row, 0) for row in range(3, 6)] == ["甲", None, "签字"]


def test_a_name_beside_a_list_in_a_document_reaches_down_with_it():
    made, out = Document(), io.BytesIO()
    table = made.add_table(rows=5, cols=3)
    for row, word in enumerate(("成员", "", "", "签字"), 1):
        table.cell(row, 0).text = word
    table.cell(1, 0).merge(table.cell(3, 0))
    made.save(out)
    rows = [["甲", "妻"], ["乙", "子"], ["丙", "女"]]
    card = CardFill("王某", {(1, 2): "王某"}, [Section(Place(0, 3, 4), [Target(2), Target(3)], rows)])
    done = fill_cards(Issue(out.getvalue(), "卡.docx", "docx"), 0, [card])
    back = Document(io.BytesIO(done.content)).tables[0]
    assert [back.cell(row, 1).text for row in range(2, 6)] == ["甲", "乙", "丙", ""]
    assert back.cell(4, 0).text.strip() == "成员", "the inserted row lies under the name, too"
    assert back.cell(5, 0).text == "签字"


def test_what_finds_no_room_is_counted(monkeypatch):
    def refuses(template, **said):
        if len(said["rows"]) > 2:
            raise DeliveryRefusedError("no room")
        return fill_workbook(template, **said)

    monkeypatch.setitem(LIST_WRITERS, "xlsx", refuses)
    made = fill_cards(Issue(xlsx(), "卡.xlsx", "xlsx"), 0, [listed([["甲", "妻"]] * 5)])
    assert made.left == 3
    assert read_book(made.content, "卡.xlsx").grids[0].value(4, 0) == "甲"
