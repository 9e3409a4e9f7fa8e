"""The tree is that of RFC 9162."""

from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import api as kernel
from linli.trust.rules.merkle import root_of
from linli.trust.rules.tree import leaf_hash


def root_as_the_standard_says(leaves):
    """RFC 9162 section 2.1.1, word by word."""
    if not leaves:
        return kernel.sm3(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return kernel.sm3(b"\x01" + root_as_the_standard_says(leaves[:split]) + root_as_the_standard_says(leaves[split:]))


@given(st.integers(0, 40))
def test_root_is_that_of_the_standard(count):
    leaves = [leaf_hash(1, number, bytes(32)) for number in range(count)]
    assert root_of(leaves) == root_as_the_standard_says(leaves)


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=2, max_size=9, unique=True), st.data())
def test_root_changes_with_the_order(leaves, data):
    shuffled = data.draw(st.permutations(leaves))
    assert (root_of(leaves) == root_of(shuffled)) == (leaves == shuffled)


def test_leaf_hash_binds_its_place():
    places = {leaf_hash(era, number, bytes(32)) for era in (1, 2) for number in (1, 2)}
    assert len(places) == 4
