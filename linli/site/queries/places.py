"""Streets and communities to choose from, for people without a map."""

from collections.abc import Iterator
from dataclasses import dataclass

from linli.regions import api as regions


@dataclass(frozen=True)
class PlaceChoice:
    """A division with those right below it."""

    division_id: int
    name: str
    below: tuple["PlaceChoice", ...] = ()


def place_choices() -> list[PlaceChoice]:
    """Return every street with its communities, in the order of their codes."""
    return [_with_below(street) for street in _streets(None)]


def county_ids() -> list[int]:
    """Return the divisions whose map a resident may point at."""
    return [one.parent_id for one in _streets(None) if one.parent_id is not None][:1]


def _streets(parent: int | None) -> Iterator[regions.DivisionInfo]:
    for one in regions.children(parent):
        if one.level == regions.Level.STREET:
            yield one
        elif one.level < regions.Level.STREET:
            yield from _streets(one.id)


def _with_below(street: regions.DivisionInfo) -> PlaceChoice:
    below = tuple(PlaceChoice(one.id, one.name) for one in regions.children(street.id))
    return PlaceChoice(street.id, street.name, below)
