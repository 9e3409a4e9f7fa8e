"""What the sources say about entities, opened and in the shape that the projection reads."""

import json
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, UUIDField

from linli.kernel import api as kernel
from linli.registry.models import Entity, SourceRecord
from linli.registry.rules.survivorship import Said

Sayings = dict[UUID, list[Said]]
_ENTITIES = kernel.IsAnyOf(F("entity_id"), kernel.given("entities", ArrayField(UUIDField())))
_SAID = kernel.Compiled(lambda: SourceRecord.objects.filter(_ENTITIES).select_related("source"))


def sayings_of(ids: Collection[UUID], spoken: Mapping[UUID, Any] | None = None) -> Sayings:
    """Return the source records of each entity. One query; payloads that are not in `spoken` are opened."""
    found: Sayings = {}
    known = spoken or {}
    for record in _SAID.rows(entities=list(ids)) if ids else ():
        values = known[record.id] if record.id in known else json.loads(record.payload.reveal())
        said = Said(
            id=record.id, source=record.source_id, key=record.key, department=record.source.department,
            is_verified=record.is_verified, observed_at=record.confirmed_at, recorded_at=record.recorded_at,
            valid_from=record.valid_from, valid_to=record.valid_to, values=values,
            source_name=record.source.name,
        )  # fmt: skip
        found.setdefault(record.entity_id, []).append(said)
    return found


def said_by(entity_id: UUID, element: str) -> tuple[str, str] | None:
    """Return the source that is believed about an element of an entity, and its key; None where nothing is known."""
    origins = Entity.objects.filter(pk=entity_id).values_list("origins", flat=True).first() or {}
    record = next((key for key, codes in origins.items() if element in codes), None)
    return SourceRecord.objects.filter(pk=record).values_list("source_id", "key").first() if record else None
