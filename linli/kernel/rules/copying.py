"""Rows in the binary form of PostgreSQL's COPY: a large load spends a third of the time that text would take.

The form is described in the manual of PostgreSQL (COPY, "Binary Format"): each field is its length and its bytes.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import chain, repeat
from struct import Struct, pack
from typing import Any
from uuid import UUID

BEGIN, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
NULL = b"\xff\xff\xff\xff"
YES, NO = b"\0\0\0\x01\x01", b"\0\0\0\x01\0"
_INT4, _TEXT = 23, 1043  # type ids of integer and character varying, fixed in PostgreSQL
_EPOCH, _DAY_ONE = datetime(2000, 1, 1, tzinfo=UTC), date(2000, 1, 1)
_MICROSECOND = timedelta(microseconds=1)
_length, _int8, _int4 = Struct(">i"), Struct(">iq"), Struct(">ii")


def into(cursor: Any, table: str, columns: str, filled: bytes) -> None:
    """Copy `filled`, rows, into the columns of a table."""
    in_portions(cursor, table, columns, [filled])


def in_portions(cursor: Any, table: str, columns: str, portions: Iterable[bytes]) -> None:
    """Copy rows as they are made: the server puts the first ones in while the next are made."""
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(BEGIN)
        for one in portions:
            copy.write(one)
        copy.write(END)


def rows(*columns: Iterable[bytes]) -> bytes:
    """Return rows from columns of fields; what is the same in all rows is given by `repeat`."""
    return b"".join(chain.from_iterable(zip(repeat(pack(">h", len(columns))), *columns, strict=False)))


def text(value: str) -> bytes:
    """Return a text; NUL, which PostgreSQL cannot hold, is left out."""
    data = value.replace("\0", "").encode()
    return _length.pack(len(data)) + data


def blob(value: bytes | None) -> bytes:
    """Return bytes, or NULL."""
    return NULL if value is None else _length.pack(len(value)) + value


def json(value: bytes) -> bytes:
    """Return a JSON text as jsonb (version 1 of its wire form)."""
    return _length.pack(len(value) + 1) + b"\x01" + value


def uuid(value: UUID | None) -> bytes:
    """Return an id, or NULL."""
    return NULL if value is None else b"\0\0\0\x10" + value.bytes


def number(value: int) -> bytes:
    """Return an integer."""
    return _int4.pack(4, value)


def big(value: int | None) -> bytes:
    """Return a bigint, or NULL."""
    return NULL if value is None else _int8.pack(8, value)


def moment(value: datetime) -> bytes:
    """Return a timestamp with time zone."""
    return _int8.pack(8, (value - _EPOCH) // _MICROSECOND)


def day(value: date | None) -> bytes:
    """Return a date, or NULL."""
    return NULL if value is None else _int4.pack(4, (value - _DAY_ONE).days)


def flag(value: bool) -> bytes:
    """Return a boolean."""
    return YES if value else NO


def integers(values: Sequence[int]) -> bytes:
    """Return an array of integers without NULLs."""
    count = len(values)
    if not count:
        return pack(">iiii", 12, 0, 0, _INT4)
    pairs = [4] * (2 * count)
    pairs[1::2] = values
    return pack(f">iiiiii{2 * count}i", 20 + 8 * count, 1, 0, _INT4, count, 1, *pairs)


def texts(values: Sequence[str]) -> bytes:
    """Return an array of short texts without NULLs."""
    if not values:
        return pack(">iiii", 12, 0, 0, _TEXT)
    parts = b"".join(text(value) for value in values)
    return pack(">iiiiii", 20 + len(parts), 1, 0, _TEXT, len(values), 1) + parts
