"""A delivered file says inside who took it out, and no cell of it stands anywhere else for that."""

import io
import re
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from linli.sheets.rules.delivery.files import Bearer, Issue, fill_file
from linli.sheets.rules.delivery.marks import marked_file
from linli.sheets.rules.delivery.places import Place, Section, Target
from linli.sheets.tests.drawn import convert, needs_office
from linli.sheets.tests.drawn import words_of as drawn
from linli.sheets.tests.issued import FIRST, LISTS, SHEET, form, packed, parts, saved

WORDS, ENTRY = "周敏 & 同事 · 南苑社区居委会 · 2026-11-23 10:00 · ABCDEFGH23", "01a2b0f0-0000-7000-8000-000000000001"


def test_properties_and_a_free_foot_say_who_took_it():
    after = load_workbook(io.BytesIO(marked_file(form(), words=WORDS, entry=ENTRY, sheets=[SHEET])))
    assert (after.properties.lastModifiedBy, after.properties.identifier) == (WORDS, ENTRY)
    assert "ABCDEFGH23" in after[SHEET].oddFooter.center.text
    assert after[LISTS].oddFooter.center.text is None, "only what is filled says it"


def test_the_issuers_own_foot_stays():
    book = Workbook()
    book.active.oddFooter.center.text = "第 &P 页"
    book.active.append(["姓名"])
    after = load_workbook(io.BytesIO(marked_file(saved(book), words=WORDS, entry=ENTRY, sheets=[0])))
    assert after.active.oddFooter.center.text == "第 &P 页"
    assert after.properties.lastModifiedBy == WORDS


def test_a_document_and_a_file_without_properties_say_it_too():
    document, out = Document(), io.BytesIO()
    document.add_table(rows=2, cols=2)
    document.save(out)
    marked = Document(io.BytesIO(marked_file(out.getvalue(), words=WORDS, entry=ENTRY)))
    assert (marked.core_properties.last_modified_by, marked.core_properties.identifier) == (WORDS, ENTRY)
    bare = {name: part for name, part in parts(form()).items() if name != "docProps/core.xml"}
    for path in ("[Content_Types].xml", "_rels/.rels"):
        bare[path] = re.sub(rb"<(?:Override|Relationship) [^>]*docProps/core\.xml[^>]*/>", b"", bare[path])
    after = load_workbook(io.BytesIO(marked_file(packed(bare), words=WORDS, entry=ENTRY)))
    assert after.properties.lastModifiedBy == WORDS


OWN_FOOT = "<s:footer><t:p>第 1 页</t:p></s:footer>"
HIDDEN = '<s:header s:display="false"/><s:footer s:display="false"/><s:footer-left s:display="false"/>'


def open_document(page):
    """Return an open spreadsheet of two sheets, printed on two pages; the first one is as told."""
    names = "xmlns:s='urn:oasis:names:tc:opendocument:xmlns:style:1.0'"
    content = (
        f"<o:c xmlns:o='o' xmlns:b='b' {names}><s:style s:name='ta1' s:family='table' s:master-page-name='P1'/>"
        "<o:spreadsheet><b:table b:name='册' b:style-name='ta1'/><b:table b:name='字典'/></o:spreadsheet></o:c>"
    )
    looks = f"<o:d xmlns:o='o' xmlns:t='t' {names}>{page}<s:master-page s:name='Default'/></o:d>"
    return packed({"content.xml": content.encode(), "styles.xml": looks.encode()})


@pytest.mark.parametrize(
    ("page", "is_said"),
    [
        ("<s:master-page s:name='P1'/>", True),
        (f"<s:master-page s:name='P1'>{HIDDEN}</s:master-page>", True),
        ("<s:master-page s:name='P1'><s:header><t:p>甲</t:p></s:header></s:master-page>", True),
        (f"<s:master-page s:name='P1'>{OWN_FOOT}</s:master-page>", False),
    ],
)
def test_the_pages_of_an_open_spreadsheet_say_it_where_no_foot_is_shown(page, is_said):
    after = parts(marked_file(open_document(page), words=WORDS, entry=ENTRY, sheets=["册"]))["styles.xml"].decode()
    first, second = list(ET.fromstring(after))
    feet = [one for one in first if one.tag.endswith("}footer")]
    assert ("ABCDEFGH23" in "".join(feet[0].itertext())) is is_said
    assert len(feet) == 1, "a foot that was not shown is not there twice"
    assert len(second) == 0, "only what is filled says it"
    assert [one.tag.rpartition("}")[2] for one in first][:2][-1] == "footer", "behind what stands at the head"


@pytest.mark.slow
@needs_office
def test_a_marked_file_is_drawn_like_one_without_a_mark(tmp_path):
    """Every word stands at the same place of the same page; the foot is all that is new."""
    rows = [[n, f"李某{n}", 10 * n, "1", None, "x", "女"] for n in range(1, 40)]
    lists = [Section(Place(SHEET, FIRST, FIRST + 2), [Target(at) for at in range(1, 8)], rows)]
    for name, bearer in (("plain", None), ("marked", Bearer(WORDS, ENTRY))):
        (tmp_path / f"{name}.xlsx").write_bytes(fill_file(Issue(form(), "册.xlsx", "xlsx"), lists, bearer))
    convert(tmp_path, "pdf", "plain.xlsx", "marked.xlsx")
    plain, marked = (drawn(tmp_path / f"{name}.pdf") for name in ("plain", "marked"))
    assert plain
    assert set(plain) <= set(marked)
    assert {word for *_place, word in set(marked) - set(plain)} <= set(WORDS.split())
