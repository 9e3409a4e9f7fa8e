"""Many rows at once, by COPY: an INSERT with ten thousand parameters spends its time on being read.

The one place of the registry where rows do not go through the ORM; they are model instances all the same, and each
value is prepared by its field. See docs/decisions/0015.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def copy_rows(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model that are not there yet. Keys are checked at commit, as everywhere."""
    if rows:
        table, fields = _described(rows[0])
        with connection.cursor() as cursor:
            _copy(cursor, table, fields, rows)


def replace_rows(rows: Sequence[models.Model]) -> None:
    """Give rows of one model that are there by their id all columns anew. Two round trips and a COPY."""
    if not rows:
        return
    table, fields = _described(rows[0])
    key = rows[0]._meta.pk.column  # noqa: SLF001  Django documents _meta
    changed = ", ".join(f'"{field.column}" = n."{field.column}"' for field in fields if not field.primary_key)
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TEMP TABLE IF NOT EXISTS new_rows_{table} (LIKE "{table}") ON COMMIT DELETE ROWS')
        cursor.execute(f"TRUNCATE new_rows_{table}")
        _copy(cursor, f"new_rows_{table}", fields, rows)
        cursor.execute(f'UPDATE "{table}" t SET {changed} FROM new_rows_{table} n WHERE t."{key}" = n."{key}"')  # noqa: S608  names of our own model


def _copy(cursor: Any, table: str, fields: Sequence[Any], rows: Sequence[models.Model]) -> None:
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])


def _described(row: models.Model) -> tuple[str, list[Any]]:
    """Return the table of a row and its columns; what the database gives, such as a number, is left to it."""
    meta = row._meta  # noqa: SLF001  the same
    left = [one for one in meta.concrete_fields if not isinstance(one, models.AutoField) and not one.has_db_default()]
    return meta.db_table, left
