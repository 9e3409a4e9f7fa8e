"""Digests of delivered rows as one piece of bytes: 16 of the id of whom a row is about, then 16 of the digest."""

from collections.abc import Iterable
from uuid import UUID

ID, DIGEST = 16, 16


def marked_row(row_id: UUID, digest: bytes) -> bytes:
    """Return the digest of one row with whom it is about, as it is kept."""
    return row_id.bytes + digest[:DIGEST]


def other_rows(rows: Iterable[bytes], kept: bytes) -> int:
    """Return how many rows are new, or say something else, than those that were kept together."""
    before = {kept[at : at + ID + DIGEST] for at in range(0, len(kept), ID + DIGEST)}
    return len(set(rows) - before)


__all__ = ["marked_row", "other_rows"]
