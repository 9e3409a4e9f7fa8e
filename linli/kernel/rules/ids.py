"""Identifiers that sort by the time they were made (UUID version 7, RFC 9562 section 5.7 and 6.2 method 3)."""

import os
import threading
import time
from struct import unpack
from uuid import UUID

_TICKS_IN_A_MILLISECOND = 4096
_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """Return a UUIDv7: 48 bits of Unix milliseconds, 12 bits of their fraction, 62 random bits.

    Two made by one process never come in the wrong order, also within one millisecond.
    """
    return uuid7s(1)[0]


def uuid7s(count: int) -> list[UUID]:
    """Return so many UUIDv7 in their order."""
    ticks, noise = _next_ticks(count), unpack(f">{count}Q", os.urandom(8 * count))
    return [UUID(int=_bits(tick, random)) for tick, random in zip(ticks, noise, strict=True)]


def _bits(tick: int, random: int) -> int:
    milliseconds, fraction = divmod(tick, _TICKS_IN_A_MILLISECOND)
    return (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | random >> 2


def _next_ticks(count: int) -> range:
    global _last  # noqa: PLW0603  the last tick given by this process
    with _lock:
        first = max(_last + 1, time.time_ns() * _TICKS_IN_A_MILLISECOND // 1_000_000)
        _last = first + count - 1
        return range(first, first + count)
