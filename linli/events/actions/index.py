"""The search index follows the events: one row of terms for each."""

from collections.abc import Sequence
from uuid import UUID

from linli.events.models import Event, Part, Terms
from linli.events.rules.terms import scope_term, terms_of

INDEXED = ("id", "number", "title", "text", "address", "lead_unit_id", "grid_id", "community_id", "street_id")


def index_events(*, event_ids: Sequence[UUID]) -> int:
    """Write the terms of these events again and return how many; doing it twice changes nothing."""
    helpers: dict[UUID, list[int]] = {}
    for event_id, unit in Part.objects.filter(event_id__in=event_ids).values_list("event_id", "unit_id"):
        helpers.setdefault(event_id, []).append(unit)
    rows = [
        Terms(event_id=row["id"], terms=_terms(row, helpers.get(row["id"], [])))
        for row in Event.objects.filter(id__in=event_ids).values(*INDEXED)
    ]
    Terms.objects.bulk_create(rows, update_conflicts=True, unique_fields=["event"], update_fields=["terms"])
    return len(rows)


def _terms(row: dict[str, object], helpers: list[int]) -> list[int]:
    words = terms_of(f"{row['title']} {row['text']} {row['address']}")
    places = (("grid", row["grid_id"]), ("division", row["community_id"]), ("division", row["street_id"]))
    scopes = [*places, *(("unit", unit) for unit in (row["lead_unit_id"], *helpers))]
    return [*words, *(scope_term(kind, key) for kind, key in scopes if isinstance(key, int))]
