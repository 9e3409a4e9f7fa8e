"""How near messages are: shared rare characters, times the same kind of thing by latent meaning."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from linli.events.rules.classify import BUCKETS, Grams, gram_buckets

__all__ = ["OPENING", "Floats", "Space", "Text"]

GRAMS = Grams((2, 3))
OPENING = 300  # characters of the body that are read; further down people tell other stories
EVERYDAY = 0.2  # grams in more than this part of all messages say nothing
TWICE, FEW = 2, 50
MEANINGS = 60
FREQUENT = 8  # messages that a gram needs before it can carry meaning

Text = tuple[str, str]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Matrix = Any  # a scipy sparse matrix; scipy brings no types


class Space:
    """What is rare and what belongs together, learned from all messages at once; no labels, no words."""

    def __init__(self, texts: Sequence[Text]) -> None:
        """Learn from texts, each a title and a body."""
        titles, bodies = _grams([title for title, _ in texts]), _grams([body for _, body in texts])
        met = [np.unique(np.concatenate(pair)) for pair in zip(titles, bodies, strict=True)]
        spread = np.bincount(np.concatenate(met), minlength=BUCKETS)
        used = np.flatnonzero((spread >= TWICE) & (spread <= max(EVERYDAY * len(texts), FEW)))
        self._column = np.full(BUCKETS, -1, dtype=np.int64)
        self._column[used] = np.arange(len(used))
        self._rare = np.log(len(texts) / (1 + spread[used])) + 1
        self._often = np.flatnonzero(spread[used] >= FREQUENT)
        self._all = _unit(self._weighed(titles) + self._weighed(bodies))
        self._kinds = _kinds(self._all[:, self._often])

    def nearness(self) -> Floats:
        """Return for the n texts it learned from an n by n matrix from 0, strangers, to 1, the same."""
        return self._near(self._all)

    def nearness_of(self, texts: Sequence[Text]) -> Floats:
        """Return the same for other texts."""
        titles, bodies = _grams([title for title, _ in texts]), _grams([body for _, body in texts])
        return self._near(_unit(self._weighed(titles) + self._weighed(bodies)))

    def _weighed(self, grams: Sequence[Ints]) -> Matrix:
        from scipy.sparse import csr_matrix  # noqa: PLC0415  slow to import

        columns = [self._column[one] for one in grams]
        known = [one[one >= 0] for one in columns]
        ends = np.cumsum([0, *(len(one) for one in known)])
        counted = csr_matrix((np.ones(ends[-1]), np.concatenate(known), ends), shape=(len(grams), len(self._rare)))
        counted.sum_duplicates()
        counted.data = (1 + np.log(counted.data)) * self._rare[counted.indices]
        weighted: Matrix = _unit(counted)
        return weighted

    def _near(self, weighted: Matrix) -> Floats:
        shared = (weighted @ weighted.T).toarray()
        if self._kinds is None:
            return _float(np.sqrt(np.maximum(shared, 0)))
        points = weighted[:, self._often] @ self._kinds
        lengths = np.linalg.norm(points, axis=1, keepdims=True)
        points = (points / np.where(lengths > 0, lengths, 1)).astype(np.float32)
        return _float(np.sqrt(np.maximum(shared, 0) * np.maximum(points @ points.T, 0)))


def _kinds(weighted: Matrix) -> Floats | None:
    """Return the directions in which texts differ most, or None where there are too few to find any."""
    from sklearn.utils.extmath import randomized_svd  # noqa: PLC0415  slow to import

    count = min(MEANINGS, weighted.shape[1] - 1, weighted.shape[0] // 8)
    if count < TWICE:
        return None
    _left, _strength, right = randomized_svd(weighted, count, n_iter=3, random_state=0)
    return np.asarray(right.T, dtype=np.float32)


def _float(matrix: Matrix) -> Floats:
    return np.asarray(matrix, dtype=np.float32)


def _grams(texts: Sequence[str]) -> list[Ints]:
    return [gram_buckets(text[:OPENING], GRAMS) for text in texts]


def _unit(matrix: Matrix) -> Matrix:
    from scipy.sparse import diags  # noqa: PLC0415  slow to import

    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (diags(1 / np.where(lengths > 0, lengths, 1)) @ matrix).tocsr()
