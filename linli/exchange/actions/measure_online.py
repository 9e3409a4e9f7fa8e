"""An index of made-up people in temporary tables, and single records matched against it. For measuring only."""

from collections.abc import Mapping
from time import perf_counter
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, transaction

from linli.exchange.actions.link_online import look_up
from linli.exchange.models.linkage import CONTEXT
from linli.exchange.queries.linkage_index import keyed_pairs, model_in_force, old_names
from linli.exchange.rules.linkage_batch import link
from linli.exchange.rules.linkage_crowd import crowd
from linli.exchange.rules.linkage_kinds import PERSON, packed, rows_from
from linli.exchange.rules.linkage_rows import Array, People, rows_of
from linli.kernel import api as kernel

TABLES = ("registry_identity", "exchange_linkageentry", "exchange_linkagekey")
PORTION = 20_000


@transaction.atomic
def measure_online(*, records: int, incoming: int, seed: int) -> Mapping[str, Any]:
    """Return how fast and how well single records find their person among so many that are there.

    The people of the index are those that the batch made of it. Recall counts the pairs of an incoming record with the
    records of its person; `batch_recall` is that of the batch over all records, for the same pairs.
    """
    people, truth = crowd(records + incoming, seed=seed)
    rows = rows_of(people)
    model, _among = model_in_force()
    together = link(rows, model).people
    there = link(rows[:records], model).people
    began = perf_counter()
    _fill(rows[:records], there)
    filled = perf_counter() - began
    found, times = _asked(people, records)
    pairs = _pairs(truth, records)
    meant = [(one, at) for one, others in enumerate(pairs) for at in others]
    hits = sum(found[one] == there[at] for one, at in meant)
    batch = sum(together[records + one] == together[at] for one, at in meant)
    sizes = np.bincount(there, minlength=records)
    said = sum(int(sizes[one]) for one in found if one >= 0)
    return {
        "online_p50_ms": float(np.percentile(times, 50)), "online_p99_ms": float(np.percentile(times, 99)),
        "online_recall": hits / len(meant), "online_precision": hits / said, "online_batch_recall": batch / len(meant),
        "online_records": incoming, "index_records": records, "index_seconds": filled,
    }  # fmt: skip


def _asked(people: People, records: int) -> tuple[list[int], list[float]]:
    """Ask for each incoming record as it would be when a source says it; return its person and the milliseconds."""
    found, times = [], []
    columns = (people.names, people.ids, people.births, people.sexes, people.phones, people.addresses)
    codes = ("name", "citizen_id", "birth_date", "sex", "phone", "address")
    for number in range(records, len(people.names)):
        values = {code: column[number] for code, column in zip(codes, columns, strict=True)}
        began = perf_counter()
        (one,) = look_up(PERSON, rows_from(PERSON, [values], old_names()))
        times.append((perf_counter() - began) * 1000)
        found.append(one.entity.int if one.entity is not None else -1)
    return found, times


def _pairs(truth: Array, records: int) -> list[list[int]]:
    """Return for each incoming record the records of its person in the index."""
    known: dict[int, list[int]] = {}
    for at, whom in enumerate(truth[:records].tolist()):
        known.setdefault(whom, []).append(at)
    return [known.get(whom, []) for whom in truth[records:].tolist()]


def _fill(rows: Array, people: Array) -> None:
    """Fill temporary twins of the tables, which hide the real ones until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL temp_buffers = '1GB'")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for table in TABLES:
            cursor.execute(f"CREATE TEMP TABLE {table} (LIKE public.{table} INCLUDING DEFAULTS) ON COMMIT DROP")
        with cursor.copy("COPY registry_identity (id, source_id, kind, key, entity_id, since) FROM STDIN") as copy:
            for number, whom in enumerate(people.tolist()):
                copy.write_row((number, "bench", PERSON, str(number), UUID(int=whom), "2026-01-01"))
        for first in range(0, len(rows), PORTION):
            some = rows[first : first + PORTION]
            sealed = kernel.seal_all([packed(row) for row in some], context=CONTEXT)
            with cursor.copy('COPY exchange_linkageentry (identity_id, "row") FROM STDIN') as copy:
                for entry in enumerate(sealed, first):
                    copy.write_row(entry)
            places, keys = keyed_pairs(PERSON, some)
            with cursor.copy("COPY exchange_linkagekey (entry_id, key) FROM STDIN") as copy:
                for place, key in zip(places, keys, strict=True):
                    copy.write_row((first + int(place), int(key)))
        for index in ("registry_identity (id)", "registry_identity (entity_id)", "exchange_linkageentry (identity_id)",
                      "exchange_linkagekey (key) INCLUDE (entry_id)"):  # fmt: skip
            cursor.execute(f"CREATE INDEX ON {index}")
        cursor.execute(f"ANALYZE {', '.join(TABLES)}")
