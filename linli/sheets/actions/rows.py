"""Thousands of rows at once: copied in, for statements of the ORM cost more; and no garbage looked for meanwhile."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, models

NOTHING = "\\N"
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": ""})


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


def put_in(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Put new rows into the table of a model: for each its values in the order of the fields, numbers, texts, ids."""
    meta, quote = model._meta, connection.ops.quote_name  # noqa: SLF001  Django documents it
    columns = {one.name: str(one.column) for one in meta.concrete_fields}
    names = ", ".join(quote(columns[one]) for one in fields)
    by_column = [[_said(one) for one in column] for column in zip(*rows, strict=True)]
    text = "".join(["\t".join(row) + "\n" for row in zip(*by_column, strict=True)])
    if text:
        with connection.cursor() as cursor, cursor.copy(f"COPY {quote(meta.db_table)} ({names}) FROM STDIN") as copy:
            copy.write(text)


def _said(value: object) -> str:
    if value is None:
        return NOTHING
    return value.translate(_ESCAPED) if isinstance(value, str) else str(value)
