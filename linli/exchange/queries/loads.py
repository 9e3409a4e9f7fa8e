"""First loads that nobody works on any more: their process is gone, their run is open."""

from django.db import connection
from django.db.models import IntegerField, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from linli.accounts import api as accounts
from linli.exchange.models import Run
from linli.exchange.queries.datasets import datasets_for
from linli.exchange.rules.run_states import RUNNING

LOAD, LOCK = "load", "exchange.load"
_HELD = """
SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (classid, objid) = (hashtext(%s)::bit(32)::bigint, hashtext(%s)::bit(32)::bigint))
"""


def is_held(run: Run) -> bool:
    """Tell whether a process works on a load now: it holds a lock of the database, which goes when it dies."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [LOCK, str(run.pk)])
        return bool(cursor.fetchone()[0])


def is_interrupted(run: Run) -> bool:
    """Tell whether a run is a load that began, did not end, and has no process."""
    return run.how == LOAD and run.state == RUNNING and not is_held(run)


def interrupted_loads(actor: accounts.Actor) -> list[Run]:
    """Return the interrupted loads of the data sets that somebody looks after. One query where none is open."""
    rows = Run.objects.filter(dataset__in=datasets_for(actor), how=LOAD, state=RUNNING, ended_at=None)
    return [run for run in rows.select_related("dataset").order_by("id") if is_interrupted(run)]


def rows_taken(run: Run) -> int:
    """Return how many rows of an open load are in: those of the stretches that are done."""
    done = Cast(KeyTextTransform("done", "counts"), IntegerField())
    return int(run.stretches.aggregate(rows=Sum(done))["rows"] or 0)
