"""Records of any layout linked without labels 通用比对: text columns, levels of likeness, weights learned at once."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from linli.exchange.rules.linkage_blocks import pairs_of
from linli.exchange.rules.linkage_clusters import clusters_of
from linli.exchange.rules.linkage_rows import Array

Columns = Mapping[str, Sequence[str]]
LIKE, ALIKE = 0.93, 0.82  # Jaro-Winkler, of words
OTHER, FAR_ALIKE, NEAR, SAME = range(4)
LEVELS, MISSING, ROUNDS, LEAST, SMOOTH = 4, -1, 60, 1e-3, 0.5
CERTAIN, REPELLED = 3.0, -6.0  # log2 odds
LARGEST, FEWEST_VALUES = 60, 20
_DIGITS = 0.9  # a column is of numbers where so many of its values are


def link_table(columns: Columns, *, between: Array | None = None) -> Array:
    """Return for each record the number of what it describes: the lowest record of the same.

    Nothing is known of the columns but their texts; "" is silence. Weights come from the records themselves. With
    `between`, a number for each record, only records of different files are compared.
    """
    texts = {code: [" ".join(str(one).lower().split()) for one in column] for code, column in columns.items()}
    texts = {code: column for code, column in texts.items() if any(column)}
    n = len(next(iter(texts.values()), ()))
    left, right = _candidates(texts)
    if between is not None:
        across = between[left] != between[right]
        left, right = left[across], right[across]
    if not len(left):
        return np.arange(n)
    chance = _chance(texts, n)
    levels = _levels(texts, left, right)
    share, tables = _expectation(levels, chance, n)
    rarity = {at: _rarity(column) for at, column in enumerate(texts.values())}

    def odds(one: Array, other: Array, known: Array | None = None) -> Array:
        found = _levels(texts, one, other) if known is None else known
        return _odds(found, share * len(left) / (n * (n - 1) / 2), tables=tables, chance=chance, rarity=rarity, one=one)

    weights = odds(left, right, levels)
    sure = weights >= CERTAIN
    return clusters_of(
        n, (left[sure], right[sure]), weights[sure], lambda one, other: odds(one, other) < REPELLED
    )  # fmt: skip


def _candidates(texts: Columns) -> tuple[Array, Array]:
    """Return pairs that share one telling value, or two that tell little."""
    keys: list[Array] = []
    telling = [code for code, column in texts.items() if len(set(column)) >= FEWEST_VALUES]
    for code in telling:
        keys += [_key(texts[code]), _key([_bare(one) for one in texts[code]])]
    starts = {code: [one[:4] for one in texts[code]] for code in texts}
    for first, second in combinations(texts, 2):
        keys.append(_key([a and b and f"{a}|{b}" for a, b in zip(starts[first], starts[second], strict=True)]))
    found = [pairs_of(key[:, None], largest=LARGEST) for key in keys]
    n = len(next(iter(texts.values())))
    codes = np.unique(np.concatenate([left * n + right for left, right in found]))
    return codes // n, codes % n


def _bare(text: str) -> str:
    """Return the letters or digits of a value in order: two that changed places no longer matter."""
    return "".join(sorted(text.replace(" ", "")))


def _key(column: Sequence[str]) -> Array:
    known: dict[str, int] = {"": 0}
    return np.array([known.setdefault(one, len(known)) for one in column], dtype="u8")


def _levels(texts: Columns, left: Array, right: Array) -> Array:
    return np.stack([_likeness(column, left, right) for column in texts.values()], axis=1)


def _likeness(column: Sequence[str], left: Array, right: Array) -> Array:
    """Return the level of each pair in one column: numbers by slips of the finger, words by Jaro and Winkler."""
    from rapidfuzz import process  # noqa: PLC0415  slow to import, for tables that are measured
    from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler  # noqa: PLC0415  the same

    one, other = [column[at] for at in left.tolist()], [column[at] for at in right.tolist()]
    written = [text for text in column if text]
    if sum(text.isdigit() for text in written) > _DIGITS * len(written):
        slips = process.cpdist(one, other, scorer=DamerauLevenshtein.distance, dtype=np.int32)
        level = np.where(slips == 0, SAME, np.where(slips == 1, NEAR, np.where(slips == 2, FAR_ALIKE, OTHER)))  # noqa: PLR2004  two slips
    else:
        like = process.cpdist(one, other, scorer=JaroWinkler.similarity, dtype=np.float32)
        level = np.where(like >= 1, SAME, np.where(like >= LIKE, NEAR, np.where(like >= ALIKE, FAR_ALIKE, OTHER)))
    silent = np.array([not (a and b) for a, b in zip(one, other, strict=True)], dtype=bool)
    return np.where(silent, MISSING, level).astype("i1")


def _chance(texts: Columns, n: int) -> Array:
    """Return how often each level occurs among pairs taken at random, one row for each column."""
    left, right = np.random.default_rng(0).integers(0, n, (2, 100_000))
    levels = _levels(texts, left[left != right], right[left != right])
    return np.array([_shares(levels[:, at], np.ones(len(levels))) for at in range(levels.shape[1])])


def _shares(level: Array, weight: Array) -> Array:
    known = level != MISSING
    seen = np.bincount(level[known], weights=weight[known], minlength=LEVELS) + SMOOTH
    return np.asarray(seen / seen.sum())


def _expectation(levels: Array, chance: Array, n: int) -> tuple[float, Array]:
    """Return the share of pairs that are one, and how often each level occurs among them."""
    patterns, counts = np.unique(levels, axis=0, return_counts=True)
    start = np.array([0.05, 0.05, 0.15, 0.75])
    tables, others, share = np.tile(start, (levels.shape[1], 1)), chance.copy(), min(0.5, n / len(levels))
    for _round in range(ROUNDS):
        odds = np.full(len(patterns), np.log(share / (1 - share)))
        for at in range(levels.shape[1]):
            odds += np.append(np.log(tables[at] / others[at]), 0.0)[patterns[:, at]]
        one = counts / (1 + np.exp(-odds))
        share = float(np.clip(one.sum() / counts.sum(), 1e-5, 0.99))
        for at in range(levels.shape[1]):
            tables[at] = np.maximum(_shares(patterns[:, at], one), LEAST)
    return share, tables


def _rarity(column: Sequence[str]) -> Array:
    """Return log2 of how much rarer the value of each record is than two equal values are on the whole."""
    values, place, counts = np.unique(np.array(column), return_inverse=True, return_counts=True)
    shares = np.where(values == "", 0.0, counts / max(1, sum(1 for one in column if one)))
    usual = max(float((shares**2).sum()), 1e-9)
    return np.asarray(np.log2(np.maximum(shares[place], 1e-9) / usual))


def _odds(
    levels: Array, share: float, *, tables: Array, chance: Array, rarity: Mapping[int, Array], one: Array
) -> Array:
    """Return log2 odds; agreement on a common value is worth less than on a rare one."""
    total = np.full(len(levels), np.log2(share / (1 - share)))
    for at in range(levels.shape[1]):
        level = levels[:, at]
        total += np.append(np.log2(tables[at] / chance[at]), 0.0)[level]
        total -= np.where(level == SAME, rarity[at][one], 0.0)
    return total
