"""What the sources of one department said about one element, before a moment and since."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.registry.models import SourceRecord


@dataclass(frozen=True, slots=True)
class SaidSince:
    """The last value said up to a moment, and the last one since; None where nothing was said of the element."""

    before: Any
    since: Any

    @property
    def is_new(self) -> bool:
        """Whether something else is said since."""
        return self.since is not None and self.since != self.before


def said_since(*, entity_id: UUID, element: str, department: str, moment: datetime) -> SaidSince:
    """Return what a department's own data say; single values that were found to be right (`attest`) are left out."""
    before = since = None
    rows = SourceRecord.objects.filter(entity_id=entity_id, source__department=department, is_verified=False)
    for row in rows.order_by("recorded_at", "id"):
        value = json.loads(row.payload.reveal()).get(element)
        if value is None:
            continue
        if row.recorded_at <= moment:
            before = value
        else:
            since = value
    return SaidSince(before, since)
