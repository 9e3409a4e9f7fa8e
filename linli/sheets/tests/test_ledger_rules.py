"""Ledgers and tables by area, rule by rule: what is new, what still holds, which row is which area, what is counted."""

from datetime import date
from uuid import UUID

import pytest

from linli.registry import api as registry
from linli.sheets.rules.counting import added_up, figure_of, key_of
from linli.sheets.rules.ledgers import CellChange, changes_between, likeness, still_holds

OLD, NEW, STAYS = (UUID(int=one) for one in (1, 2, 3))
TODAY = date(2026, 11, 16)
AREAS = (("division:1", "学府社区"), ("division:2", "南苑社区"), ("grid:1", "南苑第一网格"))


def test_what_is_new_is_told_row_by_row_and_cell_by_cell():
    before = {OLD: {"a": "1"}, STAYS: {"a": "1", "b": "2", "gone": "3"}}
    found = changes_between(before, {STAYS: {"a": "1", "b": "4", "added": "5"}, NEW: {"a": "1"}})
    assert (found.came, found.went) == ((NEW,), (OLD,))
    assert found.cells == {STAYS: (CellChange("b", "2", "4"),)}, "a column that one of both lacks is not compared"
    assert changes_between(before, before).is_empty


@pytest.mark.parametrize(
    ("said_on", "known_on", "holds"),
    [(date(2026, 10, 16), None, True), (date(2026, 8, 1), None, False), (TODAY, date(2026, 11, 15), True),
     (date(2026, 11, 1), TODAY, False)],
)  # fmt: skip
def test_what_was_typed_holds_while_it_is_fresh_and_nothing_newer_is_known(said_on, known_on, holds):
    assert still_holds(said_on, today=TODAY, days=92, known_on=known_on) is holds


def test_a_form_is_like_a_ledger_by_its_elements():
    assert likeness(["person.name", "person.phone", ""], ["person.name"]) == 0.5
    assert likeness(["", ""], ["person.name"]) == 0


@pytest.mark.parametrize(
    ("words", "key"),
    [("学府社区", "division:1"), ("南苑", "division:2"), ("南苑社区居委会", "division:2"), ("合  计", "total"),
     ("北苑社区", ""), ("南苑第一网格", "grid:1")],
)  # fmt: skip
def test_a_row_is_known_by_the_name_of_its_area(words, key):
    assert key_of(words, AREAS) == key


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        (["age", ">=", "60"], ("birth_date", "years_from", "60")),
        (["age", ">", "60"], ("birth_date", "years_from", "61")),
        (["age", "<=", "17"], ("birth_date", "years_below", "18")),
        (["age", "<", "18"], ("birth_date", "years_below", "18")),
        (["sex", "=", "2"], ("sex", "is", "2")),
        (["disability_card", "known", ""], ("disability_card", "known", "")),
    ],
)  # fmt: skip
def test_conditions_are_asked_as_the_registry_asks(said, condition):
    assert figure_of({"kind": "count", "of": "person", "where": [said]}) == registry.Figure("person", (condition,))


def test_sums_count_numbers_alone():
    assert added_up([[1, "x", 2.5], [None, 3, True]], [0, 1, 2]) == {0: 1, 1: 3, 2: 2.5}
    assert figure_of({"kind": "total", "of": "house.area"}) == registry.Figure("house", (), "area")
    assert figure_of({"kind": "text"}) is None
