"""Which messages belong together: groups by nearness, then, for each place they name, by what it is about there."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from linli.events.rules.hot_names import names_in, shared_name, without
from linli.events.rules.hot_nearness import OPENING, Floats, Space, Text

__all__ = ["grouped"]

NEAR = 0.26  # mean nearness inside a group; both chosen on groups labelled by hand
NEAR_AT_PLACE = 0.11  # the same with the names taken out, among messages that name the same place
LIKELY_NAMED = 0.3
FEWEST = 3

Group = list[int]


def grouped(texts: Sequence[Text]) -> tuple[list[Group], Floats]:
    """Return groups of three or more texts, none in two of them, and the nearness of each text to each.

    A long message about several places stands with the place that is found in more of the others.
    """
    space = Space(texts)
    near = space.nearness()
    first = [group for group in _linked(near, NEAR) if len(group) >= FEWEST]
    words = [f"{title}\n{body[:OPENING]}" for title, body in texts]
    at_places = list(_at_places(first, words, texts, space))
    taken = {number for group in at_places for number in group}
    rest = [[number for number in group if number not in taken] for group in first]
    return _joined(at_places, rest, near), near


def _at_places(first: list[Group], words: Sequence[str], texts: Sequence[Text], space: Space) -> Iterator[Group]:
    taken: set[int] = set()
    for name in _places(first, words):
        said = [number for number, text in enumerate(words) if name in text and number not in taken]
        names = [name, *names_in([words[number] for number in said], part=LIKELY_NAMED)] if said else []
        bare = [(without(texts[number][0], names), without(texts[number][1], names)) for number in said]
        if len(said) < FEWEST:
            continue
        for group in _linked(space.nearness_of(bare), NEAR_AT_PLACE):
            if len(group) >= FEWEST:
                taken.update(said[number] for number in group)
                yield [said[number] for number in group]


def _places(first: list[Group], words: Sequence[str]) -> list[str]:
    """Return the names that groups share, the most said first; of two forms of one name the shorter."""
    counted: dict[str, int] = {}
    everything = "\n".join(words)
    for group in first:
        if found := shared_name([words[number] for number in group], everything):
            counted[found.text] = everything.count(found.text)
    shortest = [name for name in counted if not any(other != name and other in name for other in counted)]
    return sorted(shortest, key=lambda name: (-counted[name], name))


def _joined(at_places: list[Group], rest: list[Group], near: Floats) -> list[Group]:
    """Let what is left of a group that was found at a place join it there, message by message, where it is near."""
    groups = [list(group) for group in at_places]
    means = np.array([near[:, group].mean(axis=1) for group in at_places]).T
    for group in rest:
        alone: Group = []
        for number in group:
            best = max(range(len(at_places)), key=lambda place: means[number, place], default=None)
            (alone if best is None or means[number, best] < NEAR else groups[best]).append(number)
        if len(alone) >= FEWEST:
            groups.append(alone)
    return [sorted(group) for group in groups]


def _linked(near: Floats, enough: float) -> list[Group]:
    """Return the groups of average linkage: a chain of half-alike texts does not join two matters."""
    from scipy.cluster.hierarchy import fcluster, linkage  # noqa: PLC0415  slow to import
    from scipy.spatial.distance import squareform  # noqa: PLC0415  slow to import

    apart = np.maximum(1 - (near + near.T) / 2, 0)
    np.fill_diagonal(apart, 0)
    labels = fcluster(linkage(squareform(apart, checks=False), "average"), 1 - enough, "distance")
    groups: dict[int, Group] = defaultdict(list)
    for number, label in enumerate(labels.tolist()):
        groups[label].append(number)
    return list(groups.values())
