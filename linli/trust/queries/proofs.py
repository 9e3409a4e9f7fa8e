"""Proves: that an entry stands under a head, that one head goes on from another. A few rows each, and no scan."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from linli.trust.models import LedgerTree, TreeHead
from linli.trust.queries.tiles import head_note, keys_of_ledger, newest_head, read_tiles
from linli.trust.rules.heads import read_note
from linli.trust.rules.leaf import CANONICAL_SQL
from linli.trust.rules.merkle import (
    HASHES,
    HEIGHT,
    prove_consistency,
    prove_inclusion,
    reader,
    tile_rows,
)
from linli.trust.rules.proofs import GROWTH, INCLUSION

# The place of an entry is counted from the end of its seal that is nearer.
# Above a leaf and at the right edge of a tree: one tile of each level holds either, and at the top both.
_SPOT = f"""
WITH spot AS MATERIALIZED (
    SELECT h.size - CASE WHEN e.transaction - s.transaction1 < s.transaction2 - e.transaction THEN s.amount - (
        SELECT count(*) - 1 FROM trust_ledgerentry b
        WHERE (b.era, b.transaction, b.id) BETWEEN (s.era1, s.transaction1, s.entry1) AND (e.era, e.transaction, e.id)
    ) ELSE (
        SELECT count(*) FROM trust_ledgerentry b
        WHERE (b.era, b.transaction, b.id) BETWEEN (e.era, e.transaction, e.id) AND (s.era2, s.transaction2, s.entry2)
    ) END AS place, e.era, e.transaction, {CANONICAL_SQL}, n.number, n.size, n.root
    FROM trust_ledgerentry e
    CROSS JOIN LATERAL (
        SELECT number AS seal, count AS amount, first_era AS era1, first_transaction AS transaction1,
            first_entry AS entry1, last_era AS era2, last_transaction AS transaction2, last_entry AS entry2
        FROM trust_seal WHERE (last_era, last_transaction, last_entry) >= (e.era, e.transaction, e.id)
        ORDER BY last_era, last_transaction, last_entry LIMIT 1
    ) s
    JOIN trust_treehead h ON h.number = s.seal
    CROSS JOIN LATERAL (
        SELECT number, size, root FROM trust_treehead
        WHERE number >= (SELECT since FROM trust_ledgertree) ORDER BY number DESC LIMIT 1
    ) n
    WHERE e.id = %s
)
SELECT spot.*, array_agg(t.level), array_agg(t.number), array_agg(t.hashes)
FROM spot
CROSS JOIN LATERAL generate_series(0, 7) AS step(level)
JOIN trust_tile t ON t.level = step.level
    AND t.number IN (spot.place >> {HEIGHT} * (step.level + 1), spot.size >> {HEIGHT} * (step.level + 1))
GROUP BY 1, 2, 3, 4, 5, 6, 7"""  # noqa: S608  constants


class NotSealedError(LookupError):
    """There is no such entry, or it waits for its seal, or for a head that is signed."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sealed entry stands, its canonical form, the newest head that is signed, and the tiles between them."""

    index: int
    era: int
    transaction: int
    text: str
    head: int
    size: int
    root: bytes
    tiles: dict[tuple[int, int], bytes]


def spot_of(entry_id: UUID) -> Spot:
    """Return where an entry stands in the tree. Raises NotSealedError."""
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:  # planning takes longer than looking, tiles are long as text
        row = cursor.execute(_SPOT, [entry_id], prepare=True, binary=True).fetchone()
    if row is None or row[0] >= row[5]:
        raise NotSealedError
    index, era, transaction, text, head, size, root, levels, numbers, hashes = row
    tiles = dict(zip(zip(levels, numbers, strict=True), hashes, strict=True))
    return Spot(index, era, transaction, text, head, size, root, tiles)


def prove_entry(*, entry_id: UUID) -> dict[str, Any]:
    """Return the proof that an entry stands under the newest head, as a JSON object. Raises NotSealedError."""
    spot = spot_of(entry_id)
    note, name, keys = _signed(spot.head, spot.size, spot.root)
    digest = HASHES[name]
    path = prove_inclusion(spot.index, spot.size, reader(spot.tiles, digest), digest)
    return {
        "form": INCLUSION,
        "entry": spot.text,
        "era": spot.era,
        "transaction": spot.transaction,
        "index": spot.index,
        "path": [one.hex() for one in path],
        "head": note,
        "keys": list(keys),
    }


@lru_cache(maxsize=32)
def _signed(number: int, _size: int, _root: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Return a head as a note, its hash, and the keys of the ledger: they never change for a head."""
    note = head_note(number)
    return note, read_note(note)[0].hash, tuple(key.line() for key in keys_of_ledger().values())


def prove_growth(*, old: int, new: int | None = None) -> dict[str, Any]:
    """Return the proof that the head of one seal goes on from that of an older one. Raises NotSealedError."""
    newest = newest_head()
    heads = TreeHead.objects.in_bulk([old, new if new is not None else newest.number if newest else 0])
    before, after = heads.get(old), heads.get(new if new is not None else newest.number if newest else 0)
    if before is None or after is None or newest is None:
        raise NotSealedError
    return {
        "form": GROWTH,
        "old": head_note(before.number),
        "path": [one.hex() for one in growth_path(before.size, after.size)],
        "head": head_note(after.number),
        "keys": [key.line() for key in keys_of_ledger().values()],
    }


def growth_path(old: int, size: int) -> list[bytes]:
    """Return the hashes that show that the first `old` leaves are the beginning of `size`."""
    digest = HASHES[LedgerTree.objects.get().hash]
    wanted = {(level, number) for each in (old, size) for level, number, count in tile_rows(each) if count}
    beside = {(level, min(old, size - 1) >> 8 * (level + 1)) for level, _number, _count in tile_rows(size)}
    return prove_consistency(old, size, reader(read_tiles(wanted | beside), digest), digest)


def canonical_of(*, entry_id: UUID) -> str:
    """Return the canonical form of an entry, made again from its columns."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {CANONICAL_SQL} FROM trust_ledgerentry WHERE id = %s", [entry_id])  # noqa: S608  constants
        return str(cursor.fetchone()[0])
