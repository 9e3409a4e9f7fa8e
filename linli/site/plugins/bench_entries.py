"""What `linli bench ledger` does inside its own database: record, seal, prove, verify, read."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust

SHORTEST = 0.1  # seconds between two seals, as the relay seals
PATIENCE = 600.0  # seconds without a new entry, after which sealing gives up


def write(count: int, group: int) -> dict[str, Any]:
    """Record so many uses, a group in each transaction."""
    began = time.time()
    for start in range(0, count, group):
        leaves = [trust.compose(**use_of(number)) for number in range(start, min(start + group, count))]
        with transaction.atomic():
            trust.record_all(leaves)
    return {"records": count, "began": began, "ended": time.time()}


def seal(count: int) -> dict[str, Any]:
    """Seal ten times a second, as the relay does, until so many entries were sealed."""
    sealed, busy, last = 0, 0.0, time.monotonic()
    while sealed < count and time.monotonic() < last + PATIENCE:
        started = time.monotonic()
        made = trust.seal_waiting(now=kernel.now())
        spent = time.monotonic() - started
        if made:
            sealed, busy, last = sealed + made, busy + spent, time.monotonic()
        time.sleep(max(0.0, SHORTEST - spent))
    return {"sealed": sealed, "busy_seconds": round(busy, 2)}


def settle() -> dict[str, Any]:
    """Seal what planting left, so that the entries counted afterwards are those of the writers."""
    return {"sealed": trust.seal_waiting(now=kernel.now())}


def prove(count: int) -> dict[str, Any]:
    """Prove entries all over the ledger under its newest head, check each, and say how long proving took."""
    times = []
    ids = trust.entry_ids(about=count)
    for entry_id in ids:
        started = time.perf_counter()
        proof = trust.prove_entry(entry_id=entry_id)
        times.append(time.perf_counter() - started)
        trust.check_inclusion(proof)
    times.sort()
    return {
        "proofs": len(times),
        "median_ms": _ms(statistics.median(times)),
        "p95_ms": _ms(times[len(times) * 95 // 100]),
    }


def verify() -> dict[str, Any]:
    """Verify everything and say how long it took."""
    started = time.perf_counter()
    check = trust.verify_ledger()
    return {"seconds": time.perf_counter() - started, "sealed": check.sealed, "ok": check.ok}


def cards(count: int) -> dict[str, Any]:
    """Read cards by turns with the ledger and without, and say what part of the time it adds."""
    now = kernel.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM registry_entity WHERE kind = 'person' ORDER BY id LIMIT 20")
        people = [row[0] for row in cursor.fetchall()]
    spent: dict[bool, list[float]] = {True: [], False: []}
    real = trust.record
    for turn in range(count * 2):
        recording = turn % 2 == 0
        setattr(trust, "record", real if recording else _nothing)  # noqa: B010  only here, to know what it costs
        started = time.perf_counter()
        registry.open_card(entity_id=people[turn // 2 % len(people)], by=accounts.SYSTEM, purpose="serve", now=now)
        spent[recording].append(time.perf_counter() - started)
    trust.record = real
    with_it, without = (statistics.median(spent[one]) for one in (True, False))
    return {"with_ms": _ms(with_it), "without_ms": _ms(without), "overhead": round(with_it / without - 1, 4)}


def use_of(number: int) -> dict[str, Any]:
    """Return one use as it is recorded."""
    return {
        "by": accounts.SYSTEM, "action": "read", "purpose": "bench", "subjects": [f"{number:064x}"],
        "object_kind": "registry.person", "object_id": number, "elements": ["name_masked", "phone_masked", "address"],
        "now": kernel.now(),
    }  # fmt: skip


def _nothing(**_use: Any) -> None:
    """Record nothing."""


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)


DEEDS: dict[str, Callable[..., dict[str, Any]]] = {
    "settle": settle,
    "write": write,
    "seal": seal,
    "prove": prove,
    "verify": verify,
    "cards": cards,
}
