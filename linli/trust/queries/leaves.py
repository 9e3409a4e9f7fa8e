"""Reads the ledger in its order: what waits for a seal, and everything for a verifier."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from linli.trust.models import Seal
from linli.trust.rules.leaf import CANONICAL_SQL
from linli.trust.rules.tree import Place, SealContent

_FETCH = 5000
_NO_ENTRY = UUID(int=0)


class Waiting(NamedTuple):
    """A leaf that no seal holds yet."""

    place: Place
    digest: bytes


class Kept(NamedTuple):
    """A leaf as the columns have it: its digest as stored, its form, and its canonical form made again."""

    era: int
    transaction: int
    entry: str
    digest: bytes
    form: int
    text: str


def waiting_leaves(*, after: Place | None, era: int, at_most: int) -> list[Waiting]:
    """Return leaves behind the transaction horizon, in order: no running transaction can put one before them."""
    place = after or Place(0, 0, _NO_ENTRY)
    rows = _rows(
        """
        SELECT era, transaction, id, digest FROM trust_ledgerentry
        WHERE (era, transaction, id) > (%s, %s, %s)
            AND (era < %s OR transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
        ORDER BY era, transaction, id LIMIT %s
        """,
        [place.era, place.transaction, place.entry, era, at_most],
    )
    return [Waiting(Place(*row[:3]), bytes(row[3])) for row in rows]


def kept_leaves(*, after: Place | None = None) -> Iterator[Kept]:
    """Stream every leaf, or those after a place, in the order of sealing. Needs a transaction."""
    place = after or Place(0, 0, _NO_ENTRY)
    columns = f"era, transaction, id::text, digest, form, {CANONICAL_SQL}"
    beyond = "WHERE (era, transaction, id) > (%s, %s, %s) ORDER BY era, transaction, id"
    sql = f"SELECT {columns} FROM trust_ledgerentry {beyond}"  # noqa: S608  constants only
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, [place.era, place.transaction, place.entry])
        while rows := cursor.fetchmany(_FETCH):
            yield from map(Kept._make, rows)


def last_seal() -> Seal | None:
    """Return the newest seal."""
    return Seal.objects.order_by("-number").first()


def content_of(seal: Seal) -> SealContent:
    """Return what a stored seal says."""
    return SealContent(
        number=seal.number,
        count=seal.count,
        first=Place(seal.first_era, seal.first_transaction, seal.first_entry),
        last=Place(seal.last_era, seal.last_transaction, seal.last_entry),
        root=bytes(seal.root),
        previous=bytes(seal.previous),
        made_at=seal.made_at,
    )


def entry_ids(*, about: int) -> list[UUID]:
    """Return the ids of about so many entries, taken evenly from the whole ledger."""
    total = _rows("SELECT count(*) FROM trust_ledgerentry", [])[0][0]
    sql = "SELECT id FROM (SELECT id, row_number() OVER (ORDER BY era, transaction, id) AS n FROM trust_ledgerentry) e"
    return [row[0] for row in _rows(f"{sql} WHERE n %% %s = 0 LIMIT %s", [max(1, total // about), about])]


def server_identity() -> str:
    """Return the number that PostgreSQL gave this database server when it was made."""
    return str(_rows("SELECT system_identifier FROM pg_control_system()", [])[0][0])


def _rows(sql: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
