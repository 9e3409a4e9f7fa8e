"""A hot issue stays itself from one look to the next: new groups take over the ids of those whose events they hold."""

from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

__all__ = ["ENOUGH", "carried_on"]

ENOUGH = 0.5  # of the smaller of both groups

Key = TypeVar("Key", bound=Hashable)


def carried_on(known: Mapping[Key, AbstractSet[str]], found: Sequence[AbstractSet[str]]) -> list[Key | None]:
    """Return for each group found the known issue it carries on, or None for a new one; no issue twice.

    The pair that shares most is matched first. Where two known issues have become one, the larger part goes on.
    """
    shared = sorted(
        (
            (len(group & members), -place, str(key), key, place)
            for place, group in enumerate(found)
            for key, members in known.items()
            if members and len(group & members) >= ENOUGH * min(len(group), len(members))
        ),
        key=lambda one: (-one[0], -one[1], one[2]),
    )
    result: list[Key | None] = [None] * len(found)
    taken: set[Key] = set()
    for _count, _order, _text, key, place in shared:
        if key not in taken and result[place] is None:
            result[place] = key
            taken.add(key)
    return result
