"""Which replies are perfunctory: a linear model over readable features and characters, kept as plain arrays."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from linli.events.rules.classify import BUCKETS, Grams, gram_buckets
from linli.events.rules.replies import FEATURES, core_of, features_of

__all__ = ["Answered", "ReplyModel", "ReplyModelError", "parts_of", "train_replies"]

GRAMS = Grams((1, 2, 3))
READ = 150
FEWEST = 10
FEATURE_PART = 0.7
FOLDS = 5

Floats = npt.NDArray[np.float64]
Matrix = Any  # a scipy sparse matrix; scipy brings no types


class ReplyModelError(ValueError):
    """The model cannot be trained or read; the sentence says why."""


@dataclass(frozen=True)
class Answered:
    """A reply with what had been asked; `perfunctory` where somebody judged it."""

    asked: str
    reply: str
    perfunctory: bool = False


@dataclass(frozen=True, eq=False)
class ReplyModel:
    """A trained model. `weights` belong to FEATURES, scaled by `means` and `spreads`; `grams` to hashed characters."""

    means: Floats
    spreads: Floats
    weights: Floats
    grams: Floats
    rarity: Floats
    offsets: Floats
    threshold: float = 0.5

    def shares(self, reply: Answered) -> dict[str, float]:
        """Return what each feature, and `wording` for the characters, adds to the score; above 0 speaks against it."""
        read = _read([reply])
        by_features = FEATURE_PART * self.weights * (read.facts[0] - self.means) / self.spreads
        wording = (1 - FEATURE_PART) * float((_characters(read, self.rarity) @ self.grams)[0])
        return {**dict(zip(FEATURES, by_features.tolist(), strict=True)), "wording": wording}

    def probability(self, replies: Sequence[Answered]) -> Floats:
        """Return for each reply how probable it is that people call it perfunctory."""
        return self.chances(_read(replies))

    def chances(self, read: "_Read") -> Floats:
        """Return the same for replies whose facts and characters were counted before."""
        facts = (read.facts - self.means) / self.spreads
        by_features = facts @ self.weights + self.offsets[0]
        by_characters = _characters(read, self.rarity) @ self.grams + self.offsets[1]
        chance: Floats = 1 / (1 + np.exp(-(FEATURE_PART * by_features + (1 - FEATURE_PART) * by_characters)))
        return chance

    def save(self, path: Path) -> None:
        """Write plain arrays: nothing that runs code when it is read."""
        used = np.flatnonzero(self.grams)
        with path.open("wb") as target:
            np.savez_compressed(
                target, means=self.means, spreads=self.spreads, weights=self.weights, used=used,
                grams=self.grams[used].astype(np.float32), rarity=self.rarity[used].astype(np.float32),
                offsets=self.offsets, names=np.frombuffer(json.dumps(FEATURES).encode(), dtype=np.uint8),
                threshold=np.array(self.threshold),
            )  # fmt: skip

    @classmethod
    def load(cls, path: Path) -> "ReplyModel":
        """Read a model; raises ReplyModelError for a file that is missing, damaged or of other features."""
        try:
            with np.load(path, allow_pickle=False) as kept:
                _same_features(kept["names"].tobytes())
                grams, rarity = np.zeros(BUCKETS), np.zeros(BUCKETS)
                grams[kept["used"]], rarity[kept["used"]] = kept["grams"], kept["rarity"]
                means, spreads, weights, offsets = (kept[name] for name in ("means", "spreads", "weights", "offsets"))
                return cls(means, spreads, weights, grams, rarity, offsets, float(kept["threshold"]))
        except (OSError, KeyError, ValueError, EOFError, BadZipFile) as problem:
            raise ReplyModelError(f"{path} is not a model of replies that can be read: {problem}") from problem


def train_replies(replies: Sequence[Answered]) -> ReplyModel:
    """Train on judged replies; the threshold is the one with the best F1 on parts held out. Raises ReplyModelError."""
    judged = np.array([one.perfunctory for one in replies])
    if min(judged.sum(), (~judged).sum()) < FEWEST:
        raise ReplyModelError("There are too few judged replies: ten that are perfunctory and ten that are not.")
    read, part, chances = _read(replies), parts_of(replies), np.zeros(len(replies))
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(part != fold), np.flatnonzero(part == fold)
        if 0 < judged[inside].sum() < len(inside) and len(outside):
            chances[outside] = _fitted(read.only(inside), judged[inside]).chances(read.only(outside))
    return _fitted(read, judged, threshold=_best(judged, chances))


@dataclass(frozen=True, eq=False)
class _Read:
    """Replies as numbers: their facts, one row each, and the buckets of their characters."""

    facts: Floats
    found: tuple[npt.NDArray[np.int64], ...]

    def only(self, places: npt.NDArray[np.int64]) -> "_Read":
        return _Read(self.facts[places], tuple(self.found[place] for place in places.tolist()))


def _read(replies: Sequence[Answered]) -> _Read:
    facts = [features_of(one.asked, one.reply) for one in replies]
    found = tuple(gram_buckets(one.reply[:READ], GRAMS) for one in replies)
    return _Read(np.array(facts, dtype=np.float64).reshape(-1, len(FEATURES)), found)


def _same_features(names: bytes) -> None:
    if json.loads(names) != list(FEATURES):
        raise ValueError("it was made for other features")


def _fitted(read: _Read, judged: npt.NDArray[np.bool_], threshold: float = 0.5) -> ReplyModel:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  slow to import

    means, spreads = read.facts.mean(axis=0), read.facts.std(axis=0)
    spreads = np.where(spreads > 0, spreads, 1)
    rarity = _rarity(read)
    used = np.flatnonzero(rarity)  # of a million columns most are empty
    plain = LogisticRegression(C=0.05, max_iter=3000).fit((read.facts - means) / spreads, judged)
    fine = LogisticRegression(C=10, max_iter=3000).fit(_characters(read, rarity)[:, used], judged)
    grams = np.zeros(BUCKETS)
    grams[used] = fine.coef_[0]
    offsets = np.array([plain.intercept_[0], fine.intercept_[0]])
    return ReplyModel(means, spreads, plain.coef_[0], grams, rarity, offsets, threshold)


def _best(judged: npt.NDArray[np.bool_], chances: Floats) -> float:
    def f1(threshold: float) -> float:
        found = chances >= threshold
        return float(2 * (found & judged).sum() / max(found.sum() + judged.sum(), 1))

    steps = np.linspace(0.2, 0.7, 26)
    scores = np.array([f1(step) for step in steps])
    return float(np.median(steps[scores >= scores.max() - 0.005]))


def parts_of(replies: Sequence[Answered]) -> npt.NDArray[np.int64]:
    """Return a part for each reply; replies that begin alike stay together."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(core_of(one.reply)[:60], len(numbers)) % FOLDS for one in replies])


def _rarity(read: _Read) -> Floats:
    met = np.concatenate([np.unique(one) for one in read.found])
    spread = np.bincount(met, minlength=BUCKETS)
    return np.where(spread > 1, np.log((1 + len(read.found)) / (1 + spread)) + 1, 0)


def _characters(read: _Read, rarity: Floats) -> Matrix:
    from scipy.sparse import csr_matrix, diags  # noqa: PLC0415  slow to import

    columns = np.concatenate(read.found)
    ends = np.cumsum([0, *(len(one) for one in read.found)])
    counted = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(read.found), BUCKETS))
    counted.sum_duplicates()
    counted.data = (1 + np.log(counted.data)) * rarity[counted.indices]
    lengths = np.sqrt(np.asarray(counted.multiply(counted).sum(axis=1)).ravel())
    return (diags(1 / np.where(lengths > 0, lengths, 1)) @ counted).tocsr()
