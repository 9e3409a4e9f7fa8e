"""Shares are counted within their sample, and adding groups gives the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.insight.rules.counting import Masks, Share, UnknownMarkError, masks_of

MARKS = ("a", "b", "c")
COUNTS = st.dictionaries(st.integers(0, 7), st.integers(0, 50))


@given(COUNTS, st.sets(st.sampled_from(MARKS)), st.sets(st.sampled_from(MARKS)))
def test_hits_lie_within_the_sample(counts, numerator, denominator):
    share = masks_of(numerator, denominator, MARKS).share(counts)
    assert 0 <= share.hits <= share.sample <= sum(counts.values())
    assert share.value is None if share.sample == 0 else 0 <= share.value <= 1


@given(COUNTS, COUNTS)
def test_two_groups_together_are_counted_as_one(one, other):
    masks = masks_of(["b"], ["a"], MARKS)
    both = {marks: one.get(marks, 0) + other.get(marks, 0) for marks in {*one, *other}}
    assert masks.share(one) + masks.share(other) == masks.share(both)


def test_masks_follow_the_order_of_the_marks():
    assert masks_of(["c"], ["a"], MARKS) == Masks(sample=1, hits=5)
    with pytest.raises(UnknownMarkError):
        masks_of(["handler"], [], MARKS)


@pytest.mark.parametrize(("sample", "small"), [(0, False), (1, True), (9, True), (10, False)])
def test_fewer_than_ten_are_a_small_sample(sample, small):
    assert Share(0, sample).is_small is small
