"""Small cells: what is kept back cannot be computed from what is published."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.exchange.rules.suppression import OTHER, TooSmallError, exposed, protect

LEAST = 3
COUNTS = st.dictionaries(
    st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz")), st.integers(0, 5), min_size=1, max_size=9
)


def solutions(table):
    """Return every table that agrees with what is published, by trying them: kept-back cells are 1 or more."""
    places = [(r, c) for r, line in enumerate(table.cells) for c, cell in enumerate(line) if cell is None]
    most = {(r, c): min(table.row_totals[r], table.column_totals[c]) for r, c in places}
    found = []

    def fill(rest, known):
        if not rest:
            found.append(known)
            return
        place, *others = rest
        for value in range(1, most[place] + 1):
            tried = {**known, place: value}
            if fits(table, tried, others):
                fill(others, tried)
            if len(found) > 3000:
                return

    fill(places, {})
    return places, found


def fits(table, known, unknown):
    for r, line in enumerate(table.cells):
        if not fits_one([known.get((r, c), cell) for c, cell in enumerate(line)], table.row_totals[r]):
            return False
    for c, total in enumerate(table.column_totals):
        if not fits_one([known.get((r, c), table.cells[r][c]) for r in range(len(table.cells))], total):
            return False
    return True


def fits_one(cells, total):
    gap, missing = total - sum(cell for cell in cells if cell is not None), cells.count(None)
    return gap >= missing if missing else gap == 0


@pytest.mark.slow
@settings(deadline=None)  # every table is tried
@given(COUNTS)
def test_no_cell_that_is_kept_back_can_be_computed(counts):
    try:
        table = protect(counts, least=LEAST)
    except TooSmallError:
        return
    places, found = solutions(table)
    assert found, "the true table agrees with what is published"
    if len(found) <= 3000:
        assert [place for place in places if len({one[place] for one in found}) == 1] == []


@given(COUNTS)
def test_what_is_published_is_true_and_not_small(counts):
    try:
        table = protect(counts, least=LEAST)
    except TooSmallError:
        return
    assert sum(table.row_totals) == sum(table.column_totals) == sum(counts.values())
    assert all(cell is None or cell == 0 or cell >= LEAST for line in table.cells for cell in line)
    assert all(total >= LEAST for total in (*table.row_totals, *table.column_totals))


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=3), min_size=2, max_size=3).filter(
    lambda rows: len({len(row) for row in rows}) == 1), st.data())  # fmt: skip
def test_exposure_is_what_trying_every_table_finds(rows, data):
    places = [(r, c) for r, line in enumerate(rows) for c, count in enumerate(line) if count]
    hidden = set(data.draw(st.lists(st.sampled_from(places), unique=True))) if places else set()
    values = {place: set() for place in hidden}
    for tried in product(*(range(1, 10) for _ in hidden)) if len(hidden) <= 4 else ():
        known = dict(zip(sorted(hidden), tried, strict=True))
        table = [[known.get((r, c), count) for c, count in enumerate(line)] for r, line in enumerate(rows)]
        if totals(table) == totals(rows):
            for place in hidden:
                values[place].add(known[place])
    if len(hidden) <= 4:
        assert set(exposed(rows, hidden)) == {place for place, seen in values.items() if len(seen) == 1}


def totals(table):
    return [sum(line) for line in table], [sum(line) for line in zip(*table, strict=True)]


def test_a_single_small_cell_takes_three_others_with_it():
    counts = {(row, column): 50 for row in "AB" for column in "xy"} | {("A", "x"): 4}
    table = protect(counts, least=10)
    assert table.kept_back == 4
    assert table.row_totals == (54, 100)


def test_two_ones_that_a_total_gives_away_are_not_left_alone():
    """1 + 1 = 2 would be clear to whoever knows that what is kept back is not 0."""
    counts = {("A", "x"): 1, ("A", "y"): 1, ("A", "z"): 40, ("B", "x"): 30, ("B", "y"): 30, ("B", "z"): 30}
    table = protect(counts, least=10)
    assert table.cells[0][2] is None


def test_small_areas_are_put_together():
    counts = {("A", "x"): 30, ("B", "x"): 4, ("C", "x"): 8}
    table = protect(counts, least=10)
    assert table.rows == ("A", OTHER)
    assert table.row_totals == (30, 12)


def test_a_table_of_few_people_is_not_published():
    with pytest.raises(TooSmallError):
        protect({("A", "x"): 4, ("B", "x"): 5}, least=10)
