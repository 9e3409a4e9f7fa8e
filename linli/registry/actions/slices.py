"""Who says what about which area 数据回流切片, counted at night: a page that counted would grow with the county."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from linli.registry.rules.changes import LEVELS

FRESH = timedelta(days=180)
_COUNT = """
INSERT INTO registry_sourceslice (level, area, source_id, kind, entities, fresh, last_seen, counted_at)
SELECT %(level)s, e.{column}, r.source_id, e.kind, count(DISTINCT e.id),
       count(DISTINCT e.id) FILTER (WHERE r.confirmed_at >= %(since)s), max(r.confirmed_at), %(now)s
FROM registry_sourcerecord r JOIN registry_entity e ON e.id = r.entity_id
WHERE e.{column} IS NOT NULL GROUP BY 2, 3, 4
"""


@transaction.atomic
def recount_slices(*, now: datetime) -> None:
    """Count anew how many entities of each kind each source speaks of, by area, and how many of them freshly."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_sourceslice")
        for level in LEVELS:
            query = _COUNT.format(column=f"{level}_id")
            cursor.execute(query, {"level": level, "since": now - FRESH, "now": now})
