"""What stands in the fact journal, read in the order in which it was committed."""

from dataclasses import dataclass

from django.db import connection

WINDOW = 2000  # entries that the relay reads at once

_AFTER = """
    SELECT id, transaction::text::bigint, kind FROM kernel_journalentry
    WHERE (transaction, id) > (%(transaction)s::text::xid8, %(entry)s)
      AND (NOT %(settled)s OR transaction < pg_snapshot_xmin(pg_current_snapshot()))
      AND id <= %(last)s
    ORDER BY transaction, id LIMIT %(limit)s
"""


@dataclass(frozen=True, order=True)
class Place:
    """A place in the journal. Entries follow each other by (transaction, entry)."""

    transaction: int = 0
    entry: int = 0


def entries_after(place: Place, *, settled: bool = True, last: int = 2**63 - 1) -> list[tuple[Place, str]]:
    """Return the places and kinds of the entries after this place.

    Settled means: behind the oldest transaction that still runs, so that nothing can appear before them any more.
    """
    with connection.cursor() as cursor:
        cursor.execute(_AFTER, {**vars(place), "settled": settled, "last": last, "limit": WINDOW})
        return [(Place(transaction, entry), kind) for entry, transaction, kind in cursor.fetchall()]


def last_settled() -> Place:
    """Return the place of the last entry behind which nothing can appear any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT transaction::text::bigint, id FROM kernel_journalentry"
            " WHERE transaction < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY transaction DESC, id DESC LIMIT 1"
        )
        row = cursor.fetchone()
    return Place(*row) if row else Place()


def is_from_another_server() -> bool:
    """Say whether the journal holds transaction ids that this server has not reached: it was restored from a dump."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT transaction >= pg_snapshot_xmax(pg_current_snapshot()) FROM kernel_journalentry"
            " ORDER BY transaction DESC LIMIT 1"
        )
        row = cursor.fetchone()
    return bool(row and row[0])
