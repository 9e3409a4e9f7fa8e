"""The whole base is compared again 全量比对: what is certainly or perhaps one goes into the queue, a person decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import connection, transaction
from psycopg import Cursor

from linli.exchange.actions.link_online import raise_doubts
from linli.exchange.models import LinkageModel
from linli.exchange.models.linkage import CONTEXT
from linli.exchange.queries.linkage_index import REVISION, model_in_force, old_names
from linli.exchange.rules.linkage_batch import likely_pairs
from linli.exchange.rules.linkage_kinds import KINDS, PERSON, block_keys, judge, unpacked
from linli.exchange.rules.linkage_rows import ROW, Array, named_today
from linli.exchange.rules.linkage_training import train
from linli.exchange.rules.linkage_weights import sound, to_json
from linli.kernel import api as kernel

PORTION, RAISED = 5_000, 1_000
ENTRIES = """
SELECT e.identity_id, e."row" FROM exchange_linkageentry e JOIN registry_identity i ON i.id = e.identity_id
WHERE i.kind = %s AND i.id > %s AND e.identity_id > %s ORDER BY i.id LIMIT %s
"""  # both sides are told where to begin: PostgreSQL would walk one of them from its start, each time
TAUGHT_BY, AT_LEAST = 200_000, 20_000  # records that weights are learned from at most, and at least


@dataclass(frozen=True, slots=True)
class Rerun:
    """What came of it: records compared, pairs that look like one, and how many of them are new in the queue."""

    records: int
    pairs: int
    raised: int


def rerun_linkage(*, kind: str, now: datetime) -> Rerun:
    """Compare every identity of a kind with those that share a key, and queue what is one and not yet joined.

    Nothing is merged by itself, and what was judged, pinned or forbidden is left alone: run again it changes nothing.
    """
    numbers, rows = _index(kind)
    model, _among = model_in_force()
    left, right, odds = likely_pairs(
        block_keys(kind, rows), lambda a, b: judge(kind, rows[a], rows[b], model, among=max(len(rows), 2))
    )
    pairs = list(
        zip(*(np.sort(np.stack([numbers[left], numbers[right]]), axis=0)).tolist(), odds.tolist(), strict=True)
    )
    raised = 0
    for first in range(0, len(pairs), RAISED):
        with transaction.atomic():
            raised += raise_doubts(kind=kind, pairs=pairs[first : first + RAISED], now=now)
    return Rerun(len(rows), len(pairs), raised)


def rerun_all(*, now: datetime) -> dict[str, Rerun]:
    """Compare every kind that linkage knows."""
    return {kind: rerun_linkage(kind=kind, now=now) for kind in sorted(KINDS)}


def learn_weights(*, now: datetime) -> bool:
    """Learn the weights of people from the base itself and put them in force; tell whether that was done.

    Too few records teach nothing; weights that rate agreement lower than disagreement are not taken.
    """
    _numbers, rows = _index(PERSON)
    if len(rows) < AT_LEAST:
        return False
    chosen = np.random.default_rng(0).permutation(len(rows))[:TAUGHT_BY]
    model = train(rows[chosen])
    if not sound(model):
        return False
    with transaction.atomic():
        LinkageModel.objects.create(kind=PERSON, weights=to_json(model), records=len(rows), trained_at=now)
        kernel.bump(REVISION)
    return True


def _index(kind: str) -> tuple[Array, Array]:
    """Return the identities of a kind and what is compared of each, opened, under the names of today."""
    numbers, parts, names = [], [], old_names()
    for portion in _portions(kind):
        numbers += [number for number, _blob in portion]
        texts = kernel.unseal_all((blob for _number, blob in portion), context=CONTEXT)
        parts.append(named_today(unpacked(texts), names))
    return np.array(numbers, dtype="i8"), np.concatenate(parts) if parts else np.zeros(0, dtype=ROW)


def _portions(kind: str) -> Iterator[list[tuple[int, bytes]]]:
    last = 0
    connection.ensure_connection()
    with Cursor(connection.connection) as cursor:
        while portion := cursor.execute(ENTRIES, [kind, last, last, PORTION], binary=True).fetchall():
            yield portion
            last = portion[-1][0]
