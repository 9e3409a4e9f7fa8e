"""A crowd of events for measuring: copies of those that are there, spread over areas, units and ninety days, by SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from linli.accounts import api as accounts
from linli.events.models import Event, Part, Terms
from linli.events.rules.terms import scope_term, terms_of
from linli.kernel import api as kernel

DAYS = 90
AREA_KINDS = ("community", "street")


@dataclass(frozen=True)
class CrowdArea:
    """A grid with the divisions above it, a point in it (WGS-84 degrees) and the unit of its community."""

    grid_id: int
    community_id: int | None
    street_id: int | None
    county_id: int | None
    unit_id: int
    lng: float
    lat: float


@dataclass(frozen=True)
class CrowdPlan:
    """How many, where, and how many in a hundred are open.

    `due` of them, all old, are due to rise; without it none is.
    With `lead_unit_id` that unit leads three of four, and the units of the areas lead the others.
    """

    count: int
    areas: Sequence[CrowdArea]
    percent_open: int = 10
    lead_unit_id: int | None = None
    due: int = 0


def crowd_events(*, plan: CrowdPlan, now: datetime) -> int:
    """Add copies of the events that are there, and return how many. For a database made for measuring only.

    The copies have numbers, places, times, units, helpers and search terms of their own; no timeline and no ledger.
    Indexes and foreign keys are taken off meanwhile and made again at the end.
    """
    with transaction.atomic(), connection.cursor() as cursor, kernel.without_indexes(cursor, Event, Part, Terms):
        _lay_out(cursor, plan)
        drawn: dict[str, datetime | int] = {"now": now, "days": DAYS, "count": plan.count, "open": plan.percent_open}
        drawn["each"] = plan.count // (2 * plan.due) if plan.due else plan.count
        cursor.execute(_DRAW, drawn)
        cursor.execute("ANALYZE crowd")
        cursor.execute(_events_sql(), drawn)
        cursor.execute(_PARTS)
        cursor.execute(_TERMS)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE events_event, events_part, events_terms")
    return plan.count


def _lay_out(cursor: Any, plan: CrowdPlan) -> None:
    """Put what the copies are made from into temporary tables."""
    units = {unit.id: unit.kind for unit in accounts.units()}
    departments = [unit for unit, kind in units.items() if kind == "department"]
    for statement in _TABLES:
        cursor.execute(statement)
    areas = [(k, *vars(area).values(), _places(area)) for k, area in enumerate(plan.areas)]
    _fill(cursor, "crowd_area", areas)
    _fill(cursor, "crowd_unit", [(unit, scope_term("unit", unit)) for unit in units])
    _fill(cursor, "crowd_helper", list(enumerate(departments)))
    lead = plan.lead_unit_id
    originals = [
        (k, event.pk, bool(lead) or units[event.lead_unit_id] in AREA_KINDS, lead if k % 4 else None, _words(event))
        for k, event in enumerate(Event.objects.order_by("id"))
    ]
    _fill(cursor, "crowd_original", originals)


def _fill(cursor: Any, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(f"ANALYZE {table}")


def _places(area: CrowdArea) -> list[int]:
    divisions = [scope_term("division", key) for key in (area.community_id, area.street_id) if key]
    return [scope_term("grid", area.grid_id), *divisions]


def _words(event: Event) -> list[int]:
    return terms_of(f"{event.title} {event.text} {event.address}")


def _events_sql() -> str:
    columns = [str(field.column) for field in Event._meta.concrete_fields]  # noqa: SLF001  Django documents it
    values = [f"{_OWN.get(column, f'o.{column}')} AS {column}" for column in columns]
    return f"INSERT INTO events_event ({', '.join(columns)})\nSELECT {', '.join(values)} {_FROM}"


# The last original is rare: it has twenty copies in a crowd of any size.
_DRAW = """
CREATE TEMP TABLE crowd ON COMMIT DROP AS
SELECT n, %(now)s::timestamptz - %(days)s * interval '1 day' * (1 - n / %(count)s::float) AS at,
    CASE WHEN n %% (%(count)s / 20) = 17 THEN size.originals - 1
         ELSE (hashint8(n) & 2147483647) %% (size.originals - 1) END AS original,
    (hashint8(n + 10000000) & 2147483647) %% size.areas AS area,
    (hashint8(n + 20000000) & 2147483647) %% 100 < %(open)s AS is_open,
    n %% %(each)s = 0 AND n < %(count)s / 2 AND %(each)s < %(count)s AS is_due,
    CASE WHEN (hashint8(n + 30000000) & 2147483647) %% 100 < 40
         THEN (hashint8(n + 40000000) & 2147483647) %% size.helpers END AS helper
FROM generate_series(0, %(count)s - 1) n,
    (SELECT (SELECT count(*) FROM crowd_original) AS originals, (SELECT count(*) FROM crowd_area) AS areas,
            (SELECT count(*) FROM crowd_helper) AS helpers) size
"""
_FROM = """
FROM crowd c JOIN crowd_original m ON m.k = c.original JOIN events_event o ON o.id = m.event_id
JOIN crowd_area a ON a.k = c.area ORDER BY c.n
"""
_ID = """
(lpad(to_hex((extract(epoch FROM c.at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex((c.n % 4096)::int), 3, '0')
 || '8' || substr(md5(c.n::text), 1, 15))::uuid
""".replace("%", "%%")
_OWN = {
    "id": _ID,
    "number": "'B-' || to_char(c.at, 'YYYYMMDD') || '-' || lpad(c.n::text, 7, '0')",
    "source_number": "NULL",
    "state": "CASE WHEN c.is_open THEN 'dispatched' ELSE 'closed' END",
    "county_id": "a.county_id",
    "street_id": "a.street_id",
    "community_id": "a.community_id",
    "grid_id": "a.grid_id",
    "lng": "a.lng + (hashint8(c.n) %% 1000) * 0.0000005",
    "lat": "a.lat + (hashint8(c.n + 5) %% 1000) * 0.0000005",
    "lead_unit_id": "coalesce(m.lead_unit_id, CASE WHEN m.by_area OR c.is_due THEN a.unit_id ELSE o.lead_unit_id END)",
    "reporter_token": "CASE WHEN o.reporter_token = '' THEN '' ELSE md5(c.n::text) || md5(c.n::text) END",
    "reported_at": "c.at",
    "accept_due": "c.at + interval '2 hours'",
    "contact_due": "c.at + interval '8 hours'",
    "handle_due": "c.at + interval '5 days'",
    "escalate_due": "CASE WHEN c.is_due THEN c.at WHEN c.is_open THEN %(now)s::timestamptz + interval '30 days' END",
    "level": "0",
    "level_since": "NULL",
    "held": "''",
    "held_until": "NULL",
    "stage_due": "NULL",
    "closed_at": "CASE WHEN NOT c.is_open THEN least(%(now)s, c.at + interval '3 days') END",
    "close_reason": "CASE WHEN c.is_open THEN '' ELSE 'solved' END",
}
_PARTS = """
INSERT INTO events_part (event_id, unit_id, since, is_open)
SELECT e.id, h.unit_id, e.reported_at, c.is_open FROM crowd c
JOIN crowd_helper h ON h.k = c.helper
JOIN events_event e ON e.number = 'B-' || to_char(c.at, 'YYYYMMDD') || '-' || lpad(c.n::text, 7, '0')
WHERE h.unit_id <> e.lead_unit_id
"""
_TERMS = """
INSERT INTO events_terms (event_id, terms)
SELECT e.id, m.words || u.term || a.terms || CASE WHEN h.unit_id IS NULL THEN '{}'::int[] ELSE ARRAY[helping.term] END
FROM crowd c JOIN crowd_original m ON m.k = c.original JOIN crowd_area a ON a.k = c.area
JOIN events_event e ON e.number = 'B-' || to_char(c.at, 'YYYYMMDD') || '-' || lpad(c.n::text, 7, '0')
JOIN crowd_unit u ON u.unit_id = e.lead_unit_id
LEFT JOIN crowd_helper h ON h.k = c.helper
LEFT JOIN crowd_unit helping ON helping.unit_id = h.unit_id
ORDER BY c.n
"""
_TABLES = (
    """CREATE TEMP TABLE crowd_area (k int, grid_id bigint, community_id bigint, street_id bigint, county_id bigint,
    unit_id bigint, lng float, lat float, terms int[]) ON COMMIT DROP""",
    "CREATE TEMP TABLE crowd_unit (unit_id bigint, term int) ON COMMIT DROP",
    "CREATE TEMP TABLE crowd_helper (k int, unit_id bigint) ON COMMIT DROP",
    """CREATE TEMP TABLE crowd_original (k int, event_id uuid, by_area boolean, lead_unit_id bigint, words int[])
    ON COMMIT DROP""",
)
