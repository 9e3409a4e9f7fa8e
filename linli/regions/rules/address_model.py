"""Reading an address with a linear-chain model: weights of hashed features, one best path through all tokens."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from linli.regions.rules.address_names import AddressNames
from linli.regions.rules.address_tokens import BITS, Batch, batch, plain

__all__ = ["TAGS", "AddressModel", "AddressModelError", "Segment", "allowed"]

TAGS = (
    "prov", "city", "district", "devzone", "town", "community", "village", "group", "road", "roadno", "subroad",
    "subroadno", "poi", "subpoi", "houseno", "cellno", "floorno", "roomno", "intersection", "direction", "distance",
    "assist", "traffic_facility", "redundant",
)  # fmt: skip
"""The kinds of segments, from the widest to the narrowest, then what is no place of its own."""

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_AT_ONCE, _HARDLY = 512, 2
_NEVER = np.float32(-1e4)


class AddressModelError(ValueError):
    """The file does not hold an address model that this version can read."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an address and its kind, one of `TAGS`."""

    text: str
    tag: str


@dataclass(frozen=True, eq=False)
class AddressModel:
    """A trained model, never changed after it is made. `weights` has a row for each bucket and two columns a tag.

    Column 2k begins tag k, column 2k + 1 goes on with it. `steps[a, b]` is the weight of b after a.
    """

    weights: Floats
    steps: Floats
    version: str = ""

    def read(self, addresses: Sequence[str], names: AddressNames | None = None) -> list[list[Segment]]:
        """Return the segments of each address; their texts together are the address as it was written."""
        return [
            segments
            for start in range(0, len(addresses), _AT_ONCE)
            for segments in self._read(addresses[start : start + _AT_ONCE], names)
        ]

    def _read(self, addresses: Sequence[str], names: AddressNames | None) -> Iterator[list[Segment]]:
        seen = batch([plain(address) for address in addresses], names)
        scores = self.scores(seen)
        paths = _best_paths(scores, seen.starts, self.steps + allowed(len(self.steps) // 2))
        for address, tokens, path in zip(addresses, seen.texts, paths, strict=True):
            yield list(_segments(address, tokens, path))

    def scores(self, seen: Batch) -> Floats:
        """Return one score for each token and column."""
        total = np.zeros((len(seen.features), self.weights.shape[1]), dtype=np.float32)
        for column in seen.features.T:
            total += self.weights[column]
        return total

    def save(self, path: Path) -> None:
        """Write the model as npz: whole numbers from -127 to 127, the rows that say anything, one scale.

        What hardly says anything is left out: it would be two thirds of the file.
        """
        scale = max(float(np.abs(self.weights).max()), 1e-6) / 127
        small = np.round(self.weights / scale).astype(np.int8)
        small[np.abs(small) < _HARDLY] = 0
        rows = np.flatnonzero(small.any(axis=1))
        described = {"version": self.version, "tags": TAGS, "bits": BITS, "scale": scale}
        with path.open("wb") as target:
            np.savez_compressed(
                target, rows=rows.astype(np.uint32), weights=small[rows], steps=self.steps.astype(np.float32),
                meta=np.frombuffer(json.dumps(described).encode(), dtype=np.uint8),
            )  # fmt: skip

    @classmethod
    def load(cls, path: Path) -> "AddressModel":
        """Read a model. Raises AddressModelError for a file that is missing, damaged or of another layout."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                return cls._from_arrays(stored)
        except (OSError, KeyError, ValueError, EOFError, BadZipFile) as problem:
            raise AddressModelError(f"{path} is not an address model that can be read: {problem}") from problem

    @classmethod
    def _from_arrays(cls, stored: Mapping[str, npt.NDArray[Any]]) -> "AddressModel":
        meta = json.loads(stored["meta"].tobytes())
        if (meta["bits"], tuple(meta["tags"])) != (BITS, TAGS):
            raise ValueError("it was made for other features or tags")
        weights = np.zeros((1 << BITS, 2 * len(TAGS)), dtype=np.float32)
        weights[stored["rows"]] = stored["weights"].astype(np.float32) * np.float32(meta["scale"])
        return cls(weights, stored["steps"], meta["version"])


def allowed(tags: int) -> Floats:
    """Return 0 for steps that can be, a large negative number for going on with what has not begun."""
    steps = np.zeros((2 * tags, 2 * tags), dtype=np.float32)
    goes_on = np.arange(1, 2 * tags, 2)
    steps[:, goes_on] = _NEVER
    steps[goes_on, goes_on] = 0
    steps[goes_on - 1, goes_on] = 0
    return steps


def _best_paths(scores: Floats, starts: Ints, steps: Floats) -> Iterable[list[int]]:
    """Return the best column for each token of each address (Viterbi), all addresses of the batch side by side."""
    lengths = np.diff(starts)
    longest, width = int(lengths.max(initial=0)), scores.shape[1]
    back = np.zeros((longest, len(lengths), width), dtype=np.int16)
    reached = np.full((len(lengths), width), _NEVER, dtype=np.float32)
    for place in range(longest):
        here = np.flatnonzero(lengths > place)
        local = scores[starts[here] + place]
        if place == 0:
            reached[here] = local + np.where(np.arange(width) % 2, _NEVER, np.float32(0))
            continue
        best, came = _step(reached[here], steps)
        reached[here], back[place, here] = best + local, came
    last = reached.argmax(axis=1)
    return [_walked(back[:, row], int(last[row]), int(lengths[row])) for row in range(len(lengths))]


def _step(reached: Floats, steps: Floats) -> tuple[Floats, npt.NDArray[np.int16]]:
    """Return the best score and its origin: a beginning may follow anything, going on only two columns."""
    width = reached.shape[1]
    best = np.empty_like(reached)
    came = np.empty(reached.shape, dtype=np.int16)
    begins = np.arange(0, width, 2)
    into = reached[:, :, None] + steps[None, :, begins]
    came[:, begins] = into.argmax(axis=1)
    best[:, begins] = np.take_along_axis(into, came[:, None, begins].astype(np.int64), axis=1)[:, 0]
    after_begin = reached[:, begins] + steps[begins, begins + 1]
    after_more = reached[:, begins + 1] + steps[begins + 1, begins + 1]
    best[:, begins + 1] = np.maximum(after_begin, after_more)
    came[:, begins + 1] = np.where(after_begin >= after_more, begins, begins + 1)
    return best, came


def _walked(back: npt.NDArray[np.int16], last: int, length: int) -> list[int]:
    path = [last] if length else []
    for place in range(length - 1, 0, -1):
        path.append(int(back[place, path[-1]]))
    return path[::-1]


def _segments(address: str, tokens: list[str], path: Sequence[int]) -> Iterator[Segment]:
    begins = [number for number, column in enumerate(path) if column % 2 == 0]
    place = 0
    for first, following in pairwise([*begins, len(tokens)]):
        size = sum(map(len, tokens[first:following]))
        yield Segment(address[place : place + size], TAGS[path[first] // 2])
        place += size
