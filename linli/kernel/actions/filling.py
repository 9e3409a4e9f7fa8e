"""Tables that are filled with millions of rows at once: without their indexes meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models

Taken = dict[str, list[list[str]]]


@contextmanager
def without_indexes(cursor: Any, *filled: type[models.Model]) -> Iterator[None]:
    """Take foreign keys, and indexes without a constraint, off these tables for the block; made again at its end.

    Call it in a transaction: what fails in the block leaves everything as it was.
    """
    taken = take_indexes_off(cursor, *filled)
    yield
    put_indexes_back(cursor, taken)


def take_indexes_off(cursor: Any, *filled: type[models.Model]) -> Taken:
    """Take foreign keys, and indexes without a constraint, off these tables; return what puts them back, as JSON.

    Keep what is returned in the same transaction: it is all that is known of them. What is unique stays unique.
    """
    tables = [model._meta.db_table for model in filled]  # noqa: SLF001  Django documents it
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    keys, indexes = _rows(cursor, _KEYS, tables), _rows(cursor, _INDEXES, tables)
    for table, name, _definition in keys:
        cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return {"keys": [list(row) for row in keys], "indexes": [list(row) for row in indexes]}


def put_indexes_back(cursor: Any, taken: Taken) -> None:
    """Make again what `take_indexes_off` took; all rows are checked. Call it in a transaction."""
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for _name, definition in taken["indexes"]:
        cursor.execute(definition)
    for table, name, definition in taken["keys"]:
        cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _rows(cursor: Any, query: str, tables: list[str]) -> list[tuple[str, ...]]:
    cursor.execute(query, [tables])
    found: list[tuple[str, ...]] = cursor.fetchall()
    return found


_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
"""
_INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid::regclass::text = ANY(%s)
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
"""
