"""What a search means: a number, the beginning of a title, or the pairs of characters that a text must hold."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Q, UUIDField, Value

from linli.accounts import api as accounts
from linli.events.models import Terms
from linli.events.queries.sight import terms_of_sight
from linli.events.rules.terms import query_terms
from linli.kernel import api as kernel

FEW = 1000


def search_condition(words: str, actor: accounts.Actor) -> Q | kernel.IsAnyOf:
    """Return the condition "holds these words" for events that the actor may see.

    Words that few texts hold are looked up at once, in one query; those of many are met soon by walking the list.
    """
    words = words.strip()
    if "-" in words and any(char.isdigit() for char in words):
        return Q(number=words)
    terms = query_terms(words)
    if not terms:
        return Q(title__startswith=words) if words else Q()
    found = _few(terms, terms_of_sight(actor))
    if found is None:
        return Q(terms__terms__contains=terms)
    return kernel.IsAnyOf(F("id"), Value(found, output_field=ArrayField(UUIDField())))


def _few(terms: list[int], sight: list[int] | None) -> list[UUID] | None:
    """Return the events with these terms that may be in sight, or None when there are more than a thousand."""
    holds = Q(terms__contains=terms)
    if sight is not None:
        holds = Q(pk__in=[])
        for term in sight:
            holds |= Q(terms__contains=[*terms, term])
    found = list(Terms.objects.filter(holds).values_list("event_id", flat=True)[: FEW + 1])
    return found if len(found) <= FEW else None
