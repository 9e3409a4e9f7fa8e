"""What a file speaks of more than once 重复的行: which of those rows are loaded together, which taken one by one."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Pairs = list[tuple[int, int]]


def sorted_out(names: Sequence[Array], *, is_keyed: bool, most: int) -> tuple[list[int], list[list[int]]]:
    """Return the places of rows that are taken one by one, and bundles of places that are loaded together.

    `names` are columns of what a row may be known by, its key first; 0 is no name. Rows that hang together by numbers
    alone are of one bundle, which holds about `most` rows. Where rows share a key, which a source may repeat, or so
    many hang together, all of them are taken one by one. Not `is_keyed`, a row is known by its number alone.
    """
    pairs = [_neighbours(own) for own in names]
    groups = _groups(pair for found in pairs for pair in found)
    repeated = {one for found in (pairs[:1] if is_keyed else pairs) for pair in found for one in pair}
    single: list[int] = []
    bundles: list[list[int]] = []
    for group in groups:
        if len(group) > most or not repeated.isdisjoint(group):
            single += group
        elif bundles and len(bundles[-1]) < most:
            bundles[-1] += group
        else:
            bundles.append(group)
    return sorted(single), [sorted(bundle) for bundle in bundles]


def _neighbours(own: Array) -> Pairs:
    """Return the pairs of places next to each other among those that bear one name."""
    order = np.argsort(own, kind="stable")
    values = own[order]
    same = np.flatnonzero((values[1:] == values[:-1]) & (values[1:] != 0))
    return list(zip(order[same].tolist(), order[same + 1].tolist(), strict=True))


def _groups(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the places that pairs hang together, groups and places in their order."""
    root: dict[int, int] = {}

    def top(place: int) -> int:
        while (above := root.setdefault(place, place)) != place:
            root[place] = root[above]
            place = above
        return place

    for one, other in pairs:
        low, high = sorted((top(one), top(other)))
        root[high] = low
    groups: dict[int, list[int]] = {}
    for place in sorted(root):
        groups.setdefault(top(place), []).append(place)
    return list(groups.values())
