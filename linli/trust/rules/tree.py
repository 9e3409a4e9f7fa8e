"""What a leaf is, and the chain of seals: each over the root of its own leaves, by SM3 (RFC 9162 section 2.1).

An entry of the tree is era, 4 bytes | transaction, 8 bytes | digest, 32 bytes, integers big-endian: it says nothing of
what was done to somebody who has not the canonical form. Its leaf hash is HASH(0x00 | entry).
"""

import json
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from linli.kernel import api as kernel
from linli.trust.rules.merkle import Hash

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


def leaf_hash(era: int, transaction: int, digest: bytes, by: Hash = kernel.sm3) -> bytes:
    """Return the hash of a leaf at its place."""
    return by(_PLACE.pack(0, era, transaction) + digest)


def tree_entry(era: int, transaction: int, digest: bytes) -> bytes:
    """Return the 44 bytes of a leaf."""
    return _PLACE.pack(0, era, transaction)[1:] + digest


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
        micros(seal.made_at),
    ]
    return kernel.sm3(json.dumps(items, separators=(",", ":")).encode())


def micros(moment: datetime) -> int:
    """Return microseconds since 1970 in UTC."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def mark_of(seal_hash: bytes) -> str:
    """Return the keyed mark of a seal: who has the database but not the key ring cannot forge it."""
    return kernel.keyed_token(seal_hash.hex(), context="trust.seal")
