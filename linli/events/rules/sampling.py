"""A random sample that anybody can draw again: the order of hashes of seed and number."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from math import ceil


def draw(numbers: Iterable[str], *, seed: str, percent: int) -> list[str]:
    """Return this share of the numbers, rounded up, in the order drawn; none only where there is none.

    The order of the input does not matter. `percent` is 1 to 100.
    """
    ranked = sorted(set(numbers), key=lambda number: (sha256(f"{seed}\n{number}".encode()).digest(), number))
    return ranked[: ceil(len(ranked) * percent / 100)]


def digest_of(numbers: Sequence[str]) -> str:
    """Return the SHA-256 of the sorted numbers, in hex: the same events have the same one."""
    return sha256("\n".join(sorted(numbers)).encode()).hexdigest()
