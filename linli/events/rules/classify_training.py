"""How a classifier is trained: linear models over the same n-grams, averaged, calibrated on texts they did not see."""

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from linli.events.rules.classify import BUCKETS, Classifier, Grams, gram_buckets
from linli.events.rules.classify_scores import Judged, figures, sharpness, threshold

__all__ = ["Example", "Recipe", "TooFewExamplesError", "cross_validate", "digest", "distinct", "judge", "train"]

Matrix = Any  # a scipy sparse matrix; scipy brings no types
Linear = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]

LETTERS = Grams((1, 2), opening=20)  # what a letter begins with says most


class TooFewExamplesError(ValueError):
    """There is not enough to learn from: at least two codes, each with at least two different texts."""


@dataclass(frozen=True)
class Example:
    """A text with its right code. Examples of one `group` say nearly the same: a test never separates them."""

    text: str
    code: str
    group: str = ""


@dataclass(frozen=True)
class Recipe:
    """What may be chosen about training; the defaults were chosen by cross-validation on real messages."""

    grams: Grams = LETTERS
    members: tuple[str, ...] = ("ridge", "ratio")
    fewest_texts: int = 2
    rarity_power: float = 1.4
    folds: int = 5
    precision: float = 0.9


def distinct(examples: Sequence[Example]) -> list[Example]:
    """Return the examples without empty and repeated texts; of a text under several codes the first stands."""
    first: dict[str, Example] = {}
    for example in examples:
        first.setdefault("".join(example.text.split()), example)
    first.pop("", None)
    return list(first.values())


def digest(examples: Sequence[Example]) -> str:
    """Return a short fingerprint of the examples, to see whether a model was trained on exactly these."""
    lines = "\n".join(f"{example.code}\t{example.text}" for example in examples)
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def train(
    examples: Sequence[Example],
    *,
    version: str,
    now: datetime,
    recipe: Recipe,
    held_out: Sequence[Example] = (),
) -> Classifier:
    """Train on all examples. Sharpness and threshold come from `held_out`, else from a cross-validation inside.

    Raises TooFewExamplesError.
    """
    known = distinct(examples)
    codes = _codes(known)
    fitted = _fit(_count(known, recipe.grams), _targets(known, codes), codes, recipe)
    judged = judge(fitted, held_out) if held_out else cross_validate(known, recipe=recipe)
    factor = sharpness(judged)
    sharp = judged.sharpened(factor)
    shown = figures(sharp)
    shown.pop("per_class")
    meta = {
        "version": version,
        "trained_at": now.isoformat(),
        "examples": len(known),
        "digest": digest(known),
        "threshold": threshold(sharp, precision=recipe.precision),
        "calibrated_on": shown,
    }
    weights, offsets = fitted.weights * np.float32(factor), fitted.offsets * np.float32(factor)
    return Classifier(codes, recipe.grams, fitted.buckets, fitted.rarity, weights, offsets, meta)


def cross_validate(examples: Sequence[Example], *, recipe: Recipe) -> Judged:
    """Return scores for every example from a model that saw none of its group. Raises TooFewExamplesError."""
    codes = _codes(examples)
    targets = _targets(examples, codes)
    counts = _count(examples, recipe.grams)
    folds = _folds(examples, targets, recipe.folds)
    scores = np.zeros((len(examples), len(codes)))
    for fold in range(recipe.folds):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        if len(outside):
            fitted = _fit(counts[inside], targets[inside], codes, recipe)
            scores[outside] = _scores(fitted, counts[outside])
    return Judged(codes, targets, scores)


def judge(classifier: Classifier, examples: Sequence[Example]) -> Judged:
    """Return the scores of a finished model for examples that it has not seen."""
    column = {code: number for number, code in enumerate(classifier.codes)}
    truth = np.array([column.get(example.code, -1) for example in examples], dtype=np.int64)
    return Judged(classifier.codes, truth, _scores(classifier, _count(examples, classifier.grams)))


def _codes(examples: Sequence[Example]) -> tuple[str, ...]:
    """Return the codes in order. Raises TooFewExamplesError."""
    counted = Counter(example.code for example in examples)
    if len(counted) < 2 or min(counted.values()) < 2:  # noqa: PLR2004  the sentence of the error says it
        raise TooFewExamplesError("A classifier needs at least two codes, each with at least two different texts.")
    return tuple(sorted(counted))


def _targets(examples: Sequence[Example], codes: Sequence[str]) -> npt.NDArray[np.int64]:
    column = {code: number for number, code in enumerate(codes)}
    return np.array([column[example.code] for example in examples], dtype=np.int64)


def _folds(examples: Sequence[Example], targets: npt.NDArray[np.int64], folds: int) -> npt.NDArray[np.int64]:
    """Deal out the groups of each code in turn, in an order fixed by their texts."""
    keys = [zlib.crc32((example.group or example.text).encode()) for example in examples]
    dealt: dict[int, int] = {}
    turn = np.zeros(targets.max() + 1, dtype=np.int64)
    for row in np.lexsort((np.array(keys), targets)).tolist():
        if keys[row] not in dealt:
            dealt[keys[row]] = int(turn[targets[row]] % folds)
            turn[targets[row]] += 1
    return np.array([dealt[key] for key in keys], dtype=np.int64)


def _count(examples: Sequence[Example], grams: Grams) -> Matrix:
    from scipy import sparse  # noqa: PLC0415  slow to import, and only training needs it

    columns, values, ends = [], [], [0]
    for example in examples:
        found, counts = np.unique(gram_buckets(example.text, grams), return_counts=True)
        columns.append(found)
        values.append(counts)
        ends.append(ends[-1] + len(found))
    shape = (len(examples), BUCKETS)
    return sparse.csr_matrix((np.concatenate(values).astype(np.float32), np.concatenate(columns), ends), shape=shape)


def _fit(counts: Matrix, targets: npt.NDArray[np.int64], codes: tuple[str, ...], recipe: Recipe) -> Classifier:
    texts = np.bincount(counts.indices, minlength=BUCKETS)
    buckets = np.flatnonzero(texts >= min(recipe.fewest_texts, counts.shape[0]))
    idf = np.log((1 + counts.shape[0]) / (1 + texts[buckets])) + 1
    rarity = (idf**recipe.rarity_power).astype(np.float32)
    rows = _weigh(counts, buckets, rarity)
    fits = [MEMBERS[name](rows, targets, len(codes)) for name in recipe.members]
    return Classifier(
        codes=codes,
        grams=recipe.grams,
        buckets=buckets,
        rarity=rarity,
        weights=np.asarray(np.mean([weights for weights, _ in fits], axis=0), dtype=np.float32),
        offsets=np.asarray(np.mean([offsets for _, offsets in fits], axis=0), dtype=np.float32),
    )


def _scores(fitted: Classifier, counts: Matrix) -> npt.NDArray[np.float64]:
    rows = _weigh(counts, fitted.buckets, fitted.rarity)
    scores: npt.NDArray[np.float64] = rows @ fitted.weights + fitted.offsets
    return scores


def _weigh(counts: Matrix, buckets: npt.NDArray[np.int64], rarity: npt.NDArray[np.float32]) -> Matrix:
    """Return the rows weighted and divided by their lengths."""
    chosen = counts[:, buckets].tocsr()
    chosen.data = (1 + np.log(chosen.data)) * rarity[chosen.indices]
    lengths = np.sqrt(np.asarray(chosen.multiply(chosen).sum(axis=1)).ravel())
    chosen.data /= np.repeat(np.maximum(lengths, 1e-6), np.diff(chosen.indptr)).astype(np.float32)
    return chosen


def _ridge(rows: Matrix, targets: npt.NDArray[np.int64], width: int) -> Linear:
    """Least squares on -1 and 1, each code weighted alike."""
    from sklearn.linear_model import Ridge  # noqa: PLC0415  slow to import, and only training needs it

    sides = np.where(targets[:, None] == np.arange(width), 1.0, -1.0)
    shares = len(targets) / (width * np.maximum(1, np.bincount(targets, minlength=width)))
    model = Ridge(alpha=0.4, solver="sparse_cg", tol=1e-3).fit(rows, sides, sample_weight=shares[targets])
    return model.coef_.T, model.intercept_


def _ratio(rows: Matrix, targets: npt.NDArray[np.int64], width: int) -> Linear:
    """Margins on n-grams scaled by their log count ratio (Wang and Manning 2012)."""
    fits = [_ratio_of_one(rows, targets == column) for column in range(width)]
    return np.stack([weights for weights, _ in fits], axis=1), np.array([offset for _, offset in fits])


def _ratio_of_one(rows: Matrix, is_it: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.float64], float]:
    from sklearn.svm import LinearSVC  # noqa: PLC0415  slow to import, and only training needs it

    inside, outside = (np.asarray(rows[side].sum(axis=0)).ravel() + 0.3 for side in (is_it, ~is_it))
    ratio = np.abs(np.log(inside / inside.sum()) - np.log(outside / outside.sum()))
    scaled = rows.copy()
    scaled.data = scaled.data * ratio[scaled.indices].astype(np.float32)
    model = LinearSVC(C=3.0, random_state=0).fit(scaled, is_it)
    return model.coef_[0] * ratio, float(model.intercept_[0])


MEMBERS: dict[str, Callable[[Matrix, npt.NDArray[np.int64], int], Linear]] = {"ridge": _ridge, "ratio": _ratio}
