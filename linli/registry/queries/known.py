"""How much is known of a kind of record: shares and counts by element, nobody in them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from linli.regions import api as regions

SAMPLE = 2000

_SHARES = """
WITH few AS (SELECT id, origins FROM registry_entity WHERE kind = %(kind)s AND county_id = ANY(%(areas)s) LIMIT %(n)s)
SELECT code.value, count(*)::float / (SELECT count(*) FROM few)
FROM few, jsonb_each(few.origins) AS origin, jsonb_array_elements_text(origin.value) AS code GROUP BY 1
"""
_BEFORE = """
SELECT asked.place FROM unnest(%(entities)s::uuid[], %(codes)s::text[], %(moments)s::timestamptz[])
  WITH ORDINALITY AS asked (entity, code, moment, place)
JOIN registry_entity entity ON entity.id = asked.entity
WHERE EXISTS (SELECT 1 FROM jsonb_each(entity.origins) AS origin
  JOIN registry_sourcerecord record ON record.id = (origin.key)::uuid
  WHERE origin.value ? asked.code AND record.recorded_at < asked.moment)
"""


def known_shares(*, kind: str, division_id: int) -> dict[str, float]:
    """Return for each element which share of records of a kind has a value, from 0 to 1, over up to 2,000 of them.

    They are those of the county of the division. One query.
    """
    areas = [*regions.division(division_id).path, *regions.descendants(division_id)]
    with connection.cursor() as cursor:
        cursor.execute(_SHARES, {"kind": kind, "areas": areas, "n": SAMPLE})
        return dict(cursor.fetchall())


def known_before(asked: Iterable[tuple[UUID, str, datetime]]) -> set[int]:
    """Return the places, from 0, of those (entity, element, moment) whose value the base had before the moment.

    Says only that there was a value, never which. One query.
    """
    wanted = list(asked)
    given: dict[str, Any] = {"entities": [one[0] for one in wanted], "codes": [one[1] for one in wanted],
             "moments": [one[2] for one in wanted]}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, given)
        return {place - 1 for (place,) in cursor.fetchall()}
