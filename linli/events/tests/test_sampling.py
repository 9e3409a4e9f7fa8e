"""A sample can be drawn again by anybody, from the events in any order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.events.rules.sampling import digest_of, draw

NUMBERS = st.lists(st.text(min_size=1, max_size=8), max_size=40, unique=True)


@given(NUMBERS, st.text(max_size=8), st.integers(1, 100), st.randoms())
def test_the_order_of_the_events_does_not_matter(numbers, seed, percent, chance):
    shuffled = list(numbers)
    chance.shuffle(shuffled)
    assert draw(numbers, seed=seed, percent=percent) == draw(shuffled, seed=seed, percent=percent)
    assert digest_of(numbers) == digest_of(shuffled)


@pytest.mark.slow
@given(NUMBERS, st.integers(1, 100))
def test_the_share_is_kept_and_nobody_is_drawn_twice(numbers, percent):
    drawn = draw(numbers, seed="s", percent=percent)
    assert len(drawn) == len(set(drawn)) == -(-len(numbers) * percent // 100)
    assert set(drawn) <= set(numbers)


def test_another_seed_draws_others():
    numbers = [str(number) for number in range(100)]
    assert draw(numbers, seed="a", percent=10) != draw(numbers, seed="b", percent=10)
