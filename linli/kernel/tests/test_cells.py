"""No cell is a formula, and a cell that comes back says what it said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.rules.cells import FORMULA, safe_cell, true_cell

TEXTS = st.text(alphabet="'=+-@\t\r1a王 ", max_size=8) | st.text(max_size=20)


@given(text=TEXTS)
def test_no_cell_begins_like_a_formula_and_it_comes_back_whole(text):
    assert not safe_cell(text).startswith(FORMULA)
    assert true_cell(safe_cell(text)) == text


@pytest.mark.parametrize("text", ["'", "''", "'quoted'", "O'Neil", "", "王-一"])
def test_what_is_no_formula_stays(text):
    assert safe_cell(text) == true_cell(text) == text
