"""How good a classifier is: figures over texts it did not see, the sharpness of its probabilities, its threshold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Judged", "figures", "sharpness", "threshold"]

SURE_SHARE = 0.8
FEWEST_SURE = 20
SHARPEST = np.geomspace(0.5, 60, 80)


@dataclass(frozen=True, eq=False)
class Judged:
    """Scores for texts that were not trained on: one row per text, one column per code; `truth` are column numbers.

    A truth that the model has no code for is -1: always wrong.
    """

    codes: tuple[str, ...]
    truth: npt.NDArray[np.int64]
    scores: npt.NDArray[np.float64]

    def sharpened(self, factor: float) -> "Judged":
        """Return the same with all scores multiplied."""
        return replace(self, scores=self.scores * factor)

    @property
    def chances(self) -> npt.NDArray[np.float64]:
        """The softmax of the scores."""
        powers = np.exp(self.scores - self.scores.max(axis=1, keepdims=True))
        shares: npt.NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
        return shares


def figures(judged: Judged) -> dict[str, Any]:
    """Return macro_f1, accuracy, accuracy_at_80 (on the surest 80 %), top3, n and per_class.

    macro_f1 is the plain mean over the classes that occur in the truth.
    """
    guesses, chances = judged.scores.argmax(axis=1), judged.chances
    right = guesses == judged.truth
    surest = np.argsort(-chances.max(axis=1), kind="stable")[: max(1, int(SURE_SHARE * len(right)))]
    leading = np.argsort(-chances, axis=1, kind="stable")[:, :3]
    per_class = _per_class(judged.codes, judged.truth, guesses)
    return {
        "macro_f1": _mean([one["f1"] for one in per_class.values() if one["n"]]),
        "accuracy": float(right.mean()),
        "accuracy_at_80": float(right[surest].mean()),
        "top3": float((leading == judged.truth[:, None]).any(axis=1).mean()),
        "n": len(right),
        "per_class": per_class,
    }


def sharpness(judged: Judged) -> float:
    """Return the factor on the scores under which the probabilities of the truths are most likely.

    Texts whose truth the model has no code for say nothing about it.
    """
    known = np.flatnonzero(judged.truth >= 0)

    def surprise(factor: float) -> float:
        sharp = judged.sharpened(factor).chances[known, judged.truth[known]]
        return float(-np.log(np.maximum(sharp, 1e-12)).mean())

    return float(min(SHARPEST, key=surprise)) if len(known) else 1.0


def threshold(judged: Judged, *, precision: float) -> float:
    """Return the lowest probability from which first candidates are right with this precision; 1.0 where none is."""
    chances = judged.chances
    order = np.argsort(-chances.max(axis=1), kind="stable")
    right = (judged.scores.argmax(axis=1) == judged.truth)[order]
    good = np.flatnonzero(np.cumsum(right) / np.arange(1, len(right) + 1) >= precision)
    good = good[good + 1 >= min(FEWEST_SURE, len(right))]
    return float(chances.max(axis=1)[order[good[-1]]]) if len(good) else 1.0


def _per_class(
    codes: Sequence[str], truth: npt.NDArray[np.int64], guesses: npt.NDArray[np.int64]
) -> dict[str, Mapping[str, float]]:
    return {code: _one_class(truth == column, guesses == column) for column, code in enumerate(codes)}


def _one_class(is_it: npt.NDArray[np.bool_], said: npt.NDArray[np.bool_]) -> dict[str, float]:
    hits = float((is_it & said).sum())
    precision, recall = hits / max(1, said.sum()), hits / max(1, is_it.sum())
    both = precision + recall
    return {
        "precision": float(precision),
        "recall": float(recall),
        "f1": float(2 * precision * recall / both) if both else 0.0,
        "n": int(is_it.sum()),
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
