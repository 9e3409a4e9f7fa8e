"""CSV in the issuer's encoding, tables of documents, old workbooks as new ones, and data."""

import io
import json
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from linli.sheets.rules.delivery.documents import fill_document
from linli.sheets.rules.delivery.other_files import as_csv, as_json, fill_csv, fill_foreign_workbook
from linli.sheets.rules.delivery.places import Place, Target
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


def test_an_old_workbook_is_delivered_as_a_new_one_and_says_so():
    done = fill_foreign_workbook(form(), place=Place(0, 4, 6), targets=TARGETS, rows=ROWS * 2)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(done.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "柏树湾街道人员名册"
    assert [row[0] for row in rows[3:11]] == ["王某", "=李某", "<赵>某", "王某", "=李某", "<赵>某", "合计", ""]
    assert len(done.notes) == 1
    with pytest.raises(DeliveryRefusedError):
        fill_foreign_workbook(b"x", place=Place(0, 4), targets=TARGETS, rows=ROWS)


def test_rows_leave_as_data():
    rows = [["=王某", date(2026, 1, 2)], [None, 3]]
    assert json.loads(as_json(["a", "b"], rows)) == [{"a": "=王某", "b": "2026-01-02"}, {"a": None, "b": 3}]
    assert as_csv(["a", "b"], rows).decode("utf-8-sig").splitlines()[1] != "=王某,2026-01-02"
