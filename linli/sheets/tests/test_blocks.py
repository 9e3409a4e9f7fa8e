"""Headings and sums among the rows to fill are seen; what only looks like them is not."""

import pytest

from linli.sheets.rules.blocks import inner_rows, rows_below
from linli.sheets.rules.grids import Grid, Span
from linli.sheets.rules.layouts import tables_of

NAMES, ROOM, SIGNED = ("序号", "姓名", "补贴金额（元）"), (None, None, None), ("填表人：", None, None)


def row(word, number=None):
    return (word, None, number)


def table(*rows, merges=()):
    (found,) = tables_of(Grid("Sheet1", (row("补贴发放表"), NAMES, *rows), merges=merges))
    return found


@pytest.mark.parametrize(
    ("rows", "inner"),
    [
        ((row("（一）城镇"), ROOM, ROOM, row("（二）农村"), ROOM, ROOM, SIGNED), [2, 5]),
        ((row("一、城镇"), ROOM, row("二、农村"), ROOM, SIGNED), [2, 4]),
        ((ROOM, ROOM, row("小计"), ROOM, ROOM, row("小计"), row("合计"), SIGNED), [4]),
        ((row("（一）城镇"), ROOM, row("小计"), row("（二）农村"), ROOM, row("小计"), row("合计"), SIGNED), [2, 4, 5]),
        (((1, "张三", 5), row("小计", 5), (2, "李四", 6), row("合计", 11), SIGNED), [3]),
        ((ROOM, ROOM, row("小计"), row("合计"), SIGNED), []),
        ((ROOM, ROOM, row("合计"), ROOM, SIGNED), []),
        (((1, None, None), (2, None, None), row("合计"), SIGNED), []),
        ((row("第一组"), row("第二组"), row("第三组"), row("合计"), SIGNED), []),
        ((ROOM, ROOM, row("（一）本表一式两份。"), row("（二）请于月底前报送。"), SIGNED), []),
    ],
)
def test_what_parts_the_rows_to_fill_is_seen(rows, inner):
    assert inner_rows(table(*rows)) == inner


def test_a_heading_over_all_cells_is_seen():
    merges = (Span(2, 0, 2, 2), Span(5, 0, 5, 2))
    found = table(row("城镇低保"), ROOM, ROOM, row("农村低保"), ROOM, ROOM, row("合计"), SIGNED, merges=merges)
    assert inner_rows(found) == [2, 5]


@pytest.mark.parametrize("below", [(row("合计"), SIGNED), (SIGNED,)])
def test_below_one_heading_the_rows_begin_below_it(below):
    found = table(row("（一）城镇"), ROOM, ROOM, *below)
    body, left = rows_below(found, inner_rows(found))
    assert (body.row, body.last_row, left) == (3, 4, [])
    found = table(ROOM, ROOM, row("合计"), SIGNED)
    assert rows_below(found, inner_rows(found)) == (found.body, [])
