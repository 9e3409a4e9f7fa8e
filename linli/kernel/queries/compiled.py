"""Queries whose SQL is made once: to build one through the ORM costs more than to ask it, and a page asks many."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, Lookup, Model, QuerySet
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=Model)
_Turn = Callable[[Sequence[Any]], list[Any]]


class _Given(Expression):
    """The place of a value that is named each time the query is asked."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:  # noqa: ARG002  Django's signature
        return "%s", (self,)


def given(name: str, field: "Field[Any, Any]") -> Any:
    """Return a place in a query for a value of this name, which reaches the database as it is: `pk=given("id", …)`."""
    return _Given(name, field)


class IsAnyOf(Lookup):
    """`column = ANY(array)`: one parameter however many values, so that the SQL stays the same."""

    lookup_name = "is_any_of"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL."""
        column, column_values = self.process_lhs(compiler, connection)
        array, array_values = self.process_rhs(compiler, connection)
        return f"{column} = ANY({array})", (*column_values, *array_values)


class Compiled(Generic[Row]):
    """A queryset of models whose SQL is made at its first use and kept; what it is built from must not change.

    `select_related` and `defer` work as ever, `prefetch_related`, `annotate` and `values` do not.
    """

    def __init__(self, build: Callable[[], QuerySet[Row]]) -> None:
        """Remember how to build it; nothing is asked yet."""
        self._build = build

    def rows(self, **values: Any) -> list[Row]:
        """Return the rows for these values of its places. One query; none where no row can fit."""
        if self._made is None:
            return []
        sql, params, turn = self._made
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[one.name] if isinstance(one, _Given) else one for one in params])
            return turn(cursor.fetchall())

    @cached_property
    def _made(self) -> "tuple[str, Sequence[Any], _Turn] | None":
        compiler: Any = self._build().query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        return sql, params, _turn(compiler)


def _turn(compiler: Any) -> _Turn:
    """Return what makes models of the rows, as `ModelIterable` does."""
    select, info = compiler.select, compiler.klass_info
    own = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
    names = [one[0].target.attname for one in select[own]]
    related = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # stubs of a later Django
    converters = compiler.get_converters([one[0] for one in select])

    def made(row: Any) -> Any:
        found = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[own])
        for one in related:
            one.populate(row, found)
        return found

    return lambda rows: [made(row) for row in compiler.apply_converters(rows, converters)]
