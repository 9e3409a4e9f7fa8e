"""The search index follows the events: one row of terms for each."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from linli.events.models import Event, Part
from linli.events.rules.terms import scope_term, terms_of

INDEXED = ("id", "number", "title", "text", "address", "lead_unit_id", "grid_id", "community_id", "street_id")
_WRITE = """
    INSERT INTO events_terms (event_id, terms)
    SELECT id, numbers::integer[] FROM unnest(%s::uuid[], %s::text[]) AS fresh(id, numbers)
    ON CONFLICT (event_id) DO UPDATE SET terms = EXCLUDED.terms
"""


def index_events(*, event_ids: Sequence[UUID]) -> int:
    """Write the terms of these events again and return how many; doing it twice changes nothing."""
    helpers: dict[UUID, list[int]] = {}
    for event_id, unit in Part.objects.filter(event_id__in=event_ids).values_list("event_id", "unit_id"):
        helpers.setdefault(event_id, []).append(unit)
    rows = Event.objects.filter(id__in=event_ids).values(*INDEXED)
    terms = {row["id"]: _terms(row, helpers.get(row["id"], [])) for row in rows}
    with connection.cursor() as cursor:  # an array as a text: hundreds of thousands of numbers are not handled singly
        cursor.execute(_WRITE, [list(terms), [f"{{{','.join(map(str, numbers))}}}" for numbers in terms.values()]])
    return len(terms)


def _terms(row: dict[str, object], helpers: list[int]) -> list[int]:
    words = terms_of(f"{row['title']} {row['text']} {row['address']}")
    places = (("grid", row["grid_id"]), ("division", row["community_id"]), ("division", row["street_id"]))
    scopes = [*places, *(("unit", unit) for unit in (row["lead_unit_id"], *helpers))]
    return [*words, *(scope_term(kind, key) for kind, key in scopes if isinstance(key, int))]
