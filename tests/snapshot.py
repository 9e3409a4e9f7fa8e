"""What a builder puts into the database is built once for each process, and put there again for the tests after it."""

import functools
import os
import pickle
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from linli.kernel.api import keyed_token
from linli.kernel.queries.revisions import Bumped
from tests.database import EMBEDDED

FILLED = """SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
AND pg_relation_size(oid) > 0 ORDER BY relname"""
Given = ParamSpec("Given")
Made = TypeVar("Made")


def kept(build: Callable[Given, Made]) -> Callable[Given, Made]:
    """Return a builder that leaves the same rows and returns a copy of the same thing, whoever calls it how often.

    The rows must not depend on clocks or settings of the test that calls first; for other keys they are built anew.
    What the builder is given, and what stands in the database before, is the same each time.
    """
    by_keys: dict[str, dict[str, Any]] = {}

    @functools.wraps(build)
    def again(*given: Given.args, **named: Given.kwargs) -> Made:
        memory = by_keys.setdefault(keyed_token("", context="tests"), {})
        with transaction.atomic():
            if memory:
                with connection.cursor() as cursor:
                    cursor.execute(memory["statements"])
                for name, number in memory["revisions"].items():  # as if this transaction had bumped them
                    transaction.on_commit(Bumped(name, number), robust=True)
            else:
                before = _rows()
                made = build(*given, **named)
                difference = _difference(before, _rows())
                memory.update(statements=_statements(difference), made=pickle.dumps(made), revisions=_revisions())
        return pickle.loads(memory["made"])

    return again


def _revisions() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, number FROM kernel_revision")
        return dict(cursor.fetchall())


def _rows() -> dict[str, set[str]]:
    """Return all rows of all tables that stay and were ever filled, each as PostgreSQL writes it."""
    with connection.cursor() as cursor:
        cursor.execute(FILLED)
        tables = [table for (table,) in cursor.fetchall()]
        rows = [f'SELECT {n}, t::text FROM "{table}" t' for n, table in enumerate(tables)]
        cursor.execute(" UNION ALL ".join(rows) or "SELECT 0, '' WHERE false")
        found: dict[str, set[str]] = {table: set() for table in tables}
        for n, row in cursor.fetchall():
            found[tables[n]].add(row)
    return found


def _difference(before: dict[str, set[str]], after: dict[str, set[str]]) -> dict[str, tuple[list[str], list[str]]]:
    return {
        table: (sorted(before.get(table, set()) - rows), sorted(rows - before.get(table, set())))
        for table, rows in after.items()
        if rows != before.get(table, set())
    }


def _statements(rows: dict[str, tuple[list[str], list[str]]]) -> str:
    """Return what changes these rows, one text for one journey; what they hang on was checked when they were built."""
    statements, values = [], []
    for table, (gone, new) in rows.items():
        if gone:
            statements.append(f'DELETE FROM "{table}" t WHERE t::text = ANY(%s)')
            values.append(gone)
        statements.append(f'INSERT INTO "{table}" SELECT * FROM unnest(%s::"{table}"[])')
        values.append(new)
    if os.environ.get(EMBEDDED):
        unchecked = "SET LOCAL session_replication_role ="
        statements = [f"{unchecked} replica", *statements, f"{unchecked} origin"]
    with connection.cursor() as cursor:
        text: str = cursor.mogrify("; ".join(statements), values)
    return text
