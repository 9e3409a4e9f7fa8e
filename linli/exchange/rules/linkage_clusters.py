"""Pairs become people 聚类: joined from the surest pair on, never across two who are known to be two."""

from collections.abc import Callable

import numpy as np

from linli.exchange.rules.linkage_rows import Array

Pairs = tuple[Array, Array]
MOST = 60  # records of one person; more that hang together are joined pair by pair


def clusters_of(n: int, pairs: Pairs, weights: Array, repelled: Callable[[Array, Array], Array]) -> Array:
    """Return for each of n records the number of its person, which is the lowest record of that person.

    `pairs` are those that are certain. Where three or more hang together each pair of them is asked: `repelled` tells
    which may never be one. Such a chain is cut at its weakest link.
    """
    from scipy.sparse import coo_array  # noqa: PLC0415  slow to import
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415  the same

    left, right = pairs
    graph = coo_array((np.ones(len(left), dtype="i1"), (left, right)), shape=(n, n))
    _count, label = connected_components(graph, directed=False)
    sizes = np.bincount(label)
    owner = _lowest(label)
    chained = np.flatnonzero(sizes[label] > 2)  # noqa: PLR2004  two cannot be a chain
    if not len(chained):
        return owner
    suspects = _contradicting(chained, label, repelled)
    torn = np.isin(label, suspects)
    edges = np.flatnonzero(torn[left])
    edges = edges[np.argsort(-weights[edges], kind="stable")]
    owner[torn] = np.flatnonzero(torn)
    _join(owner, left[edges], right[edges], repelled)
    return owner


def _lowest(label: Array) -> Array:
    first = np.full(int(label.max(initial=-1)) + 1, len(label))
    np.minimum.at(first, label, np.arange(len(label)))
    return first[label]


def _contradicting(chained: Array, label: Array, repelled: Callable[[Array, Array], Array]) -> Array:
    """Return the components in which two are known to be two, or that are too large to be one person."""
    order = chained[np.argsort(label[chained], kind="stable")]
    groups = label[order]
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    sizes = np.diff(np.r_[starts, len(groups)])
    found = [groups[starts[sizes > MOST]]]
    for apart in range(1, min(int(sizes.max()), MOST)):
        near = np.flatnonzero(groups[:-apart] == groups[apart:])
        one, other = order[near], order[near + apart]
        found.append(groups[near][repelled(one, other)])
    return np.unique(np.concatenate(found))


def _join(owner: Array, left: Array, right: Array, repelled: Callable[[Array, Array], Array]) -> None:
    """Join pair by pair; a join that would bring two together who are two is left out."""
    members: dict[int, list[int]] = {}
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        a, b = int(owner[one]), int(owner[other])
        if a == b:
            continue
        these, those = members.get(a, [a]), members.get(b, [b])
        if len(these) + len(those) > MOST or repelled(np.repeat(these, len(those)), np.tile(those, len(these))).any():
            continue
        low, high = min(a, b), max(a, b)
        members[low] = sorted(these + those)
        members.pop(high, None)
        owner[members[low]] = low
