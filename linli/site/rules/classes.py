"""The class tree of a manual, opened along the path that is chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Branch:
    """One class of the tree: its name, how many matters lie in it, how deep it stands, the query that chooses it."""

    name: str
    count: int
    depth: int
    query: str
    is_current: bool


def class_tree(paths: Sequence[Sequence[str]], chosen: Sequence[str]) -> list[Branch]:
    """Return the first classes, and below each class of the chosen path those that lie in it, in order."""
    return list(_branches(paths, (), list(chosen)))


def _branches(paths: Sequence[Sequence[str]], above: tuple[str, ...], chosen: list[str]) -> Iterator[Branch]:
    depth = len(above)
    names = dict.fromkeys(path[depth] for path in paths if len(path) > depth)
    for name in names:
        inside = [path for path in paths if len(path) > depth and path[depth] == name]
        here = (*above, name)
        query = urlencode([("class", one) for one in here])
        yield Branch(name, len(inside), depth, f"?{query}", list(here) == chosen)
        if chosen[: depth + 1] == list(here) and any(len(path) > depth + 1 for path in inside):
            yield from _branches(inside, here, chosen)
