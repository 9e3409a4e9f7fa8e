"""All that stands in the database, to look for what must not be there."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection

from linli.kernel import api as kernel


def everything() -> Iterator[tuple[str, str]]:
    """Yield (table, text) of every row of every table: all columns as text, sealed ones opened."""
    with connection.cursor() as cursor:  # a temporary table is emptied at commit, and gone with its connection
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence <> 't'"
                       " AND relnamespace = 'public'::regnamespace")  # fmt: skip
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            for (text,) in cursor.fetchall():
                yield table, text
    for model in apps.get_models():
        sealed = [field.attname for field in model._meta.concrete_fields if isinstance(field, kernel.SealedTextField)]
        for row in model._base_manager.all() if sealed else ():
            for name in sealed:
                value = getattr(row, name)
                yield model._meta.db_table, value.reveal() if value else ""
