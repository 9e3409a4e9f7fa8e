"""Everything sealed, found by walking the models: which columns there are, and which keys they need."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models

from linli.kernel import slots
from linli.kernel.models.keys import RingMark
from linli.kernel.models.sealed import SealedTextField
from linli.kernel.rules import keyring
from linli.kernel.rules.sealing import keyed_token

MARK_CONTEXT = "kernel.ring"
_VERSIONS = """SELECT get_byte({column}, 1) * 256 + get_byte({column}, 2), count(*)
FROM {table} WHERE length({column}) > 30 GROUP BY 1"""


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One column of sealed text."""

    model: type[models.Model]
    field: SealedTextField

    @property
    def name(self) -> str:
        """Its table and column."""
        return f"{self.model._meta.db_table}.{self.field.column}"  # noqa: SLF001  Django's documented interface


def sealed_columns() -> list[SealedColumn]:
    """Return every column of sealed text of every model that has a table of its own, in a stable order."""
    found = [
        SealedColumn(model, field)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy  # noqa: SLF001  Django's documented interface
        for field in model._meta.local_concrete_fields  # noqa: SLF001  the same
        if isinstance(field, SealedTextField)
    ]
    return sorted(found, key=lambda one: one.name)


def keys_in_use() -> dict[str, dict[int, int]]:
    """Return for each place with something sealed how many values need which version of the keys. Reads everything."""
    found = {one.name: _versions(one) for one in sealed_columns()}
    found["files"] = default_storage.versions()  # type: ignore[attr-defined]  # ours
    found |= {place.code: dict(Counter(place.versions())) for place in slots.sealed_places.all()}
    return {name: counts for name, counts in found.items() if counts}


def is_sealed_already() -> bool:
    """Tell whether this database holds what a ring sealed; of one without tables: no."""
    known = set(connection.introspection.table_names())
    if RingMark._meta.db_table in known and RingMark.objects.exists():  # noqa: SLF001  Django's documented interface
        return True
    return any(_holds(one) for one in sealed_columns() if one.model._meta.db_table in known)  # noqa: SLF001  the same


def check_ring() -> None:
    """Return where the ring is that of the database. Raises BrokenRingError with one sentence where it is not."""
    if RingMark._meta.db_table not in connection.introspection.table_names():  # noqa: SLF001  Django's interface
        if keyring.path() is not None:
            keyring.load()
        return
    known = RingMark.objects.first()
    ring = keyring.load()
    if known is None:
        return
    if known.mark != ring_mark():
        raise keyring.BrokenRingError(
            f"The key ring {keyring.path()} is not the one that sealed this database. Restore the right one."
        )
    if known.newest > max(ring.seal_keys):
        raise keyring.BrokenRingError(
            f"The key ring {keyring.path()} is older than the database: key {known.newest} is missing."
            " Restore a newer one."
        )


def ring_mark() -> str:
    """Return the mark of the ring at hand."""
    return keyed_token("ring", context=MARK_CONTEXT)


def _versions(one: SealedColumn) -> dict[int, int]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS.format(column=quote(str(one.field.column)), table=quote(one.model._meta.db_table)))  # noqa: SLF001  names of our own columns
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return {int(version): int(count) for version, count in rows}


def _holds(one: SealedColumn) -> bool:
    quote = connection.ops.quote_name
    column, table = quote(str(one.field.column)), quote(one.model._meta.db_table)  # noqa: SLF001  names of our own columns
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM {table} WHERE length({column}) > 30)")  # noqa: S608  the same
        (found,) = cursor.fetchone()
    return bool(found)
