"""The division tree in memory: by id, by code, up and down."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from linli.regions.models import Division, Succession
from linli.regions.queries.snapshot import Snapshot


class UnknownDivisionError(LookupError):
    """No division has this id."""


@dataclass(frozen=True, slots=True)
class DivisionInfo:
    """A division as others see it. `path` holds the ids from the root down, itself included."""

    id: int
    code: str
    name: str
    level: int
    parent_id: int | None
    path: tuple[int, ...]
    valid_from: date
    valid_to: date | None

    @property
    def is_current(self) -> bool:
        """Return whether the division has not been closed."""
        return self.valid_to is None


class Tree:
    """Every division that is or was, and who took over from whom."""

    def __init__(self, divisions: Iterable[DivisionInfo], successions: Iterable[tuple[int, int]]) -> None:
        """Index the divisions and the (predecessor, successor) pairs."""
        self.by_id = {info.id: info for info in divisions}
        self.by_code = {info.code: info for info in self.by_id.values() if info.is_current}
        self._children: dict[int | None, list[int]] = defaultdict(list)
        for info in sorted(self.by_id.values(), key=lambda info: info.code):
            self._children[info.parent_id].append(info.id)
        self._predecessors: dict[int, list[int]] = defaultdict(list)
        for predecessor, successor in successions:
            self._predecessors[successor].append(predecessor)
        self._below: dict[int, frozenset[int]] = {}

    def division(self, division_id: int) -> DivisionInfo:
        """Return the division, current or closed; raise UnknownDivisionError."""
        try:
            return self.by_id[division_id]
        except KeyError:
            raise UnknownDivisionError(division_id) from None

    def children(self, division_id: int | None) -> tuple[DivisionInfo, ...]:
        """Return the current divisions right below, by code; None gives the roots."""
        found = (self.by_id[child] for child in self._children.get(division_id, ()))
        return tuple(info for info in found if info.is_current)

    def descendants(self, division_id: int) -> frozenset[int]:
        """Return the ids of the division, all below it, and the closed ones that any of them took over from."""
        if division_id not in self._below:
            self.division(division_id)
            self._below[division_id] = self._collect(division_id)
        return self._below[division_id]

    def ancestors(self, division_id: int) -> tuple[DivisionInfo, ...]:
        """Return the divisions above, from the root down to the parent."""
        return tuple(self.by_id[above] for above in self.division(division_id).path[:-1])

    def _collect(self, division_id: int) -> frozenset[int]:
        found: set[int] = set()
        open_ids = [division_id]
        while open_ids:
            here = open_ids.pop()
            if here not in found:
                found.add(here)
                open_ids += self._children.get(here, ())
                open_ids += self._predecessors.get(here, ())
        return frozenset(found)


def load_tree() -> Tree:
    """Read the tree from the database."""
    rows = Division.objects.values_list("id", "code", "name", "level", "parent_id", "path", "valid_from", "valid_to")
    infos = (DivisionInfo(*row[:5], tuple(row[5]), *row[6:]) for row in rows.iterator(chunk_size=5000))
    pairs = Succession.objects.values_list("predecessor_id", "successor_id")
    return Tree(infos, pairs.iterator())


_tree = Snapshot(load_tree, names=("divisions",))


def tree() -> Tree:
    """Return the tree as it is now."""
    return _tree.get()


def division(division_id: int) -> DivisionInfo:
    """Return the division, current or closed; raise UnknownDivisionError."""
    return tree().division(division_id)


def division_by_code(code: str) -> DivisionInfo | None:
    """Return the current division with this code of 2, 4, 6, 9 or 12 digits, or None."""
    return tree().by_code.get(code.ljust(12, "0"))


def children(division_id: int | None = None) -> tuple[DivisionInfo, ...]:
    """Return the current divisions right below, by code; without an id the roots."""
    return tree().children(division_id)


def descendants(division_id: int) -> frozenset[int]:
    """Return the ids of the division and all below it, with the closed ones they took over from."""
    return tree().descendants(division_id)


def ancestors(division_id: int) -> tuple[DivisionInfo, ...]:
    """Return the divisions above, from the root down to the parent."""
    return tree().ancestors(division_id)


def boundaries(division_ids: list[int]) -> dict[int, object]:
    """Return the GeoJSON boundaries of those divisions that have one."""
    rows = Division.objects.filter(pk__in=division_ids).exclude(boundary=None)
    return dict(rows.values_list("id", "boundary"))
