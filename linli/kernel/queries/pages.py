"""Pages of a list by keyset: one query each, never a count, however long the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import EmptyResultSet, FieldDoesNotExist, ValidationError
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

SALT = "linli.kernel.pages"
Row = TypeVar("Row")


class CursorError(ValueError):
    """The page mark in the address is not one of ours, or belongs to another list or order."""

    sentence = _("This page mark is no longer valid; please start from the first page.")

    def __str__(self) -> str:
        """Return the sentence for the reader."""
        return str(self.sentence)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows in order, and the marks of the pages beside them (None: there is none)."""

    items: tuple[Row, ...]
    next_cursor: str | None
    previous_cursor: str | None


def keyset_page(
    rows: QuerySet[Any, Row],
    *,
    order: tuple[str, ...],
    cursor: str | None,
    size: int,
    among: Sequence[QuerySet[Any, Any]] = (),
) -> Page[Row]:
    """Return the page of `size` rows that the cursor marks; the first page without one.

    With `among` these are the rows of `rows` that are in any of the others: each gives its own first ones by its own
    index, where one query with OR would read and sort everything.

    `order` names fields as `order_by` does, or what the rows are annotated with (the output field says whether it may
    be NULL), and must end in a unique field. NULLs stand where PostgreSQL puts them: last
    in rising, first in falling order. Cursors are signed. Raises CursorError for a cursor that is not of this order.
    """
    _require_unique_end(rows.model, order[-1])
    back, values = _open(cursor, order) if cursor else (False, None)
    direction = tuple(_turned(name) for name in order) if back else order
    if values is not None:
        try:
            beyond = _after(rows, direction, values)
            rows, among = rows.filter(beyond), [part.filter(beyond) for part in among]
        except (ValidationError, TypeError, ValueError):
            raise CursorError from None
    if among:
        rows = rows.filter(pk__in=keys_among(among, order=direction, limit=size + 1))
    found = list(rows.order_by(*direction)[: size + 1])
    more = len(found) > size
    items = tuple(reversed(found[:size]) if back else found[:size])
    if not items:
        return Page((), None, None)
    return Page(
        items,
        _seal(items[-1], order, back=False) if back or more else None,
        _seal(items[0], order, back=True) if (more if back else values is not None) else None,
    )


def keys_among(
    parts: Sequence[QuerySet[Any, Any]], *, order: tuple[str, ...], limit: int
) -> QuerySet[Any, dict[str, Any]]:
    """Return the keys of the first `limit` rows of each part, for `pk__in`: among them are the first of all."""
    return _united([part.order_by(*order).values("pk")[:limit] for part in parts])


def keys_of_few(
    parts: Sequence[QuerySet[Any, Any]], *, order: tuple[str, ...], cursor: str | None, size: int, most: int
) -> list[Any] | None:
    """Return the keys of the page that the cursor marks, and of one row more; None where there are more than `most`.

    For rows that an index finds in no order: they are put in order within the one query. `order` names columns that
    rise and are never NULL. Raises CursorError.
    """
    back, values = _open(cursor, order) if cursor else (False, None)
    columns = [f"c{n}" for n, _name in enumerate(order)]
    few = _united([part.order_by().values_list("pk", *order)[: most + 1] for part in parts])
    try:
        found, params = few.query.sql_with_params()
    except EmptyResultSet:
        return []
    row, marks = f"({', '.join(columns)})", ", ".join(["%s"] * len(order))
    beyond = f"WHERE {row} {'<' if back else '>'} ({marks})" if values else ""
    sorting = ", ".join(f"{one} {'DESC' if back else 'ASC'}" for one in columns)
    with connection.cursor() as asked:
        asked.execute(
            f"WITH few (pk, {', '.join(columns)}) AS MATERIALIZED ({found}) SELECT (SELECT count(*) FROM few),"  # noqa: S608  our own words; values stay parameters
            f" ARRAY(SELECT pk FROM few {beyond} ORDER BY {sorting} LIMIT {size + 1})",
            [*params, *(values or ())],
        )
        count, keys = asked.fetchone()
    return keys if count <= most else None


def first_among(parts: Sequence[QuerySet[Any, Row]], *, order: tuple[str, ...], limit: int) -> QuerySet[Any, Row]:
    """Return the first `limit` rows of all parts, which have no row in common; parts of values hold the order's."""
    firsts = [part.order_by(*order)[:limit] for part in parts]
    return _united(firsts).order_by(*order)[:limit] if len(firsts) > 1 else firsts[0]


def count_among(parts: Sequence[QuerySet[Any, Any]], *, limit: int) -> int:
    """Return how many rows the parts have together, at most `limit`: later parts are read only while it is not full.

    A row must be in one part only, as `apart` makes them.
    """
    return _united([part.order_by().values("pk")[:limit] for part in parts])[:limit].count()


def apart(rows: QuerySet[Any, Row], conditions: Sequence[Q]) -> list[QuerySet[Any, Row]]:
    """Return the rows of each condition without those of an earlier one."""
    return [rows.filter(one, *(~earlier for earlier in conditions[:n])) for n, one in enumerate(conditions)]


def _united(parts: Sequence[QuerySet[Any, Row]]) -> QuerySet[Any, Row]:
    first, *others = parts
    return first.union(*others, all=True) if others else first


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _after(rows: QuerySet[Any, Any], order: Sequence[str], values: Sequence[Any]) -> Q:
    """Return what comes after the values in this order: a bound an index can start from, and the exact condition."""
    nothing = Q(pk__in=[])
    exact, same, bound = nothing, Q(), Q()
    for position, (name, value) in enumerate(zip(order, values, strict=True)):
        field, falling = name.lstrip("-"), name.startswith("-")
        nullable = _nullable(rows, field)
        if value is None:
            beyond = Q(**{f"{field}__isnull": False}) if falling else nothing
            here = Q(**{f"{field}__isnull": True})
        else:
            side = "lt" if falling else "gt"
            beyond = Q(**{f"{field}__{side}": value})
            if nullable and not falling:
                beyond |= Q(**{f"{field}__isnull": True})
            here = Q(**{field: value})
            if position == 0 and (falling or not nullable):
                bound = Q(**{f"{field}__{side}e": value})
        exact |= same & beyond
        same &= here
    return bound & exact


def _nullable(rows: QuerySet[Any, Any], path: str) -> bool:
    if (made := rows.query.annotations.get(path)) is not None:
        return bool(made.output_field.null)
    current: Any = rows.model
    for step in path.split("__"):
        try:
            field = current._meta.get_field("id" if step == "pk" else step)  # noqa: SLF001  Django's public meta API
        except FieldDoesNotExist:
            return True
        if field.null:
            return True
        current = field.related_model
    return False


def _require_unique_end(model: type[Model], name: str) -> None:
    last = name.lstrip("-")
    if last != "pk" and not model._meta.get_field(last).unique:  # type: ignore[union-attr]  # noqa: SLF001  public meta API
        raise TypeError(f"An order must end in a unique field, {last} is none.")


def _value(row: Any, path: str) -> Any:
    if isinstance(row, Mapping):
        value = row[path]
    else:
        value = row
        for step in path.split("__"):
            value = getattr(value, step, None)
    if isinstance(value, Model):
        value = value.pk
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _seal(row: object, order: tuple[str, ...], *, back: bool) -> str:
    values = [_value(row, name.lstrip("-")) for name in order]
    return signing.dumps([int(back), values], salt=_salt(order))


def _open(cursor: str, order: tuple[str, ...]) -> tuple[bool, list[Any]]:
    try:
        back, values = signing.loads(cursor, salt=_salt(order))
    except signing.BadSignature:
        raise CursorError from None
    return bool(back), values


def _salt(order: tuple[str, ...]) -> str:
    return ".".join([SALT, *order])
