"""The rotation of keys 密钥轮换, online: a new version is added, everything is sealed anew, old ones go.

Readers never wait and never fail: every version opens while it is on the ring. A portion replaces a value only where it
is still the one that was read; what somebody wrote meanwhile stands, and within a second every process seals with the
new key. Killed at any moment, it goes on after the last portion that was committed.
"""

import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction

from linli.kernel import slots
from linli.kernel.models.keys import Resealing, RingMark
from linli.kernel.queries.sealed import SealedColumn, check_ring, keys_in_use, ring_mark, sealed_columns
from linli.kernel.rules import keyring, sealing

PORTION = 5000
ADVISORY_LOCK = 0x6B657973  # "keys"
SETTLED = 2 * sealing.LOOK_SECONDS  # after it every process seals with the new key
_OLDEST = """SELECT extract(epoch FROM clock_timestamp() - min(xact_start)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""


class KeysInUseError(RuntimeError):
    """A key can't be retired yet; the sentence says why."""


def keep_ring() -> None:
    """Check the ring against the database, and note whose it is where nothing is noted yet. Raises BrokenRingError."""
    check_ring()
    newest = max(keyring.load().seal_keys)
    RingMark.objects.get_or_create(id=1, defaults={"mark": ring_mark(), "newest": newest})
    RingMark.objects.filter(newest__lt=newest).update(newest=newest)


def rotate() -> int:
    """Add a version of the keys; from now on it seals. Returns it. `reseal` does the rest."""
    keep_ring()
    version = sealing.rotate_keys()
    RingMark.objects.update(newest=version)
    return version


def reseal(*, now: datetime, portion: int = PORTION) -> int:
    """Seal everything anew that another version sealed, and return how many values; 0 where another is at it.

    Goes on where it stopped. Each portion is a transaction of its own.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        (mine,) = cursor.fetchone()
    if not mine:
        return 0
    try:
        version = sealing.current_version()
        done = sum(_reseal_column(one, version, now, portion) for one in sealed_columns())
        done += sum(place.reseal(version) for place in slots.sealed_places.all())
        return done + int(default_storage.rewrap(version))  # type: ignore[attr-defined]  # ours
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def go_on(*, now: datetime) -> int:
    """Seal anew where the ring holds more than one version and not everything is done; a look at one table else."""
    ring = keyring.load()
    finished = Resealing.objects.filter(version=ring.current).exclude(finished_at=None).count()
    if len(ring.seal_keys) == 1 or finished >= len(sealed_columns()):
        return 0
    return reseal(now=now)


def left_to_reseal() -> int:
    """Return how many values need another version than the one that seals now. Reads everything."""
    current = sealing.current_version()
    return sum(
        count for versions in keys_in_use().values() for version, count in versions.items() if version != current
    )


def retire(*, wait: float = SETTLED) -> list[int]:
    """Take every version off the ring that nothing needs any more; return them. Raises KeysInUseError."""
    ring = keyring.load()
    old = set(ring.seal_keys) - {ring.current}
    if not old:
        return []
    time.sleep(wait)  # a process that has not seen the new key yet may still seal with the old one
    if (oldest := _oldest_transaction()) > wait:
        raise KeysInUseError(f"A transaction has been open for {oldest:.0f} seconds; try again when it has ended.")
    needed = {version: name for name, counts in keys_in_use().items() for version in counts if version in old}
    if old <= needed.keys():
        version, name = next(iter(needed.items()))
        raise KeysInUseError(f"Key {version} is still needed by {name}; let `linli keys reseal` finish.")
    gone = old - needed.keys()
    sealing.retire_keys(gone)
    return sorted(gone)


def _oldest_transaction() -> float:
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST)
        (seconds,) = cursor.fetchone()
    return float(seconds or 0)


def _reseal_column(one: SealedColumn, version: int, now: datetime, portion: int) -> int:
    progress, _made = Resealing.objects.get_or_create(column=one.name, version=version)
    total = 0
    while True:
        with transaction.atomic():
            rows = _next_rows(one, progress.last, portion)
            done = _write(one, _sealed_anew(one.field.context, rows, version))
            if rows:
                progress.last = str(rows[-1][0])
            progress.done += done
            total += done
            if len(rows) < portion:
                progress.finished_at, progress.last = now, ""  # the next time begins at the first row again
            progress.save()
        if len(rows) < portion:
            return total


def _next_rows(one: SealedColumn, last: str, portion: int) -> Sequence[tuple[Any, bytes]]:
    table, column, key = _names(one)
    beyond = f"WHERE {key} > %s" if last else ""
    query = f"SELECT {key}, {column} FROM {table} {beyond} ORDER BY {key} LIMIT {portion}"  # noqa: S608  names of our own columns
    with connection.cursor() as cursor:
        cursor.execute(query, [last] if last else [])
        rows: list[tuple[Any, bytes]] = cursor.fetchall()
    return rows


def _sealed_anew(
    context: str, rows: Iterable[tuple[Any, bytes | None]], version: int
) -> list[tuple[Any, bytes, bytes]]:
    return [
        (key, blob, sealing.seal(sealing.unseal(blob, context=context), context=context))
        for key, held in rows
        if (blob := bytes(held or b"")) and sealing.version_of(blob) not in {0, version}
    ]


def _write(one: SealedColumn, changed: Sequence[tuple[Any, bytes, bytes]]) -> int:
    if not changed:
        return 0
    table, column, key = _names(one)
    kind = one.model._meta.pk.db_type(connection)  # noqa: SLF001  Django's documented interface
    query = (
        f"UPDATE {table} t SET {column} = n.new FROM unnest(%s::{_base(kind)}[], %s::bytea[], %s::bytea[])"  # noqa: S608  names of our own columns
        f" AS n(key, old, new) WHERE t.{key} = n.key AND t.{column} = n.old"
    )
    keys, old, new = zip(*changed, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(query, [list(map(str, keys)), list(old), list(new)])
        return int(cursor.rowcount)


def _base(kind: str | None) -> str:
    return {"serial": "integer", "bigserial": "bigint"}.get(str(kind), str(kind)).split(" GENERATED")[0]


def _names(one: SealedColumn) -> tuple[str, str, str]:
    quote, meta = connection.ops.quote_name, one.model._meta  # noqa: SLF001  Django's documented interface
    return quote(meta.db_table), quote(str(one.field.column)), quote(str(meta.pk.column))
