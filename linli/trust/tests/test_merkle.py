"""The tree, its tiles and its proofs are those of RFC 9162, whatever the size and whoever lies."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.trust.rules.merkle import (
    HASHES,
    Tree,
    consistent,
    included,
    prove_consistency,
    prove_inclusion,
    reader,
    root_of,
    tile_rows,
)

pytestmark = pytest.mark.hypothesis
MOST = 1400  # more than five tiles


def leaves(count, name="sm3"):
    return [HASHES[name](b"\x00" + number.to_bytes(4, "big")) for number in range(count)]


LEAVES = leaves(MOST)


def root_as_the_standard_says(these, digest):
    """RFC 9162 section 2.1.1, word by word."""
    if not these:
        return digest(b"")
    if len(these) == 1:
        return these[0]
    half = 1
    while half * 2 < len(these):
        half *= 2
    left, right = (root_as_the_standard_says(part, digest) for part in (these[:half], these[half:]))
    return digest(b"\x01" + left + right)


def grown(count, digest=HASHES["sm3"]):
    """A tree and its tiles, drained now and then as sealing does."""
    tree, tiles = Tree(digest), {}
    for number, leaf in enumerate(LEAVES[:count]):
        tree.append(leaf)
        if number % 97 == 0:
            tiles.update(tree.drain())
    return tree, {**tiles, **tree.drain()}


WHOLE, TILES = grown(MOST)
AT = reader(TILES, HASHES["sm3"])
ROOTS = {}


def root_at(size):
    if size not in ROOTS:
        ROOTS[size] = root_as_the_standard_says(LEAVES[:size], HASHES["sm3"])
    return ROOTS[size]


@pytest.mark.parametrize("name", ["sm3", "sha256"])
def test_an_empty_tree_has_the_hash_of_nothing(name):
    assert Tree(HASHES[name]).root() == root_of([], HASHES[name]) == HASHES[name](b"")


def test_the_root_of_a_tree_of_sha256_is_that_of_known_logs():
    """The roots that the authors of RFC 6962 publish with their reference code."""
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    tree = Tree(HASHES["sha256"])
    for text in inputs:
        tree.append(HASHES["sha256"](b"\x00" + bytes.fromhex(text)))
    assert tree.root().hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@settings(max_examples=60)
@given(st.integers(0, MOST))
def test_a_tree_that_grows_has_the_root_of_the_standard(size):
    tree, tiles = grown(size)
    assert tree.root() == root_at(size)
    assert {key for key in tiles if len(tiles[key]) < 8192} == {row[:2] for row in tile_rows(size) if row[2]}


@settings(max_examples=40)
@given(st.integers(0, MOST), st.integers(0, 300))
def test_a_tree_goes_on_where_it_stopped(size, more):
    _tree, tiles = grown(size)
    tails = [tiles.get((level, number), b"") if count else b"" for level, number, count in tile_rows(size)]
    again = Tree.resume(HASHES["sm3"], size, tails)
    for leaf in LEAVES[size : size + more]:
        again.append(leaf)
    assert (again.root(), again.size) == (root_at(min(MOST, size + more)), min(MOST, size + more))


def above_and_edge(index, size):
    return {(level, place >> 8 * (level + 1)) for level in range(8) for place in (index, size)}


@given(st.data())
def test_every_leaf_is_proved_from_few_tiles_and_nothing_else_is(data):
    size = data.draw(st.integers(1, MOST))
    index = data.draw(st.integers(0, size - 1))
    few = reader({key: TILES[key] for key in above_and_edge(index, size) if key in TILES}, HASHES["sm3"])
    path = prove_inclusion(index, size, few, HASHES["sm3"])
    right = {"leaf": LEAVES[index], "index": index, "size": size, "path": path, "root": root_at(size),
             "digest": HASHES["sm3"]}  # fmt: skip
    assert included(**right)
    assert len(path) <= (size - 1).bit_length()
    other = data.draw(st.integers(0, MOST - 1).filter(lambda one: one != index))
    assert not included(**{**right, "index": other})
    assert not included(**{**right, "leaf": LEAVES[other]})
    assert not included(**{**right, "path": [*path, LEAVES[0]]})
    assert not included(**{**right, "root": LEAVES[other]})
    if path:
        assert not included(**{**right, "path": path[:-1]})
        place = data.draw(st.integers(0, len(path) - 1))
        assert not included(**{**right, "path": [*path[:place], flipped(path[place], data), *path[place + 1 :]]})


@given(st.data())
def test_every_beginning_is_proved_and_nothing_else_is(data):
    size = data.draw(st.integers(1, MOST))
    old = data.draw(st.integers(0, size))
    path = prove_consistency(old, size, AT, HASHES["sm3"])
    right = {"old": old, "old_root": root_at(old), "size": size, "root": root_at(size), "path": path,
             "digest": HASHES["sm3"]}  # fmt: skip
    assert consistent(**right)
    assert not consistent(**{**right, "old_root": flipped(root_at(old), data)})
    assert not consistent(**{**right, "root": flipped(root_at(size), data)}) or old == 0
    assert not consistent(**{**right, "path": [*path, LEAVES[0]]})
    if path:
        assert not consistent(**{**right, "path": path[:-1]})
        place = data.draw(st.integers(0, len(path) - 1))
        assert not consistent(**{**right, "path": [*path[:place], flipped(path[place], data), *path[place + 1 :]]})


def flipped(value, data):
    bit = data.draw(st.integers(0, 255))
    return (int.from_bytes(value, "big") ^ 1 << bit).to_bytes(32, "big")
