"""How the tree lies in a folder: C2SP tlog-tiles, so that any web server hands it out and any program checks it.

`checkpoint` is the signed head, `tile/L/N` the tiles, `tile/entries/N` the leaves (each its length in 2 bytes, then the
44 bytes of `rules/tree.py`), `keys` the published keys. An unfinished tile ends with `.p/W`, W its hashes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from linli.trust.rules.merkle import BYTES, HEIGHT, WIDTH, Hash, Tree

CHECKPOINT, KEYS = "checkpoint", "keys"
ENTRY = 44


@dataclass(frozen=True, slots=True)
class Wrong:
    """What does not agree in a folder: the file, and the leaf where it is known."""

    file: str
    leaf: int | None = None


def path_of(level: int | str, number: int, width: int = WIDTH) -> PurePosixPath:
    """Return where a tile lies: 1234067 of level 0 is `tile/0/x001/x234/067`."""
    parts = [f"{number % 1000:03}"]
    while number >= 1000:  # noqa: PLR2004  three digits in each folder
        number //= 1000
        parts.insert(0, f"x{number % 1000:03}")
    place = PurePosixPath("tile", str(level), *parts)
    return place if width == WIDTH else PurePosixPath(f"{place}.p", str(width))


def bundle(entries: list[bytes]) -> bytes:
    """Return leaves as one file."""
    return b"".join(len(one).to_bytes(2, "big") + one for one in entries)


def unbundle(data: bytes) -> list[bytes]:
    """Return the leaves of a file; what is cut short comes out shorter."""
    found, place = [], 0
    while place + 2 <= len(data):
        length = int.from_bytes(data[place : place + 2], "big")
        found.append(data[place + 2 : place + 2 + length])
        place += 2 + length
    return found


def widths(size: int) -> Iterator[tuple[int, int, int]]:
    """Yield level, number and width of every tile of a tree of this size."""
    level = 0
    while count := size >> HEIGHT * level:
        for number in range(-(-count // WIDTH)):
            yield level, number, min(WIDTH, count - number * WIDTH)
        level += 1


def check_bundles(files: Mapping[str, bytes], size: int, root: bytes, digest: Hash) -> Iterator[Wrong]:
    """Make the tree again from the leaves in the files and yield every file that does not agree."""
    tree = Tree(digest)
    for number in range(-(-size // WIDTH)):
        width = min(WIDTH, size - number * WIDTH)
        name = str(path_of("entries", number, width))
        entries = unbundle(files.get(name, b""))
        if [len(one) for one in entries] != [ENTRY] * width:
            yield Wrong(name, number * WIDTH)
            return
        leaves = [digest(b"\x00" + one) for one in entries]
        yield from _compare_leaves(files, number, width, leaves)
        for leaf in leaves:
            tree.append(leaf)
        yield from _compare_tiles(files, tree.full_tiles())
    yield from _compare_tiles(files, tree.drain())
    if tree.root() != root:
        yield Wrong(CHECKPOINT)


def _compare_tiles(files: Mapping[str, bytes], made: Mapping[tuple[int, int], bytes]) -> Iterator[Wrong]:
    for (level, number), hashes in made.items():
        name = str(path_of(level, number, len(hashes) // BYTES))
        if level and files.get(name) != hashes:  # level 0 was compared leaf by leaf
            yield Wrong(name)


def _compare_leaves(files: Mapping[str, bytes], number: int, width: int, leaves: list[bytes]) -> Iterator[Wrong]:
    name = str(path_of(0, number, width))
    stored = files.get(name, b"")
    for place, leaf in enumerate(leaves):
        if stored[place * BYTES : (place + 1) * BYTES] != leaf:
            yield Wrong(name, number * WIDTH + place)
            return
    if len(stored) != width * BYTES:
        yield Wrong(name)
