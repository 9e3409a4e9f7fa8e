"""One Merkle tree over all leaves (RFC 9162 section 2.1): how it grows, its proofs, and how they are checked.

Pure: no database, no clock. A leaf is HASH(0x00 | entry), a node HASH(0x01 | left | right). HASH is SM3 (GB/T 32905)
or SHA-256, one of them for a ledger. The interior is kept as tiles of 256 hashes (C2SP tlog-tiles): hash `i` of tile
`n` at tile level `l` is the root of the 256^l leaves from (256n + i) · 256^l on.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from linli.kernel import api as kernel

WIDTH, HEIGHT, BYTES = 256, 8, 32  # hashes in a tile, levels of nodes in it, bytes of a hash
SM3, SHA256 = "sm3", "sha256"
Hash = Callable[[bytes], bytes]
NodeAt = Callable[[int, int], bytes]  # (height, index) of a whole subtree -> its root


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


HASHES: dict[str, Hash] = {SM3: kernel.sm3, SHA256: _sha256}


def root_of(leaves: Sequence[bytes], digest: Hash = kernel.sm3) -> bytes:
    """Return the root of leaf hashes. Level by level: an odd last node moves up, which is RFC 9162's split."""
    if not leaves:
        return digest(b"")
    level = list(leaves)
    while len(level) > 1:
        paired = [digest(b"\x01" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired if len(level) % 2 == 0 else [*paired, level[-1]]
    return level[0]


@dataclass(slots=True)
class Tree:
    """A tree that grows at its right edge: `peaks` are the whole subtrees (height, root) that it is made of.

    `tails` are the hashes of the last tile at each tile level; `filled` collects tiles that became full.
    """

    digest: Hash
    size: int = 0
    peaks: list[tuple[int, bytes]] = field(default_factory=list)
    tails: list[bytearray] = field(default_factory=list)
    filled: dict[tuple[int, int], bytes] = field(default_factory=dict)

    @classmethod
    def resume(cls, digest: Hash, size: int, tails: Sequence[bytes]) -> "Tree":
        """Return a tree of this size, given its last tile of each level that is not full (empty where it is)."""
        tree = cls(digest, size, tails=[bytearray(one) for one in tails])
        for level in range(len(tails) - 1, -1, -1):
            hashes = split(bytes(tails[level]))
            place = 0
            for height in range(HEIGHT - 1, -1, -1):
                if len(hashes) >> height & 1:
                    part = hashes[place : place + (1 << height)]
                    tree.peaks.append((level * HEIGHT + height, root_of(part, digest)))
                    place += 1 << height
        return tree

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash at the end."""
        digest, peaks = self.digest, self.peaks
        self._put(0, leaf)
        height, node = 0, leaf
        while peaks and peaks[-1][0] == height:
            node = digest(b"\x01" + peaks.pop()[1] + node)
            height += 1
            if height % HEIGHT == 0:
                self._put(height // HEIGHT, node)
        peaks.append((height, node))
        self.size += 1

    def root(self) -> bytes:
        """Return the root over all leaves."""
        if not self.peaks:
            return self.digest(b"")
        root = self.peaks[-1][1]
        for _height, node in reversed(self.peaks[:-1]):
            root = self.digest(b"\x01" + node + root)
        return root

    def full_tiles(self) -> dict[tuple[int, int], bytes]:
        """Return every tile that became full since the last call."""
        filled, self.filled = self.filled, {}
        return filled

    def drain(self) -> dict[tuple[int, int], bytes]:
        """Return every tile that changed since the last call, the unfinished ones with what they hold so far."""
        filled = self.full_tiles()
        for level, tail in enumerate(self.tails):
            if tail:
                filled[level, (self.size >> HEIGHT * level) // WIDTH] = bytes(tail)
        return filled

    def _put(self, level: int, node: bytes) -> None:
        if level == len(self.tails):
            self.tails.append(bytearray())
        tail = self.tails[level]
        tail += node
        if len(tail) == WIDTH * BYTES:
            number = ((self.size + 1) >> HEIGHT * level) // WIDTH - 1
            self.filled[level, number] = bytes(tail)
            tail.clear()


def tile_rows(size: int) -> list[tuple[int, int, int]]:
    """Return the last tile of each level of a tree of this size that is not full: level, number, hashes in it."""
    rows, level = [], 0
    while size >> HEIGHT * level:
        count = size >> HEIGHT * level
        rows.append((level, count // WIDTH, count % WIDTH))
        level += 1
    return rows


def split(hashes: bytes) -> list[bytes]:
    """Return the hashes of a tile."""
    return [hashes[place : place + BYTES] for place in range(0, len(hashes), BYTES)]


def reader(tiles: dict[tuple[int, int], bytes], digest: Hash) -> NodeAt:
    """Return a function that gives the root of a whole subtree from tiles. It raises KeyError for one that lacks."""

    def at(height: int, index: int) -> bytes:
        level, inside = divmod(height, HEIGHT)
        number, place = divmod(index, WIDTH >> inside)
        row = layers(tiles[level, number], digest)[inside]
        if place >= len(row):
            raise KeyError((level, index))
        return row[place]

    return at


@lru_cache(maxsize=64)
def layers(hashes: bytes, digest: Hash) -> list[list[bytes]]:
    """Return the nodes within a tile by height, those of whole subtrees only. Tiles high up are asked for each time."""
    rows = [split(hashes)]
    while len(rows) < HEIGHT:
        below = rows[-1]
        rows.append([digest(b"\x01" + left + right) for left, right in zip(below[::2], below[1::2], strict=False)])
    return rows


def prove_inclusion(index: int, size: int, at: NodeAt, digest: Hash) -> list[bytes]:
    """Return the path of a leaf to the root of a tree of this size (RFC 9162 section 2.1.3.1)."""
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(subtree(middle, end, at, digest))
            end = middle
        else:
            path.append(subtree(begin, middle, at, digest))
            begin = middle
    return path[::-1]


def prove_consistency(old: int, size: int, at: NodeAt, digest: Hash) -> list[bytes]:
    """Return what shows that a tree of `old` leaves is the beginning of one of `size` (RFC 9162 section 2.1.4.1)."""
    if not 0 < old < size:
        return []
    path: list[bytes] = []
    begin, end = 0, size
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            path.append(subtree(middle, end, at, digest))
            end = middle
        else:
            path.append(subtree(begin, middle, at, digest))
            begin = middle
    if begin:
        path.append(subtree(begin, end, at, digest))
    return path[::-1]


def subtree(begin: int, end: int, at: NodeAt, digest: Hash) -> bytes:
    """Return the root over the leaves from `begin` to before `end`; `begin` is a border of their subtree."""
    size = end - begin
    if size & (size - 1) == 0:
        height = size.bit_length() - 1
        return at(height, begin >> height)
    middle = begin + _split(size)
    return digest(b"\x01" + subtree(begin, middle, at, digest) + subtree(middle, end, at, digest))


def included(*, leaf: bytes, index: int, size: int, path: Iterable[bytes], root: bytes, digest: Hash) -> bool:
    """Tell whether a leaf hash stands at this index of the tree with this root (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, node = index, size - 1, leaf
    for sibling in path:
        if last == 0 or len(sibling) != BYTES:
            return False
        if here & 1 or here == last:
            node = digest(b"\x01" + sibling + node)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            node = digest(b"\x01" + node + sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and node == root


def consistent(*, old: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes], digest: Hash) -> bool:
    """Tell whether the tree of `old` leaves is the beginning of that of `size` (RFC 9162 section 2.1.4.2)."""
    if old == size:
        return not path and old_root == root
    if old == 0:
        return size > 0 and not path and old_root == digest(b"")
    if not 0 < old < size or not path or any(len(one) != BYTES for one in path):
        return False
    steps = list(path) if old & (old - 1) else [old_root, *path]
    here, last = old - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    return _walk(steps, here, last, digest) == (old_root, root)


def _walk(steps: Sequence[bytes], here: int, last: int, digest: Hash) -> tuple[bytes, bytes] | None:
    """Return the roots of the old and the new tree that a path leads to; None where it has another length."""
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            before, after = digest(b"\x01" + step + before), digest(b"\x01" + step + after)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            after = digest(b"\x01" + after + step)
        here, last = here >> 1, last >> 1
    return (before, after) if last == 0 else None


def _split(size: int) -> int:
    """Return the largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
