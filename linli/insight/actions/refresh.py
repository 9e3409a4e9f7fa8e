"""Keeping marks and tallies: an event that changed is marked anew, and the tallies move by the difference."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Case, DateField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, TruncMonth

from linli.events import api as events
from linli.insight.models import Mark
from linli.insight.rules.counting import masks_of

LOCK, BATCH = 7_301_008, 2_000
PLACE = "month, lead_unit_id, matter_code, county_id, street_id, community_id, marks"


def refresh_marks(*, event_ids: Iterable[UUID], now: datetime) -> int:
    """Mark these events anew and let the tallies follow, in batches; return how many events were marked."""
    waiting, done = iter(dict.fromkeys(event_ids)), 0
    while batch := list(islice(waiting, BATCH)):
        with transaction.atomic():
            done += _move(batch, now)
    return done


def recount(*, now: datetime) -> int:
    """Mark every event anew and add up the tallies, for a node that was filled in another way; return how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        _alone(cursor)
        fresh, values = _fresh(events.measured_events(now=now))
        cursor.execute("TRUNCATE insight_mark, insight_tally")
        cursor.execute(f"INSERT INTO insight_mark (event_id, {PLACE}) {fresh}", values)
        count = int(cursor.rowcount)
        cursor.execute(
            f"INSERT INTO insight_tally ({PLACE}, n) SELECT {PLACE}, count(*) FROM insight_mark GROUP BY {PLACE}"  # noqa: S608  constants
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE insight_mark")
        cursor.execute("ANALYZE insight_tally")
    return count


def refresh_stale(*, now: datetime) -> int:
    """Mark what no fact told of: clocks that ran out, contacts, events that came by other ways; return how many."""
    return refresh_marks(event_ids=_stale(now), now=now)


def _stale(now: datetime) -> Iterator[UUID]:
    """Yield open events whose clocks are over though their mark does not say so, and events without a mark."""
    ids = events.measured_events(now=now).order_by().values_list("pk", flat=True)
    of_event = Mark.objects.filter(event=OuterRef("pk"))
    for name in ("contact_due_over", "handling_over"):
        mask = masks_of([name], [], events.MARKS).hits
        told = of_event.alias(bit=F("marks").bitand(mask)).filter(bit=mask)
        yield from ids.filter(~Exists(told), closed_at=None, **{name: True})
    yield from ids.filter(~Exists(of_event))


def _move(batch: Sequence[UUID], now: datetime) -> int:
    fresh, values = _fresh(events.measured_events(now=now).filter(pk__in=batch))
    with connection.cursor() as cursor:
        _alone(cursor)
        # A batch is looked up by keys. While statistics lag behind a young table, the planner would read it whole.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(_MOVE.format(fresh=fresh), [*values, list(batch)])
        return int(cursor.rowcount)


def _alone(cursor: Any) -> None:
    """Let one process at a time move the tallies, until the transaction ends."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _fresh(rows: "QuerySet[Any]") -> tuple[str, Sequence[Any]]:
    """Return the SELECT of (event, place, marks) for these events."""
    marks: Any = sum((_bit(mark, 1 << place) for place, mark in enumerate(events.MARKS)), start=Value(0))
    made = rows.order_by().annotate(
        of_month=Cast(TruncMonth("reported_at"), DateField()),
        of_matter=Coalesce(F("matter__code"), Value("")),
        all_marks=marks,
    )
    columns = ("pk", "of_month", "lead_unit_id", "of_matter", "county_id", "street_id", "community_id", "all_marks")
    sql, values = made.values_list(*columns).query.sql_with_params()
    return str(sql), values


def _bit(mark: str, value: int) -> Case:
    return Case(When(Q(**{mark: True}), then=Value(value)), default=Value(0), output_field=IntegerField())


_MOVE = """
WITH fresh (event_id, month, lead_unit_id, matter_code, county_id, street_id, community_id, marks) AS ({fresh}),
old AS (SELECT * FROM insight_mark WHERE event_id = ANY(%s)),
moved AS (
    SELECT month, lead_unit_id, matter_code, county_id, street_id, community_id, marks, -1 AS n FROM old
    UNION ALL SELECT month, lead_unit_id, matter_code, county_id, street_id, community_id, marks, 1 FROM fresh
),
counted AS (
    INSERT INTO insight_tally (month, lead_unit_id, matter_code, county_id, street_id, community_id, marks, n)
    SELECT month, lead_unit_id, matter_code, county_id, street_id, community_id, marks, sum(n) FROM moved
    GROUP BY month, lead_unit_id, matter_code, county_id, street_id, community_id, marks HAVING sum(n) <> 0
    ON CONFLICT (month, lead_unit_id, matter_code, county_id, street_id, community_id, marks)
    DO UPDATE SET n = insight_tally.n + EXCLUDED.n
)
INSERT INTO insight_mark (event_id, month, lead_unit_id, matter_code, county_id, street_id, community_id, marks)
SELECT event_id, month, lead_unit_id, matter_code, county_id, street_id, community_id, marks FROM fresh
ON CONFLICT (event_id) DO UPDATE SET month = EXCLUDED.month, lead_unit_id = EXCLUDED.lead_unit_id,
    matter_code = EXCLUDED.matter_code, county_id = EXCLUDED.county_id, street_id = EXCLUDED.street_id,
    community_id = EXCLUDED.community_id, marks = EXCLUDED.marks
"""
