"""What columns were confirmed to mean, for proposals; and the dictionary and code tables as binding reads them."""

from collections.abc import Iterable, Mapping

from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets.models import Meaning
from linli.sheets.rules.binding import Learnt, learnt_key
from linli.sheets.rules.layouts import Table
from linli.sheets.rules.transforms import transform_of


def learnt_for(tables: Iterable[Table]) -> dict[str, Learnt]:
    """Return what officers confirmed before for columns of these tables; one query."""
    keys = {learnt_key(table.kind, column.path) for table in tables for column in table.columns}
    rows = Meaning.objects.filter(key__in=keys).order_by("key", "id").values_list("key", "element", "transform")
    return {key: Learnt(element, transform_of(data)) for key, element, data in rows}  # the newest stays


def dictionary() -> list[registry.ElementInfo]:
    """Return every data element in use."""
    return [one for kind in (*registry.KINDS, registry.RESIDENCE) for one in registry.elements_of(kind).values()]


def code_tables(elements: Iterable[registry.ElementInfo] = ()) -> Mapping[str, Mapping[str, str]]:
    """Return the code tables that elements name, as {table: {code: label}}; of the dictionary where none are given."""
    names = sorted({one.table for one in elements or dictionary() if one.table})
    return {name: {entry.code: entry.label for entry in kernel.code_entries(name)} for name in names}
