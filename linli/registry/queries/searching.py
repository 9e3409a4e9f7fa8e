"""What a search means: a whole number of somebody, or the pieces that a name or address must hold."""

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, IntegerField, Lookup, Q, QuerySet, UUIDField, Value

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry.models import Entity, Identifier
from linli.registry.queries.sight import terms_of_sight
from linli.registry.rules.heads import tokens_of_query
from linli.registry.rules.terms import query_terms, telling_terms

FEW = 5000
SHORTEST_NUMBER = 6
_ROWS = re.compile(r"rows=(\d+)")


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


def condition_of_page(
    words: str,
    kind: str,
    actor: accounts.Actor,
    parts: "Sequence[QuerySet[Entity]]",
    *,
    also: Sequence[int],
    order: tuple[str, ...],
    cursor: str | None,
    size: int,
) -> "Q | Lookup":
    """Return `search_condition`, or where few hold the words: "is on this page". Raises CursorError.

    Those few are put in order outside the second wall, in the query that finds them: no more is read within it than
    stands on the page.
    """
    words = words.strip()
    terms = query_terms(words)
    if not terms or _is_number(words) or len(regions.other_spellings(words)) > 1:
        return search_condition(words, kind, actor, also)
    holds_all = _holds_all([*terms, *also])
    telling, sight = [*telling_terms(words), *also], terms_of_sight(actor, kind)
    if _are_many(telling, kind, sight):
        return holds_all
    found = [one.filter(_held(telling, sight), holds_all) for one in parts]
    keys = kernel.keys_of_few(found, order=order, cursor=cursor, size=size, most=FEW)
    return holds_all if keys is None else _any_of(keys)


def _is_number(words: str) -> bool:
    return sum(character.isdigit() for character in words) >= SHORTEST_NUMBER


def _holds_all(terms: Sequence[int]) -> HoldsAll:
    return HoldsAll(F("terms"), Value(list(terms), output_field=ArrayField(IntegerField())))


def _by_words(words: str, kind: str, actor: accounts.Actor, also: Sequence[int]) -> "Q | Lookup":
    if _is_number(words):
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
    holds_all = _holds_all(terms)
    few = _few([*telling_terms(words), *also], holds_all, kind, terms_of_sight(actor, kind))
    return holds_all if few is None else _any_of(few)


def _any_of(ids: list[UUID]) -> kernel.IsAnyOf:
    return kernel.IsAnyOf(F("id"), Value(ids, output_field=ArrayField(UUIDField())))


def _few(terms: list[int], holds_all: HoldsAll, kind: str, sight: list[int] | None) -> list[UUID] | None:
    """Return the entities that hold all and may be in sight, or None when there are more than five thousand."""
    if _are_many(terms, kind, sight):
        return None
    rows = Entity.objects.filter(_held(terms, sight), holds_all, kind=kind)
    found = list(rows.values_list("id", flat=True)[: FEW + 1])
    return found if len(found) <= FEW else None


def _held(terms: list[int], sight: list[int] | None) -> Q:
    """Return the condition for the index: telling terms only, as lists of what nearly everybody has are long to read.

    Terms of sight narrow what it finds to where somebody looks.
    """
    if sight is None:
        return Q(terms__contains=terms)
    return reduce(or_, [Q(terms__contains=[*terms, term]) for term in sight], Q(pk__in=[]))


def _are_many(terms: list[int], kind: str, sight: list[int] | None) -> bool:
    """Tell whether the database expects more than five thousand; asked of one term, as of several it guesses badly."""
    if len(terms) > 1:
        return False
    expected = _ROWS.search(Entity.objects.filter(_held(terms, sight), kind=kind).explain())
    return expected is not None and int(expected[1]) > FEW
