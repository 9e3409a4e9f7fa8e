"""A delivered file says inside who took it out, and no cell of it stands anywhere else for that."""

import io
import re

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
