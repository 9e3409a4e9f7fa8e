"""References in formulas move, grow and are copied as spreadsheet programs do it; what is no reference stays."""

import pytest

from linli.sheets.rules.delivery.formulas import by_row, copied, moved
from linli.sheets.rules.delivery.places import Growth, moved_ranges

GROWTH = Growth("表1", 5, 14, 10)  # a list from row 5 to 14, ten rows behind it


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("SUM(C5:C14)", "SUM(C5:C24)"),
        ("SUM(C4:C13)", "SUM(C4:C13)"),
        ("C15+C$16*$C$17", "C25+C$26*$C$27"),
        ('"C15"&C15', '"C15"&C25'),
        ("LOG10(C15)", "LOG10(C25)"),
        ("SUM(表1!C5:C14)", "SUM(表1!C5:C24)"),
        ("'表1'!$A$15", "'表1'!$A$25"),
        ("Sheet2!C15", "Sheet2!C15"),
        ("[1]表1!C15", "[1]表1!C15"),
        ("T[C15]+C15", "T[C15]+C25"),
        ("表1!$15:$16", "表1!$25:$26"),
        ("$1:$4", "$1:$4"),
        ("C:C", "C:C"),
        ("IF(A1_x=1,A20,B20)", "IF(A1_x=1,A30,B30)"),
        ('COUNTIF(C5:C14,">15")', 'COUNTIF(C5:C24,">15")'),
    ],
)
def test_a_formula_outside_the_list_moves(formula, after):
    assert moved(formula, GROWTH, sheet="表1") == after


def test_a_formula_of_another_sheet_moves_only_where_it_names_this_one():
    assert moved("C15+表1!C15", GROWTH, sheet="Sheet2") == "C15+表1!C25"


def test_within_the_list_only_absolute_stretches_grow():
    one = Growth("s", 5, 5, 3)
    assert moved("SUM(C$5:C5)", one, sheet="s", within=True) == "SUM(C$5:C5)"
    assert moved("RANK(C5,$C$5:$C$5)", one, sheet="s", within=True) == "RANK(C5,$C$5:$C$8)"
    assert moved("C5/$C$6", one, sheet="s", within=True) == "C5/$C$9"


def test_the_sum_of_a_single_row_becomes_that_of_all():
    assert moved("SUM(C5)+C5", Growth("s", 5, 5, 3), sheet="s") == "SUM(C5:C8)+C5"


def test_a_copy_moves_what_is_relative():
    assert copied('B4*$C4+C$4&"B4"', rows=3, columns=1) == 'C7*$C7+D$4&"B4"'
    pieces = by_row("B4*$C4+C$4")
    assert "".join(one if isinstance(one, str) else str(one + 3) for one in pieces) == "B7*$C7+C$4"


def test_ranges_of_looks_move_and_grow():
    assert moved_ranges("A5:F14 H3 B20 A:A", GROWTH) == "A5:F24 H3 B30 A:A"
