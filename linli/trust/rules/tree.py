"""The Merkle tree over the leaves of a seal, and the chain of seals (RFC 9162 section 2.1 with SM3).

A leaf hash is SM3(0x00 | era, 4 bytes | transaction, 8 bytes | digest, 32 bytes), integers big-endian; a node is
SM3(0x01 | left | right). The root of n leaves splits them at the largest power of two below n.
"""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from linli.kernel import api as kernel

FORM = "linli.seal.1"
FIRST = bytes(32)
_PLACE = struct.Struct(">BiQ")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an entry stands in the ledger: the era of the database server, the transaction, the entry."""

    era: int
    transaction: int
    entry: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SealContent:
    """What one seal says 封条: how many leaves from where to where, their root, and the seal before."""

    number: int
    count: int
    first: Place
    last: Place
    root: bytes
    previous: bytes
    made_at: datetime


def leaf_hash(era: int, transaction: int, digest: bytes) -> bytes:
    """Return the hash of a leaf at its place."""
    return kernel.sm3(_PLACE.pack(0, era, transaction) + digest)


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root of leaf hashes. Level by level: an odd last node moves up, which is RFC 9162's split."""
    if not leaves:
        return kernel.sm3(b"")
    level = list(leaves)
    while len(level) > 1:
        paired = [kernel.sm3(b"\x01" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired if len(level) % 2 == 0 else [*paired, level[-1]]
    return level[0]


def hash_of(seal: SealContent) -> bytes:
    """Return SM3 over the seal as a JSON array: form, number, count, first, last, root, previous, made_at.

    Places are three items each (era, transaction, entry as hyphenated UUID), hashes are hex, time is microseconds since
    1970 in UTC; no spaces.
    """
    items = [
        FORM,
        seal.number,
        seal.count,
        *(seal.first.era, seal.first.transaction, str(seal.first.entry)),
        *(seal.last.era, seal.last.transaction, str(seal.last.entry)),
        seal.root.hex(),
        seal.previous.hex(),
        (seal.made_at - _EPOCH) // timedelta(microseconds=1),
    ]
    return kernel.sm3(json.dumps(items, separators=(",", ":")).encode())


def mark_of(seal_hash: bytes) -> str:
    """Return the keyed mark of a seal: who has the database but not the key ring cannot forge it."""
    return kernel.keyed_token(seal_hash.hex(), context="trust.seal")
