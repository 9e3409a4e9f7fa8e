"""Counts what was taken out in files, from the use ledger: rows by account, by unit and by day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from linli.trust.rules.alerts import Sighting
from linli.trust.rules.leaf import first_id_at
from linli.trust.rules.watch_exports import Taken, judge_exports
from linli.trust.rules.watch_limits import Limits

_ROWS = """
SELECT person_id, unit_id, (at AT TIME ZONE %s)::date AS day, max(id::text),
    sum(greatest(cardinality(subjects), coalesce(substring(object_id FROM '^(\\d{1,9}) rows$')::int, 0), 1))::int
FROM trust_ledgerentry
WHERE action = 'export' AND result = 'ok' AND person_id IS NOT NULL AND id >= %s AND at <= %s
GROUP BY 1, 2, 3
"""


def watch_exports(*, now: datetime, limits: Limits) -> Sequence[Sighting]:
    """Return accounts far above their habit today, and units where no single account is. One query."""
    today = timezone.localdate(now)
    since = now - timedelta(days=limits["export_days"])
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [timezone.get_default_timezone_name(), first_id_at(since), now])
        rows = cursor.fetchall()
    people: dict[str, Taken] = {}
    units: dict[str, Taken] = {}
    for person, unit, day, newest, count in rows:
        _add(people, f"person:{person}", day, newest, count)
        if unit is not None:
            _add(units, f"unit:{unit}", day, newest, count)
    found = list(judge_exports(people.values(), limits, today=today))
    known = {f"unit:{unit}" for person, unit, *_rest in rows if f"person:{person}" in {one.subject for one in found}}
    return [*found, *judge_exports((one for key, one in units.items() if key not in known), limits, today=today)]


def _add(taken: dict[str, Taken], subject: str, day: date, newest: str, count: int) -> None:
    one = taken.get(subject) or Taken(subject, newest)
    by_day = {**one.by_day, day: one.by_day.get(day, 0) + count}
    taken[subject] = Taken(subject, max(one.newest, newest), by_day)
