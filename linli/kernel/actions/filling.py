"""Tables that are filled with millions of rows at once: without their indexes meanwhile."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection, models

Taken = dict[str, list[list[str]]]
MEMORY = "SET maintenance_work_mem = '384MB'"


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

    Indexes of a few rows, those with a condition, stay.
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
    cursor.execute(MEMORY.replace("SET", "SET LOCAL"))
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for statement in (*_indexes(taken), *_keys(cursor, taken), *_checks(taken)):
        cursor.execute(statement)
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def put_indexes_back_together(taken: Taken, *, sessions: int) -> None:
    """Make the same again over several connections at once; interrupted, the same call makes what is missing.

    Foreign keys hold from now on; the rows that are there are left to `check_keys`.
    """
    with connection.cursor() as cursor:
        _side_by_side(_indexes(taken), sessions)
        for statement in _keys(cursor, taken):
            cursor.execute(statement)


def check_keys(taken: Taken) -> None:
    """Check the rows that were there before their foreign keys, over a connection of its own; others may write."""
    _side_by_side(_checks(taken), 1)


def analyze(models_: Iterable[type[models.Model]], *, sessions: int = 0) -> None:
    """Let PostgreSQL count what tables hold; over several connections where nothing waits for this transaction."""
    tables = [model._meta.db_table for model in models_]  # noqa: SLF001  documented
    if sessions:
        _side_by_side([f'ANALYZE "{table}"' for table in tables], sessions)
    else:
        with connection.cursor() as cursor:  # by a function of the owner: who only works may not do it (record 0031)
            cursor.execute("SELECT kernel_analyze(%s)", [tables])


def _indexes(taken: Taken) -> list[str]:
    made = (definition for _name, definition in taken["indexes"])
    return [one.replace(" INDEX ", " INDEX IF NOT EXISTS ", 1) for one in sorted(made, key=_is_small)]


def _is_small(definition: str) -> bool:
    """Whether an index holds few rows or one number for each; the others are made first."""
    is_one_number = "," not in definition and "USING gin" not in definition and " INCLUDE " not in definition
    return " WHERE " in definition or is_one_number


def _keys(cursor: Any, taken: Taken) -> list[str]:
    """Return what puts foreign keys back that are not there; at once, because no row is looked at yet."""
    cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f'")
    there = {name for (name,) in cursor.fetchall()}
    return [
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition} NOT VALID'
        for table, name, definition in taken["keys"] if name not in there
    ]  # fmt: skip


def _checks(taken: Taken) -> list[str]:
    """Return what checks all rows, one statement for each table."""
    tables: dict[str, list[str]] = {}
    for table, name, _definition in taken["keys"]:
        tables.setdefault(table, []).append(f'VALIDATE CONSTRAINT "{name}"')
    return [f'ALTER TABLE "{table}" {", ".join(parts)}' for table, parts in tables.items()]


def _side_by_side(statements: list[str], sessions: int) -> None:
    """Run statements, each a transaction of its own, as connections become free. The first fault is raised."""
    told = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port", "options")
    address = psycopg.conninfo.make_conninfo("", **{name: told[name] for name in names if told.get(name)})
    left = iter(statements)

    def work(_number: int) -> None:
        with psycopg.connect(address, autocommit=True) as own:
            own.execute(MEMORY)
            own.execute("SET max_parallel_maintenance_workers = 0")  # the sessions share the cores out
            for statement in left:
                own.execute(statement.encode())

    with ThreadPoolExecutor(sessions) as pool:
        list(pool.map(work, range(sessions)))


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
  AND (i.indisunique OR i.indpred IS NULL)
"""  # an index of a few rows costs less kept than made: the whole table would be read for it
