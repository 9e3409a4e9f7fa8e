"""How much two reports say the same: shared terms, and an index that finds near-identical texts among very many."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from linli.events.rules.terms import terms_of

__all__ = ["SAME", "Alike", "LikenessIndex", "groups_of_pairs", "likeness", "near_identical", "ranked_by_likeness"]

SAME = 0.55  # from here on two texts are copies of one another, edited or not; measured by `linli evaluate duplicates`
BANDS, ROWS = 24, 3  # a pair with a likeness of 0.55 shares a band with a probability of 0.99

Key = TypeVar("Key", bound=Hashable)
Terms = Sequence[int]
Hashes = npt.NDArray[np.uint64]

_SEEDS = np.random.default_rng(20_260_401).integers(1, 2**63, size=(2, BANDS * ROWS), dtype=np.uint64)
_HIGH = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Alike(Generic[Key]):
    """A text that resembles another: its key, and how much of both is shared, between 0 and 1."""

    key: Key
    likeness: float


def likeness(one: Terms, other: Terms) -> float:
    """Return the shared part of all distinct terms of two texts (see `rules.terms`), from 0 to 1.

    Copies reach `SAME`; two people's own words about one thing lie between about 0.05 and 0.3, strangers below.
    """
    left, right = set(one), set(other)
    together = len(left | right)
    return len(left & right) / together if together else 0.0


def near_identical(one: str, other: str) -> bool:
    """Tell whether one text is a copy of the other, perhaps edited."""
    return likeness(terms_of(one), terms_of(other)) >= SAME


def ranked_by_likeness(
    text: str, others: Mapping[Key, Terms], *, at_least: float = 0.0, limit: int = 10
) -> list[Alike[Key]]:
    """Return those of a few hundred texts, given by their terms, that resemble `text` most; ties in given order."""
    terms = terms_of(text)
    found = [Alike(key, likeness(terms, known)) for key, known in others.items()]
    return sorted((one for one in found if one.likeness >= at_least), key=lambda one: -one.likeness)[:limit]


class LikenessIndex(Generic[Key]):
    """Near-identical texts among very many, without comparing each with each.

    Each text has a signature of minimum hashes, cut into bands; texts that share a band are compared term by term.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._terms: dict[Key, list[int]] = {}
        self._bands: dict[tuple[int, bytes], list[Key]] = defaultdict(list)

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self._terms)

    def add(self, key: Key, text: str) -> list[Alike[Key]]:
        """Take a text and return the earlier ones that are near-identical to it, the most alike first."""
        terms = terms_of(text)
        bands = list(_bands(terms))
        found = self._alike(terms, bands)
        self._terms[key] = terms
        for band in bands:
            self._bands[band].append(key)
        return found

    def near(self, text: str, *, at_least: float = SAME) -> list[Alike[Key]]:
        """Return the texts that are near-identical to `text`, the most alike first."""
        terms = terms_of(text)
        return self._alike(terms, _bands(terms), at_least=at_least)

    def _alike(self, terms: Terms, bands: Iterable[tuple[int, bytes]], *, at_least: float = SAME) -> list[Alike[Key]]:
        met = dict.fromkeys(key for band in bands for key in self._bands.get(band, ()))
        found = [Alike(key, likeness(terms, self._terms[key])) for key in met]
        return sorted((one for one in found if one.likeness >= at_least), key=lambda one: -one.likeness)


def groups_of_pairs(pairs: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """Return the groups that pairs hang together in, each in the order in which its members came."""
    root: dict[Key, Key] = {}

    def top(key: Key) -> Key:
        while root.setdefault(key, key) != key:
            key = root[key]
        return key

    for one, other in pairs:
        root[top(other)] = top(one)
    groups: dict[Key, list[Key]] = defaultdict(list)
    for key in root:
        groups[top(key)].append(key)
    return list(groups.values())


def _bands(terms: Terms) -> Iterator[tuple[int, bytes]]:
    if not len(terms):
        return
    hashes = np.array(terms, dtype=np.int64).astype(np.uint64)
    signature = _signature(hashes)
    for band in range(BANDS):
        yield band, signature[band * ROWS : (band + 1) * ROWS].tobytes()


def _signature(hashes: Hashes) -> npt.NDArray[np.uint32]:
    mixed = (hashes[:, None] * (_SEEDS[0] | np.uint64(1)) + _SEEDS[1]) >> _HIGH
    lowest: npt.NDArray[np.uint32] = mixed.min(axis=0).astype(np.uint32)
    return lowest
