"""Files as people send them, and what their cells say."""

import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.actions.lateness import due_datasets, tell_late
from linli.exchange.models import Dataset
from linli.exchange.queries.datasets import late_since
from linli.exchange.rules.catalogue import CYCLE_DAYS, CYCLES, due_by
from linli.exchange.rules.conversions import converter, day
from linli.exchange.rules.mapping import proposals
from linli.exchange.rules.quality import quality
from linli.exchange.rules.refusals import TableRefusedError
from linli.exchange.rules.tables import read_table
from linli.exchange.tests.factories import HEADER, NAMES, NOW, ROWS, bring, county_of, figures, make_dataset, table
from linli.registry import api as registry


def workbook(rows, merged=()):
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_is_read_in_any_usual_encoding(encoding):
    found = read_table(table(encoding=encoding))
    assert (found.header, [row for _line, row in found.rows]) == (HEADER, ROWS)


def test_a_header_in_row_four_below_notes_is_found(ground):
    above = ["低保人员名册,,,,,", "填报单位：民政局,,,,,", ",,,,,"]
    found = read_table(table(above=above, encoding="gb18030"), known=NAMES)
    assert (found.header_line, found.header, next(found.rows)[0]) == (4, HEADER, 5)
    run = bring(make_dataset(ground), table(above=above, encoding="gb18030"))
    assert figures(run)["new"] == 2


def test_merged_cells_say_the_same_in_each_row_and_notes_above_are_skipped(ground):
    rows = [["低保人员名册"], ["填报单位：民政局"], [], HEADER, ROWS[0], [*ROWS[1][:4], None, *ROWS[1][5:]]]
    content = workbook(rows, ["A1:F1", "E5:E6"])
    found = [row for _line, row in read_table(content, known=NAMES).rows]
    assert [row[4] for row in found] == ["汉族", "汉族"]
    assert figures(bring(make_dataset(ground), content, "低保.xlsx"))["new"] == 2


@pytest.mark.parametrize("content", [b"", b"\n\n", b"PK not a workbook", b"1,2,3\n4,5,6\n"])
def test_what_is_no_table_is_refused_with_a_sentence(content):
    with pytest.raises(TableRefusedError, match="。"):
        list(read_table(content).rows)


def test_damaged_characters_are_named_and_the_others_are_taken(ground):
    many = [["9", "很长的备注" * 20, "", "", "", ""]] * 1000  # what is damaged lies beyond what the encoding is told by
    run = bring(make_dataset(ground), table([*ROWS, *many]) + b"\n3,\xff\xff,,13800003333,,\n")
    (row,) = run.rejected_rows.filter(line=1004)
    assert (row.is_whole, run.new, run.rejected) == (True, 3, 1)
    assert "无法识别" in row.reasons[-1]["sentence"]


@given(st.dates(min_value=NOW.date().replace(year=1900), max_value=NOW.date()))
def test_a_day_is_understood_in_every_layout(one):
    layouts = (
        f"{one:%Y-%m-%d}", f"{one:%Y%m%d}", f"{one.year}年{one.month}月{one.day}日",
        f"{one.year}/{one.month}/{one.day}",
        f"{one.year}.{one.month}.{one.day}", f"{one:%Y-%m-%d} 00:00:00", f"{one:%Y-%m-%d}T08:00:00",
    )  # fmt: skip
    assert {day(text) for text in layouts} == {one.isoformat()}


def test_a_day_that_could_be_two_stays_as_it_is():
    assert (day("3/4/2020"), day("13/4/2020"), day("4/13/2020"), day("44000")) == (
        "3/4/2020", "2020-04-13", "2020-04-13", "2020-06-18",
    )  # fmt: skip
    assert day("2020-02-31") == "2020-02-31"


@pytest.mark.parametrize(
    ("conversion", "text", "found"),
    [
        ("number", "￥１,２００.５０元", "1200.5"), ("number", "3.5万元", "35000"),
        ("flag", "√", "是"), ("flag", "无", "否"),
        ("citizen_id", " 99010119400312122x", "99010119400312122X"), ("phone", "+86 13800001111", "13800001111"),
        ("phone", "13800001111/13900002222", "13800001111"), ("text", "　吴　桂芳 ", "吴 桂芳"), ("plain", "--", ""),
    ],
)  # fmt: skip
def test_cells_are_converted(conversion, text, found):
    assert converter(conversion)(text) == found


def test_names_of_codes_become_codes():
    read = converter("code", [("01", "汉族"), ("15", "土家族")])
    assert [read(text) for text in ("汉族", "汉", "01", "1", "土家", "外星人")] == [
        "01",
        "01",
        "01",
        "01",
        "15",
        "外星人",
    ]


def test_columns_are_proposed_by_name_by_likeness_and_by_their_values(ground):
    header = ["姓名", "户籍地址（详细）", "号码一", "备注"]
    sample = [["吴桂芳", "南苑", "99010119400312122X", ""]] * 5
    found = {one.column: one.element for one in proposals(header, sample, registry.elements_of("person"), "person")}
    assert found == {"姓名": "name", "户籍地址（详细）": "registered_address", "号码一": "citizen_id"}


def test_quality_counts_what_is_missing_wrong_repeated_and_old():
    columns = {"a": {"filled": 10, "bad": 0}, "b": {"filled": 5, "bad": 3}}
    found = quality(rows=10, columns=columns, repeated=1, timely=5)
    assert found == {"complete": 0.75, "valid": 0.8, "unique": 0.9, "timely": 0.5}
    assert set(quality(rows=0, columns={}, repeated=0, timely=0).values()) == {1.0}


def test_a_late_source_is_told_of_once_until_it_comes_again(ground):
    dataset = make_dataset(ground, cycle="weekly")
    late = NOW + timedelta(days=11)
    assert late_since(dataset, NOW + timedelta(days=10)) is None
    assert late_since(dataset, late) == NOW + timedelta(days=10, hours=12)
    assert (tell_late(now=late), tell_late(now=late)) == (1, 0)
    bring(dataset, table(), now=late)
    assert Dataset.objects.get().late_told_at is None
    assert tell_late(now=late + timedelta(days=12)) == 1
    assert due_by("other", NOW) is None
    assert set(CYCLE_DAYS) < set(CYCLES)


def test_sources_are_asked_when_their_time_has_come(ground):
    exchange.save_connection(
        code="c", name="c", connector="drop", values={"folder": "x"}, division_id=county_of(ground), by=accounts.SYSTEM,
        now=NOW,
    )  # fmt: skip
    make_dataset(ground, connection="c", every_minutes=30)
    assert len(due_datasets(now=NOW)) == 1
    Dataset.objects.update(read_at=NOW)
    assert due_datasets(now=NOW + timedelta(minutes=29)) == []
    assert len(due_datasets(now=NOW + timedelta(minutes=30))) == 1
