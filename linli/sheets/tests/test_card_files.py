"""A card is filled cell by cell in every sort of file; several leave together, each under a name of its own."""

import io
import zipfile

import pytest
import xlwt
from openpyxl import Workbook

from linli.sheets.rules.delivery.card_files import ZIP, CardFill, fill_cards, layout_of
from linli.sheets.rules.delivery.files import Bearer, Issue
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
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("卡")
    for row, line in enumerate(LINES):
        for column, value in enumerate(line):
            sheet.write(row, column, value)
    book.save(out)
    return out.getvalue()


MAKE = {"xlsx": xlsx, "xls": xls, "ods": spreadsheet, "csv": lambda: "姓名,,性别\r\n地址,,\r\n".encode("gb18030")}


@pytest.mark.parametrize("layout", list(MAKE))
def test_each_card_is_a_file_of_its_own(layout):
    back = layout_of(layout, 1)
    content = fill_cards(Issue(MAKE[layout](), f"卡.{layout}", layout), 0, CARDS, Bearer("张某", "e-1"))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.namelist() == [f"001-王某一.{back}", f"002.{back}"], "what no file may be called is left out"
        first, second = (read_book(packed.read(name), name).grids[0] for name in packed.namelist())
    assert (first.value(1, 1), second.value(1, 1)) == ("王某", "李某")
    assert str(first.value(2, 1)).endswith("=1+1"), "what begins like a formula is a text"
    assert str(second.value(4, 3)) == "7", "also where nothing stood before"
    assert first.value(4, 3) is None
    assert layout_of(layout, 2) == ZIP


def test_one_card_comes_back_as_its_own_sort_of_file():
    content = fill_cards(Issue(xlsx(), "卡.xlsx", "xlsx"), "Sheet", CARDS[:1])
    assert read_book(content, "卡.xlsx").grids[0].value(1, 1) == "王某"
    with pytest.raises(DeliveryRefusedError):
        fill_cards(Issue(xlsx(), "卡.xlsx", "xlsx"), "别的", CARDS[:1])
