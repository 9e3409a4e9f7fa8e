"""Which matter a text is about: a linear model over hashed character n-grams, answered with numpy alone."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

__all__ = ["BUCKETS", "CANDIDATES", "Classifier", "Grams", "ModelFileError", "Prediction", "gram_buckets"]

CANDIDATES = 3
BITS = 20
BUCKETS = 1 << BITS
LONGEST = 6000  # characters that are read; a longer letter has said what it is about by then
OPENING_SIZES, OPENING_APART = (2, 3), 100

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_SPREAD = np.uint64(0xD6E8FEB86659FD93)


class ModelFileError(ValueError):
    """The file does not hold a classifier that this version can read."""


@dataclass(frozen=True)
class Grams:
    """Which n-grams are counted: sizes in the whole text and, apart, pairs and triples in its first letters."""

    sizes: tuple[int, ...] = (1, 2)
    opening: int = 0


@dataclass(frozen=True)
class Prediction:
    """One class with its calibrated probability between 0 and 1."""

    code: str
    probability: float


@dataclass(frozen=True, eq=False)
class Classifier:
    """A trained model. Never changed after it is made, so threads share it without a lock.

    `buckets` are the hash buckets in use, sorted; `rarity` their idf; `weights` one row per bucket and one column per
    code, scaled so that a softmax over the scores gives calibrated probabilities.
    """

    codes: tuple[str, ...]
    grams: Grams
    buckets: Ints
    rarity: Floats
    weights: Floats
    offsets: Floats
    meta: Mapping[str, Any] = field(default_factory=dict)
    rows: npt.NDArray[np.int32] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Lay out the direct table from bucket to row; a bucket that is not in use points behind the last row."""
        rows = np.full(BUCKETS, len(self.buckets), dtype=np.int32)
        rows[self.buckets] = np.arange(len(self.buckets), dtype=np.int32)
        object.__setattr__(self, "rows", rows)

    @property
    def version(self) -> str:
        """The name under which proposals remember this model."""
        return str(self.meta.get("version", ""))

    @property
    def threshold(self) -> float:
        """The probability from which a first candidate needs no person; chosen on texts held out from training."""
        return float(self.meta.get("threshold", 1.0))

    def classify(self, text: str) -> tuple[Prediction, ...]:
        """Return the three most probable codes, the most probable first; nothing where no n-gram is known."""
        scores = self.scores(text)
        if scores is None:
            return ()
        powers = np.exp(scores - scores.max())
        best = np.argsort(-powers, kind="stable")[:CANDIDATES]
        total = float(powers.sum())
        return tuple(Prediction(self.codes[i], float(powers[i]) / total) for i in best.tolist())

    def scores(self, text: str) -> Floats | None:
        """Return one score per code, a weighted and length-normalised sum over n-grams; None where none is known."""
        found, counts = np.unique(self.rows[gram_buckets(text, self.grams)], return_counts=True)
        if len(found) and found[-1] == len(self.buckets):
            found, counts = found[:-1], counts[:-1]
        if not len(found):
            return None
        values = (1 + np.log(counts, dtype=np.float32)) * self.rarity[found]
        total: Floats = values @ self.weights[found] / np.sqrt(values @ values) + self.offsets
        return total

    def save(self, path: Path) -> None:
        """Write the model as npz: plain arrays and one JSON text, nothing that runs code when it is read."""
        grams = {"sizes": self.grams.sizes, "opening": self.grams.opening}
        described = {**self.meta, "codes": self.codes, "grams": grams, "bits": BITS}
        with path.open("wb") as target:
            np.savez_compressed(
                target,
                buckets=self.buckets.astype(np.uint32),
                rarity=self.rarity.astype(np.float16),
                weights=self.weights.astype(np.float16),
                offsets=self.offsets.astype(np.float32),
                meta=np.frombuffer(json.dumps(described, ensure_ascii=False).encode(), dtype=np.uint8),
            )

    @classmethod
    def load(cls, path: Path) -> "Classifier":
        """Read a model. Raises ModelFileError for a file that is missing, damaged or of another layout."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                return cls._from_arrays(stored)
        except (OSError, KeyError, ValueError, EOFError, BadZipFile) as problem:
            raise ModelFileError(f"{path} is not a classifier that can be read: {problem}") from problem

    @classmethod
    def _from_arrays(cls, stored: Mapping[str, npt.NDArray[Any]]) -> "Classifier":
        meta = json.loads(stored["meta"].tobytes())
        if meta.pop("bits") != BITS:
            raise ValueError("its hash table has another size")
        grams = meta.pop("grams")
        return cls(
            codes=tuple(meta.pop("codes")),
            grams=Grams(tuple(grams["sizes"]), grams["opening"]),
            buckets=stored["buckets"].astype(np.int64),
            rarity=stored["rarity"].astype(np.float32),
            weights=stored["weights"].astype(np.float32),
            offsets=stored["offsets"],
            meta=meta,
        )


def gram_buckets(text: str, grams: Grams) -> Ints:
    """Return the hash bucket of every n-gram; blanks left out, width and case made equal."""
    plain = "".join(unicodedata.normalize("NFKC", text[:LONGEST]).lower().split())
    points = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    found = _rolled(points, grams.sizes, apart=0)
    if grams.opening:
        found += _rolled(points[: grams.opening], OPENING_SIZES, apart=OPENING_APART)
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _rolled(points: npt.NDArray[np.uint64], sizes: tuple[int, ...], *, apart: int) -> list[Ints]:
    rolling, found = points, []
    for size in range(1, min(max(sizes), len(points)) + 1):
        if size > 1:
            rolling = rolling[:-1] * _STEP + points[size - 1 :]
        if size in sizes:
            found.append(_bucket(rolling, size + apart))
    return found


def _bucket(hashes: npt.NDArray[np.uint64], kind: int) -> Ints:
    mixed = (hashes + np.uint64(kind)) * _SPREAD
    mixed ^= mixed >> np.uint64(32)
    return (mixed * _STEP >> np.uint64(64 - BITS)).astype(np.int64)
