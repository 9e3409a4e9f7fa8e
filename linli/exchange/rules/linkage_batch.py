"""A whole base linked in one go 批量比对: tight blocks, comparison in columns, clusters with a guard."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from linli.exchange.rules.linkage_blocks import keys_of, pairs_of
from linli.exchange.rules.linkage_clusters import clusters_of
from linli.exchange.rules.linkage_compare import levels_of
from linli.exchange.rules.linkage_rows import Array
from linli.exchange.rules.linkage_weights import DOUBTFUL, OTHER, SAME, Weights, verdicts_of, weights_of

Judge = Callable[[Array, Array], tuple[Array, Array]]
PORTION = 400_000
REPELLED = -8.0  # log2 odds below which two of one chain are two people


@dataclass(frozen=True)
class Linked:
    """What came of it: the person of each row (its lowest row), and the pairs of rows that a person decides."""

    people: Array
    doubtful: tuple[Array, Array, Array]
    compared: int


def link(rows: Array, model: Weights) -> Linked:
    """Return which rows are one person."""
    left, right = pairs_of(keys_of(rows))
    verdict, weight = np.zeros(len(left), dtype="i1"), np.zeros(len(left))
    for first in range(0, len(left), PORTION):
        part = slice(first, first + PORTION)
        verdict[part], weight[part] = judged(rows[left[part]], rows[right[part]], model, among=len(rows))
    sure, grey = verdict == SAME, verdict == DOUBTFUL

    def repelled(one: Array, other: Array) -> Array:
        return judged(rows[one], rows[other], model, among=len(rows))[1] < REPELLED

    people = clusters_of(len(rows), (left[sure], right[sure]), weight[sure], repelled)
    grey &= people[left] != people[right]
    return Linked(people, (left[grey], right[grey], weight[grey]), len(left))


def likely_pairs(keys: Array, judge: Judge) -> tuple[Array, Array, Array]:
    """Return the pairs of rows that are one or perhaps one, with their log2 odds."""
    left, right = pairs_of(keys) if len(keys) else (np.zeros(0, dtype="i8"),) * 2
    kept, found = [], []
    for first in range(0, len(left), PORTION):
        verdict, odds = judge(left[first : first + PORTION], right[first : first + PORTION])
        kept.append(first + np.flatnonzero(verdict != OTHER))
        found.append(odds[verdict != OTHER])
    chosen = np.concatenate(kept) if kept else np.zeros(0, dtype="i8")
    return left[chosen], right[chosen], np.concatenate(found) if found else np.zeros(0)


def judged(left: Array, right: Array, model: Weights, *, among: int) -> tuple[Array, Array]:
    """Return verdict and log2 odds of each pair. Two right id numbers that differ have odds of minus infinity."""
    levels = levels_of(left, right)
    weights = weights_of(levels, left, model, among=among)
    weights[levels[:, 1] == 0] = -np.inf
    return verdicts_of(levels, weights), weights
