"""Thousands of rows at once: copied in, for statements of the ORM cost more."""

from collections.abc import Iterable, Sequence

from django.db import connection, models

from linli.kernel import api as kernel


def put_in(model: type[models.Model], fields: Sequence[str], portions: Iterable[bytes]) -> None:
    """Put new rows into the table of a model, portion by portion as `kernel.copying` makes them of these fields."""
    meta, quote = model._meta, connection.ops.quote_name  # noqa: SLF001  Django documents it
    columns = {one.name: str(one.column) for one in meta.concrete_fields}
    names = ", ".join(quote(columns[one]) for one in fields)
    with connection.cursor() as cursor:
        kernel.copying.in_portions(cursor, quote(meta.db_table), names, portions)
