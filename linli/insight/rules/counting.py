"""How a measure counts: masks over the marks of events, shares with their sample, raw and adjusted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SMALL = 10
GROUPS = ("unit", "kind", "matter", "month")
"""By what figures may be told apart. There is no person among them."""


class UnknownMarkError(ValueError):
    """A definition names a mark that nobody counts."""


class UnknownGroupError(ValueError):
    """Figures can't be told apart by this."""


@dataclass(frozen=True)
class Share:
    """So many of so many events."""

    hits: int = 0
    sample: int = 0

    @property
    def value(self) -> float | None:
        """The share between 0 and 1; None where there is nothing to count."""
        return self.hits / self.sample if self.sample else None

    @property
    def is_small(self) -> bool:
        """Whether the sample is too small to say much: fewer than 10 events."""
        return 0 < self.sample < SMALL

    def __add__(self, other: "Share") -> "Share":
        """Return both together."""
        return Share(self.hits + other.hits, self.sample + other.sample)

    def __sub__(self, other: "Share") -> "Share":
        """Return what is left without the other."""
        return Share(self.hits - other.hits, self.sample - other.sample)


@dataclass(frozen=True)
class Masks:
    """A definition as bits: an event is in the sample with all of `sample`, a hit with all of `hits` as well."""

    sample: int
    hits: int

    def share(self, counts: Mapping[int, int]) -> Share:
        """Return the share out of how many events have which marks."""
        sample = sum(n for marks, n in counts.items() if marks & self.sample == self.sample)
        hits = sum(n for marks, n in counts.items() if marks & self.hits == self.hits)
        return Share(hits, sample)


def masks_of(numerator: Iterable[str], denominator: Iterable[str], known: Iterable[str]) -> Masks:
    """Return the masks of a definition over the marks `known`, in their order. Raises UnknownMarkError."""
    places = {mark: 1 << place for place, mark in enumerate(known)}
    sample = _mask(denominator, places)
    return Masks(sample, sample | _mask(numerator, places))


def _mask(marks: Iterable[str], places: Mapping[str, int]) -> int:
    mask = 0
    for mark in marks:
        if mark not in places:
            raise UnknownMarkError(mark)
        mask |= places[mark]
    return mask
