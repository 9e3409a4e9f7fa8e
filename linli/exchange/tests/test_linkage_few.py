"""One record is cleaned, keyed and compared as bytes: word for word what the columns say of many. No database."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.exchange.rules.linkage_batch import judged
from linli.exchange.rules.linkage_blocks import keys_of, pairs_of
from linli.exchange.rules.linkage_compare import levels_of
from linli.exchange.rules.linkage_crowd import crowd
from linli.exchange.rules.linkage_kinds import PERSON, block_keys, judge, rows_from
from linli.exchange.rules.linkage_pair import judged_pair, levels_of_pair
from linli.exchange.rules.linkage_row import FEW, keys_of_row, row_of
from linli.exchange.rules.linkage_rows import People, rows_of
from linli.exchange.rules.linkage_training import train

AMONG = 1_000_000
NAMES = st.text(alphabet="王李明小晓芳方·. A𠮷", max_size=12)
NUMBERS = st.text(alphabet="0123456789", min_size=15, max_size=18) | st.text(alphabet="0189xX一 ", max_size=20)
DAYS = st.dates().map(str) | st.text(alphabet="0123456789-一", max_size=12)
PHONES = st.text(alphabet="0123456789", min_size=10, max_size=12) | st.text(alphabet="013-一", max_size=13)
HOMES = st.sampled_from(["", "青石巷7号2栋1单元201室", "青石巷七号", "东风路", "12"])
DIRTY = st.tuples(NAMES, NUMBERS, DAYS, st.sampled_from(["", "1", "2", "9", "男"]), PHONES, HOMES)


@pytest.fixture(scope="module")
def people():
    found, _truth = crowd(6_000, seed=12)
    return found


@pytest.fixture(scope="module")
def rows(people):
    return rows_of(people)


@pytest.fixture(scope="module")
def model():
    return train(rows_of(crowd(20_000, seed=5)[0]))


def each(people):
    return zip(people.names, people.ids, people.births, people.sexes, people.phones, people.addresses, strict=True)


def test_rows_and_keys_are_those_of_the_columns(people, rows):
    few = [row_of(one) for one in each(people)]
    assert few == [row.tobytes() for row in rows]
    assert [keys_of_row(row) for row in few] == keys_of(rows).tolist()


@given(one=DIRTY)
def test_whatever_a_source_says_is_cleaned_alike(one):
    assert row_of(one) == rows_of(People(*[[value] for value in one])).tobytes()


@given(one=DIRTY)
def test_whatever_a_source_says_has_the_same_keys(one):
    assert [keys_of_row(row_of(one))] == keys_of(rows_of(People(*[[value] for value in one]))).tolist()


@given(left=DIRTY, right=DIRTY)
def test_whatever_two_sources_say_agrees_alike(left, right):
    a, b = rows_of(People(*[[value] for value in left])), rows_of(People(*[[value] for value in right]))
    assert levels_of_pair(a.tobytes(), b.tobytes()) == tuple(levels_of(a, b)[0])


def test_levels_verdicts_and_odds_are_those_of_the_columns(rows, model):
    left, right = pairs_of(keys_of(rows))
    chance = np.random.default_rng(1)
    left, right = (np.r_[near, chance.integers(0, len(rows), 3_000)] for near in (left, right))
    verdicts, odds = judged(rows[left], rows[right], model, among=AMONG)
    pairs = [(one.tobytes(), other.tobytes()) for one, other in zip(rows[left], rows[right], strict=True)]
    assert [levels_of_pair(*pair) for pair in pairs] == [tuple(one) for one in levels_of(rows[left], rows[right])]
    assert [judged_pair(*pair, model, among=AMONG) for pair in pairs] == list(
        zip(verdicts.tolist(), odds.tolist(), strict=True)
    )
    assert {0, 1, 2} == set(verdicts.tolist())


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1])
def test_few_and_many_go_through_the_same_door(people, rows, model, count):
    codes = ("name", "citizen_id", "birth_date", "sex", "phone", "address")
    said = [{**dict(zip(codes, one, strict=True)), "area_code": "990101001001"} for one in each(people)][:count]
    found = rows_from(PERSON, said)
    wanted = rows[:count].copy()
    wanted["area"] = 990101001001
    assert found.tobytes() == wanted.tobytes()
    assert block_keys(PERSON, found).tolist() == keys_of(found).tolist()
    verdicts, odds = judge(PERSON, found, found[::-1], model, among=AMONG)
    wanted = judged(found, found[::-1], model, among=AMONG)
    assert (verdicts.tolist(), odds.tolist()) == (wanted[0].tolist(), wanted[1].tolist())
