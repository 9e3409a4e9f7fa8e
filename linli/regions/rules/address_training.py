"""Learning to read addresses: a conditional random field over hashed features, by gradient steps over small batches."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from linli.regions.rules.address_model import TAGS, AddressModel, Segment, allowed
from linli.regions.rules.address_names import AddressNames
from linli.regions.rules.address_tokens import BITS, Batch, batch, plain

__all__ = ["train"]

Array = npt.NDArray[np.float64]
_SMALL_BATCH, _RATE, _DECAY = 128, 0.25, 2e-6
_COLUMN = {tag: 2 * number for number, tag in enumerate(TAGS)}


def train(
    rows: Sequence[Sequence[Segment]], *, names: AddressNames | None, version: str, rounds: int = 8,
    unknown: float = 0.15, veiled: float = 0.3, report: Callable[[str], None] = lambda _: None,
) -> AddressModel:  # fmt: skip
    """Return a model that reads the rows.

    A share `unknown` of the rows is read as if no division were known, and in a share `veiled` the characters of names
    are hidden, so that the model also learns from the shape of an address.
    """
    rng = np.random.default_rng(20260101)
    learner = _Learner()
    for turn in range(rounds):
        order = rng.permutation(len(rows))
        loss = 0.0
        for start in range(0, len(rows), _SMALL_BATCH):
            chosen = [rows[number] for number in order[start : start + _SMALL_BATCH]]
            lexical = rng.random(len(chosen)) >= veiled
            with_names = names if rng.random() >= unknown else None
            loss += learner.learn(*_example(chosen, with_names, lexical))
        report(f"{turn + 1}/{rounds}: {loss / max(len(rows), 1):.3f}")
    return AddressModel(learner.weights.astype(np.float32), learner.steps.astype(np.float32), version)


def _example(
    rows: Sequence[Sequence[Segment]], names: AddressNames | None, lexical: npt.NDArray[np.bool_]
) -> tuple[Batch, npt.NDArray[np.int64]]:
    seen = batch([plain("".join(one.text for one in row)) for row in rows], names, lexical=lexical)
    return seen, np.array(
        [column for row, tokens in zip(rows, seen.texts, strict=True) for column in _columns(row, tokens)]
    )


def _columns(row: Sequence[Segment], tokens: Sequence[str]) -> list[int]:
    """Return the column of each token; where a border falls into a run of digits, the earlier segment has it."""
    owner = [(segment, place == 0) for segment in row for place in range(len(segment.text))]
    columns, at, last = [], 0, None
    for token in tokens:
        segment, _ = owner[at]
        columns.append(_COLUMN[segment.tag] + (segment is last))
        last, at = segment, at + len(token)
    return columns


class _Learner:
    """Weights while they are learned (AdaGrad)."""

    def __init__(self) -> None:
        width = 2 * len(TAGS)
        self.weights = np.zeros((1 << BITS, width), dtype=np.float32)
        self._seen = np.full((1 << BITS, width), 1e-2, dtype=np.float32)
        self.steps = np.zeros((width, width))
        self._steps_seen = np.full((width, width), 1e-2)
        self._walls = allowed(len(TAGS))

    def learn(self, seen: Batch, columns: npt.NDArray[np.int64]) -> float:
        """Take one step and return the loss before it."""
        from scipy import sparse  # noqa: PLC0415  slow to import

        used, at = np.unique(seen.features, return_inverse=True)
        tokens = len(seen.features)
        matrix = sparse.csr_matrix(
            (np.ones(at.size, dtype=np.float32), at.reshape(-1), np.arange(tokens + 1) * seen.features.shape[1]),
            shape=(tokens, len(used)),
        )
        scores = np.asarray(matrix @ self.weights[used], dtype=np.float64)
        loss, slope, steps = _slopes(scores, columns, np.asarray(seen.starts), self.steps + self._walls)
        gradient = np.asarray(matrix.T @ slope.astype(np.float32)) + np.float32(_DECAY * tokens) * self.weights[used]
        history = self._seen[used] + gradient**2
        self._seen[used] = history
        self.weights[used] -= np.float32(_RATE) * gradient / np.sqrt(history)
        self._steps_seen += steps**2
        self.steps -= _RATE * steps / np.sqrt(self._steps_seen)
        return loss


def _slopes(
    scores: Array, columns: npt.NDArray[np.int64], starts: npt.NDArray[np.int64], steps: Array
) -> tuple[float, Array, Array]:
    """Return the negative log-likelihood and its slopes by token and column, and by step (forward, then backward)."""
    lengths = np.diff(starts)
    order = np.argsort(-lengths, kind="stable")
    begin, lengths = starts[:-1][order], lengths[order]
    tops = scores.max(axis=1, keepdims=True)
    local, move = np.exp(scores - tops), np.exp(steps)
    forward, backward = np.zeros_like(local), np.zeros_like(local)
    scale = np.ones(len(local))
    first = np.tile([1.0, 0.0], scores.shape[1] // 2)
    for place in range(int(lengths[0])):
        here = begin[: int((lengths > place).sum())] + place
        reached = local[here] * (first if place == 0 else forward[here - 1] @ move)
        scale[here] = np.maximum(reached.sum(axis=1), 1e-300)
        forward[here] = reached / scale[here, None]
    expected = np.zeros_like(steps)
    for place in range(int(lengths[0]) - 1, -1, -1):
        here = begin[: int((lengths > place).sum())] + place
        backward[here] = 1.0
        on = begin[: int((lengths > place + 1).sum())] + place
        if len(on):
            onward = local[on + 1] * backward[on + 1] / scale[on + 1, None]
            backward[on] = onward @ move.T
            expected += forward[on].T @ onward * move
    slope = forward * backward
    slope /= np.maximum(slope.sum(axis=1, keepdims=True), 1e-300)
    everywhere = np.arange(len(columns))
    slope[everywhere, columns] -= 1
    inner = np.setdiff1d(everywhere, starts[1:] - 1)
    np.subtract.at(expected, (columns[inner], columns[inner + 1]), 1)
    told = (scores[everywhere, columns] - tops[:, 0] - np.log(scale)).sum() + steps[
        columns[inner], columns[inner + 1]
    ].sum()
    return float(-told), slope, expected
