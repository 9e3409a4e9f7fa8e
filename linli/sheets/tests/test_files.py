"""CSV in the issuer's encoding, tables of documents, old workbooks as new ones, lists without prepared rows."""

import io

import pytest
import xlwt
from openpyxl import Workbook, load_workbook

from linli.sheets.rules.delivery.documents import fill_document
from linli.sheets.rules.delivery.files import Issue, fill_file, words_of
from linli.sheets.rules.delivery.places import Place, Section, Target
from linli.sheets.rules.delivery.text_files import fill_csv
from linli.sheets.rules.refusals import DeliveryRefusedError
from linli.sheets.tests.issued import form, packed, parts

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TARGETS = [Target(1), Target(2)]
ROWS = [["王某", "1"], ["=李某", "2"], ["<赵>某", "3"]]


@pytest.mark.parametrize(("encoding", "delimiter", "ends"), [("gb18030", ",", "\r\n"), ("utf-8-sig", "\t", "\n")])
def test_csv_keeps_encoding_delimiter_and_ends_of_lines(encoding, delimiter, ends):
    template = ends.join([delimiter.join(one) for one in (["姓名", "号"], ["", ""], ["合计", ""])]) + ends
    done = fill_csv(template.encode(encoding), place=Place(0, 2), targets=TARGETS, rows=ROWS)
    lines = done.content.decode(encoding).split(ends)
    assert lines[0] == delimiter.join(["姓名", "号"])
    assert lines[1] == delimiter.join(["王某", "1"])
    assert not lines[2].startswith("=")
    assert lines[4] == delimiter.join(["合计", ""])
    assert (done.rows, done.inserted) == (3, 2)


def test_csv_without_such_a_list_is_refused():
    for content, place in ((b"a,b\n", Place(0, 9)), (b"\xff\xff\xff", Place(0, 1))):
        with pytest.raises(DeliveryRefusedError):
            fill_csv(content, place=place, targets=TARGETS, rows=ROWS)


def document():
    def cell(text, more=""):
        return (
            f'<w:tc><w:tcPr>{more}<w:tcW w:w="1000"/></w:tcPr><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
            f"<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p></w:tc>"
        )

    rows = [[cell("姓名"), cell("号")], [cell("例"), cell("")], [cell("填表人", '<w:gridSpan w:val="2"/>')]]
    body = "".join(f"<w:tr><w:trPr/>{''.join(row)}</w:tr>" for row in rows)
    xml = f"<w:document {W}><w:body><w:p/><w:tbl>{body}</w:tbl></w:body></w:document>"
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode(), "word/styles.xml": b"<s/>"})


def test_rows_of_a_document_are_made_after_the_issuers_own():
    done = fill_document(document(), place=Place(0, 2), targets=TARGETS, rows=ROWS)
    after = parts(done.content)
    xml = after["word/document.xml"].decode()
    assert xml.count("<w:tr>") == 5
    assert xml.count('<w:jc w:val="center"/>') == 9
    assert "例" not in xml
    assert "&lt;赵&gt;某" in xml
    assert xml.index("赵") < xml.index("填表人")
    assert after["word/styles.xml"] == b"<s/>"


def test_a_document_without_such_a_table_is_refused():
    for content, place in (
        (document(), Place(1, 2)),
        (document(), Place(0, 9)),
        (form(), Place(0, 2)),
        (b"x", Place(0, 2)),
    ):
        with pytest.raises(DeliveryRefusedError):
            fill_document(content, place=place, targets=TARGETS, rows=ROWS)


def old_workbook():
    """Return an XLS with a merged title, a list of two rows, and a row of sums that says nothing but numbers."""
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("人员名册")
    sheet.write_merge(0, 0, 0, 2, "柏树湾街道人员名册")
    for row, cells in enumerate((["姓名", "号", "分"], ["例", "", ""], ["", "", ""], ["合计", 0, 0]), 1):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    book.save(out)
    return out.getvalue()


def filled(content, layout, rows, *, place=None):
    lists = [Section(place or Place(0, 3, 4), [Target(1), Target(2), Target(3)], rows)]
    return fill_file(Issue(content, f"册.{layout}", layout), lists)


def test_an_old_workbook_is_delivered_as_a_new_one_with_its_sums_made_anew():
    rows = [["王某", "甲", 3], ["=李某", "乙", 4], ["<赵>某", "丙", 5]]
    sheet = load_workbook(io.BytesIO(filled(old_workbook(), "xls", rows)))["人员名册"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_row=6)] == [
        ["柏树湾街道人员名册", None, None], ["姓名", "号", "分"], *rows, ["合计", "=COUNTA(B3:B5)", "=SUM(C3:C5)"],
    ]  # fmt: skip
    assert sheet["A4"].data_type == "s", "what begins like a formula is a text"
    assert str(sheet.merged_cells) == "A1:C1"
    assert ".xls" in words_of("xls")
    assert not words_of("xlsx")
    with pytest.raises(DeliveryRefusedError):
        filled(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls", rows)


def test_a_list_without_prepared_rows_grows_between_its_header_and_what_stands_below():
    book, out = Workbook(), io.BytesIO()
    for line in (["名册"], ["姓名", "号", "分"], ["填表人", "", "=SUM(C9:C10)"]):
        book.active.append(line)
    book.active.merge_cells("A1:C1")
    book.active.print_title_rows, book.active.print_area = "1:2", "A1:C3"
    book.save(out)
    rows = [["王某", "1", 1], ["李某", "2", 2]]
    sheet = load_workbook(io.BytesIO(filled(out.getvalue(), "xlsx", rows, place=Place(0, 3, 2)))).active
    assert [sheet.cell(row, 1).value for row in range(1, 7)] == ["名册", "姓名", "王某", "李某", "填表人", None]
    assert (sheet.print_title_rows, sheet.print_area) == ("$1:$2", "'Sheet'!$A$1:$C$5")
    text = "姓名,号,分\n合计,,\n".encode()
    lines = filled(text, "csv", rows, place=Place(0, 2, 1)).decode().splitlines()
    assert lines == ["姓名,号,分", "王某,1,1", "李某,2,2", "合计,,"]


def test_a_nested_table_of_a_document_is_not_counted():
    content = document()
    xml = parts(content)["word/document.xml"].decode()
    inner = "<w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc>"
    before = f"<w:tbl><w:tr>{inner}</w:tr></w:tbl><w:p/><w:tbl>"
    two = packed({**parts(content), "word/document.xml": xml.replace("<w:tbl>", before, 1).encode()})
    done = fill_document(two, place=Place(1, 2), targets=TARGETS, rows=ROWS)
    assert "王某" in parts(done.content)["word/document.xml"].decode()
