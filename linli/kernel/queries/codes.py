"""Code tables from memory, read again when they change."""

from datetime import date

from linli.kernel.models import CodeEntry
from linli.kernel.queries.revisions import revision

_entries: tuple[int, dict[str, list[CodeEntry]]] = (-1, {})


def code_entries(table: str, *, on: date | None = None) -> list[CodeEntry]:
    """Return the entries of the table in order, valid on the day when one is given; none for an unknown table."""
    return [entry for entry in _tables().get(table, []) if on is None or _is_valid(entry, on)]


def code_label(table: str, code: str) -> str:
    """Return the label of the code, or the code itself where the table does not know it."""
    return next((entry.label for entry in _tables().get(table, []) if entry.code == code), code)


def _is_valid(entry: CodeEntry, on: date) -> bool:
    return (entry.valid_from or on) <= on <= (entry.valid_until or on)


def _tables() -> dict[str, list[CodeEntry]]:
    global _entries  # noqa: PLW0603  the index is one per process
    present = revision("codes")
    if _entries[0] != present:
        tables: dict[str, list[CodeEntry]] = {}
        for entry in CodeEntry.objects.order_by("table_id", "position"):
            tables.setdefault(entry.table_id, []).append(entry)
        _entries = (present, tables)
    return _entries[1]
