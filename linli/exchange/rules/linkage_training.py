"""Weights learned without labels 权重训练: expectation and maximisation over the patterns of agreement."""

import numpy as np

from linli.exchange.rules.linkage_blocks import keys_of, pairs_of
from linli.exchange.rules.linkage_compare import FIELDS, LEVELS, MISSING, levels_of
from linli.exchange.rules.linkage_rows import Array
from linli.exchange.rules.linkage_weights import Weights, names_of

ROUNDS, CHANCE, LEAST = 40, 200_000, 1e-4
SHARED_ID = 1e-8  # two people under one id number: the law gives each their own, what is left are slips
# What shares these keys is looked at to learn the other fields: nobody learns from a field that chose its pairs.
_PASSES = (((0,), ("citizen_id",)), ((1,), ("name", "birth_date")), ((2,), ("phone",)), ((3,), ("name", "address")))
_NAMED = (3, 4)


def train(rows: Array, *, seed: int = 0) -> Weights:
    """Return weights learned from these rows alone: how often fields agree by chance, and how often for one person."""
    by_chance = _by_chance(rows, np.random.default_rng(seed))
    keys = keys_of(rows)
    learned: dict[str, list[tuple[float, Array]]] = {code: [] for code in FIELDS}
    met = 0.0
    for columns, chosen in _PASSES:
        left, right = pairs_of(keys[:, columns])
        if not len(left):
            continue
        levels = levels_of(rows[left], rows[right])
        others = [code for code in FIELDS if code not in chosen]
        share, tables = expectation(levels, others, by_chance)
        met = max(met, share * len(left) / len(rows))
        for code in others:
            learned[code].append((share * len(left), tables[code]))
    agreement = {code: _weights(code, learned[code], by_chance[code]) for code in FIELDS}
    return Weights(agreement, 2 * met, names_of(rows))


def expectation(levels: Array, fields: list[str], by_chance: dict[str, Array]) -> tuple[float, dict[str, Array]]:
    """Return the share of pairs that are one person, and how often each level occurs among them."""
    columns = [FIELDS.index(code) for code in fields]
    patterns, counts = _counted(levels[:, columns])
    tables = {code: np.linspace(0.02, 1, len(LEVELS[code])) ** 3 for code in fields}
    tables = {code: table / table.sum() for code, table in tables.items()}
    share = 0.5
    for _round in range(ROUNDS):
        odds = np.full(len(patterns), np.log(share / (1 - share)))
        for at, code in enumerate(fields):
            ratio = np.append(np.log(tables[code] / by_chance[code]), 0.0)
            odds += ratio[patterns[:, at]]
        one = counts / (1 + np.exp(-odds))
        share = float(np.clip(one.sum() / counts.sum(), 1e-6, 1 - 1e-6))
        for at, code in enumerate(fields):
            known = patterns[:, at] != MISSING
            seen = np.bincount(patterns[known, at], weights=one[known], minlength=len(LEVELS[code]))
            tables[code] = (seen + LEAST) / (seen + LEAST).sum()
    return share, tables


def _counted(levels: Array) -> tuple[Array, Array]:
    """Return the patterns of agreement that occur, and how often."""
    scale = 8 ** np.arange(levels.shape[1])
    _codes, first, counts = np.unique((levels + 1) @ scale, return_index=True, return_counts=True)
    return levels[first], counts


def _by_chance(rows: Array, random: np.random.Generator) -> dict[str, Array]:
    """Return how often each level occurs among pairs taken at random."""
    left, right = random.integers(0, len(rows), (2, CHANCE))
    levels = levels_of(rows[left], rows[right])[left != right]
    found = {}
    for place, code in enumerate(FIELDS):
        known = levels[:, place][levels[:, place] != MISSING]
        seen = np.bincount(known, minlength=len(LEVELS[code])) + 0.5
        found[code] = seen / seen.sum()
    found["citizen_id"][-1] = SHARED_ID
    found["phone"][-1] = min(found["phone"][-1], _repeats(rows["phone"]))
    return found


def _repeats(values: Array) -> float:
    """Return how often two that are taken at random have the same value, from the counts of all values."""
    there = values[values[:, 0] > 0].astype("i8") - ord("0")
    _values, counts = np.unique(there @ (10 ** np.arange(there.shape[1])), return_counts=True)
    total = float(counts.sum())
    return max(float((counts * (counts - 1.0)).sum()), 1.0) / max(total * (total - 1), 1.0)


def _weights(code: str, learned: list[tuple[float, Array]], by_chance: Array) -> tuple[float, ...]:
    if not learned:
        return (0.0,) * len(by_chance)
    total = sum(weight for weight, _table in learned) or 1.0
    mean = sum((weight / total * table for weight, table in learned), np.zeros(len(by_chance)))
    mean = np.maximum(mean, LEAST)
    found = np.log2(mean / by_chance)
    if code == "name":
        found[list(_NAMED)] = np.log2(mean[list(_NAMED)])
    return tuple(float(one) for one in found)
