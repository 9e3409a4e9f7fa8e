"""Whom each of some new rows means, given what was found near them: one rule for a single record and for a batch."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np

from linli.exchange.rules.linkage_batch import REPELLED
from linli.exchange.rules.linkage_blocks import pairs_of
from linli.exchange.rules.linkage_kinds import block_keys, judge
from linli.exchange.rules.linkage_rows import Array, rows_of_bytes
from linli.exchange.rules.linkage_weights import OTHER, SAME, Weights

CROSS = 4096  # up to so many pairs all are compared, which is quicker than to look for those that share a key
MOST_DOUBTS = 3


@dataclass
class Found:
    """Whom one row means: an entity, an earlier row, nobody known; `doubts` are (identity, log2 odds), best first."""

    entity: UUID | None = None
    like: int | None = None
    doubts: list[tuple[int, float]] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """Rows in the index near the new ones: all rows of every entity of which one shares a key."""

    rows: Array
    entities: Sequence[UUID]
    identities: Sequence[int]


def findings(kind: str, rows: Array, known: Known, model: Weights, *, among: int) -> list[Found]:
    """Return whom each row means. Where several rows of an entity are known, none may speak against it."""
    left, right = _pairs(kind, rows, known)
    everything = rows_of_bytes([known.rows.tobytes(), rows.tobytes()])  # far quicker for few than to concatenate
    verdict, odds = judge(kind, everything[left], everything[right], model, among=among)
    near: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for one, other, sure, worth in zip(left.tolist(), right.tolist(), verdict.tolist(), odds.tolist(), strict=True):
        near[other - len(known.rows)].append((worth, sure, one))
    found = [Found() for _row in rows]
    for number, seen in near.items():
        _settle(found[number], sorted(seen, reverse=True), known)
    return found


def _settle(found: Found, seen: Sequence[tuple[float, int, int]], known: Known) -> None:
    """Choose among what is near a row, the likeliest first."""
    here = len(known.rows)
    against = {known.entities[one] for odds, _sure, one in seen if one < here and odds < REPELLED}
    asked: set[UUID] = set()
    for odds, sure, one in seen:
        if one >= here:
            if sure == SAME and found.like is None:
                found.like = one - here
            continue
        entity = known.entities[one]
        if sure == OTHER or entity == found.entity or entity in asked:
            continue
        if sure == SAME and entity not in against and found.entity is None:
            found.entity = entity
        elif np.isfinite(odds) and len(found.doubts) < MOST_DOUBTS:
            asked.add(entity)
            found.doubts.append((known.identities[one], odds))


def _pairs(kind: str, rows: Array, known: Known) -> tuple[Array, Array]:
    """Return pairs of row numbers among the known and the new together; the right one is always new."""
    here, count = len(known.rows), len(rows)
    if (here + count) * count <= CROSS:
        left, right = np.divmod(np.arange((here + count) * count), max(count, 1))
        right = right + here
    else:
        left, right = pairs_of(block_keys(kind, np.concatenate([known.rows, rows])))
        left, right = _with_kin(left, right, known.entities)
    keep = (left < right) & (right >= here)
    return left[keep], right[keep]


def _with_kin(left: Array, right: Array, entities: Sequence[UUID]) -> tuple[Array, Array]:
    """Return the pairs with the other rows of the entities that they touch: each of them may speak against it."""
    kin: dict[UUID, list[int]] = defaultdict(list)
    for number, entity in enumerate(entities):
        kin[entity].append(number)
    here = len(entities)
    pairs = set()
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        pairs |= {(number, other) for number in (kin[entities[one]] if one < here else (one,))}
    codes = np.array(sorted(pairs), dtype="i8").reshape(-1, 2)
    return codes[:, 0], codes[:, 1]
