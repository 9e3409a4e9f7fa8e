"""Versions of anything that a county sets up: which one holds, which are drafts, which begin on a later day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar


class Version(Protocol):
    """One version: its number, and since when it holds (None: a draft)."""

    number: int
    in_force_from: datetime | None


V = TypeVar("V", bound=Version)


@dataclass(frozen=True)
class Standing(Generic[V]):
    """A version and how it stands; one that is none of the three held before."""

    version: V
    current: bool
    draft: bool
    ahead: bool


def holding(versions: Sequence[V], now: datetime) -> V | None:
    """Return the version that holds at this moment, or None."""
    begun = [(one.in_force_from, one.number, one) for one in versions if one.in_force_from and one.in_force_from <= now]
    return max(begun, key=lambda known: known[:2])[2] if begun else None


def standings(versions: Sequence[V], now: datetime) -> list[Standing[V]]:
    """Return how each version stands, in the order they came."""
    held = holding(versions, now)
    return [
        Standing(
            one,
            current=one is held,
            draft=one.in_force_from is None,
            ahead=one.in_force_from is not None and one.in_force_from > now,
        )
        for one in versions
    ]
