"""Thousands of rows at once: copied in, for statements of the ORM cost more; and no garbage looked for meanwhile."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, models

FEW = 200


@contextmanager
def many_rows() -> Iterator[None]:
    """Look for no garbage in the block: rows are freed as they go, and looking through all of them takes its time."""
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()


def put_in(rows: Sequence[models.Model]) -> None:
    """Put new rows of one table in. Their fields are plain: numbers, texts, days, ids."""
    if len(rows) <= FEW:
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)  # noqa: SLF001  the same as `objects`
        return
    meta = rows[0]._meta  # noqa: SLF001  Django documents it
    fields = [one for one in meta.concrete_fields if not isinstance(one, models.AutoField)]
    names = ", ".join(connection.ops.quote_name(str(one.column)) for one in fields)
    told = [one.attname for one in fields]
    with connection.cursor() as cursor, cursor.copy(f"COPY {meta.db_table} ({names}) FROM STDIN") as copy:
        for row in rows:
            known = row.__dict__
            copy.write_row([known[name] for name in told])
