"""What a search means: a whole number of somebody, or the pieces that a name or address must hold."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, IntegerField, Lookup, Q, UUIDField, Value

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.registry.models import Entity, Identifier
from linli.registry.queries.sight import terms_of_sight
from linli.registry.rules.heads import tokens_of_query
from linli.registry.rules.terms import query_terms, telling_terms

FEW = 5000
SHORTEST_NUMBER = 6


class IsAnyOf(Lookup):
    """`column = ANY(array)`: one parameter however many values."""

    lookup_name = "is_any_of"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL."""
        column, column_values = self.process_lhs(compiler, connection)
        array, array_values = self.process_rhs(compiler, connection)
        return f"{column} = ANY({array})", (*column_values, *array_values)


class HoldsAll(Lookup):
    """`array @> terms`, written so that no index answers it: for a list that is walked in its own order."""

    lookup_name = "holds_all"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL."""
        column, column_values = self.process_lhs(compiler, connection)
        array, array_values = self.process_rhs(compiler, connection)
        return f"({column} || '{{}}'::int[]) @> {array}", (*column_values, *array_values)


def search_condition(words: str, kind: str, actor: accounts.Actor, also: Sequence[int] = ()) -> "Q | Lookup":
    """Return the condition "is found by these words" for entities of a kind that the actor may see. One query.

    An id number, telephone or code is found whole. Of words, those that few hold are looked up at once; common ones
    are met soon by walking the list. `also` are terms that an entity must have besides. A place that is named by a
    former name is looked for under that of today as well, and the other way round.
    """
    words = words.strip()
    spelled = regions.other_spellings(words)
    if len(spelled) > 1:
        found = [_by_words(one, kind, actor, also) for one in spelled]
        return reduce(or_, [Q(one) for one in found])
    return _by_words(words, kind, actor, also)


def _by_words(words: str, kind: str, actor: accounts.Actor, also: Sequence[int]) -> "Q | Lookup":
    if sum(character.isdigit() for character in words) >= SHORTEST_NUMBER:
        rows = Identifier.objects.filter(token__in=tokens_of_query(words), kind=kind)
        if found := list(rows.values_list("entity_id", flat=True)[:FEW]):
            held = Q(terms__contains=list(also)) if also else Q()
            return Q(_any_of(found)) & held
    terms = query_terms(words)
    if words and not terms:
        return Q(pk__in=[])
    terms = [*terms, *also]
    if not terms:
        return Q()
    holds_all = HoldsAll(F("terms"), Value(terms, output_field=ArrayField(IntegerField())))
    few = _few([*telling_terms(words), *also], holds_all, kind, terms_of_sight(actor, kind))
    return holds_all if few is None else _any_of(few)


def _any_of(ids: list[UUID]) -> IsAnyOf:
    return IsAnyOf(F("id"), Value(ids, output_field=ArrayField(UUIDField())))


def _few(terms: list[int], holds_all: HoldsAll, kind: str, sight: list[int] | None) -> list[UUID] | None:
    """Return the entities that hold all and may be in sight, or None when there are more than five thousand.

    The index is asked for the telling terms only: lists of what nearly everybody has are long to read.
    """
    holds = Q(terms__contains=terms)
    if sight is not None:
        holds = Q(pk__in=[])
        for term in sight:
            holds |= Q(terms__contains=[*terms, term])
    found = list(Entity.objects.filter(holds, holds_all, kind=kind).values_list("id", flat=True)[: FEW + 1])
    return found if len(found) <= FEW else None
