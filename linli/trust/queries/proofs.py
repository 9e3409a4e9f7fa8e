"""Proves: that an entry stands under a head, that one head goes on from another. A few rows each, and no scan."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from linli.trust.models import LedgerTree, TreeHead
from linli.trust.queries.tiles import head_note, keys_of_ledger, newest_head, read_tiles, spot_of
from linli.trust.rules.heads import read_note
from linli.trust.rules.leaf import CANONICAL_SQL
from linli.trust.rules.merkle import (
    HASHES,
    Hash,
    inclusion_tiles,
    prove_consistency,
    prove_inclusion,
    reader,
    tile_rows,
)
from linli.trust.rules.proofs import GROWTH, INCLUSION


class NotSealedError(LookupError):
    """There is no such entry, or it waits for its seal, or for a head that is signed."""


def prove_entry(*, entry_id: UUID) -> dict[str, Any]:
    """Return the proof that an entry stands under the newest head, as a JSON object. Raises NotSealedError."""
    head, spot = newest_head(), spot_of(entry_id)
    if head is None or spot is None or spot.index >= head.size:
        raise NotSealedError
    note, name, keys = _signed(head.number, head.size, bytes(head.root))
    return {
        "form": INCLUSION,
        "entry": canonical_of(entry_id=entry_id),
        "era": spot.era,
        "transaction": spot.transaction,
        "index": spot.index,
        "path": [one.hex() for one in inclusion_path(spot.index, head.size, HASHES[name])],
        "head": note,
        "keys": list(keys),
    }


@lru_cache(maxsize=32)
def _signed(number: int, _size: int, _root: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Return a head as a note, its hash, and the keys of the ledger: they never change for a head."""
    note = head_note(number)
    return note, read_note(note)[0].hash, tuple(key.line() for key in keys_of_ledger().values())


def inclusion_path(index: int, size: int, digest: Hash) -> list[bytes]:
    """Return the hashes between a leaf and the root of a tree of this size."""
    return prove_inclusion(index, size, reader(read_tiles(inclusion_tiles(index, size)), digest), digest)


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
