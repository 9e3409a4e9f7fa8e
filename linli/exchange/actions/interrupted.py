"""A load whose process died 中断的装载: the same command goes on with it, or somebody gives it up."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.exchange import facts
from linli.exchange.models import Run
from linli.exchange.queries.loads import LOAD, LOCK, is_held
from linli.exchange.queries.sources_sight import SOURCES
from linli.exchange.rules.quality import quality
from linli.exchange.rules.refusals import ExchangeRefusedError, StepRefusedError
from linli.exchange.rules.run_states import ABANDONED, STEPS
from linli.kernel import facts as journal
from linli.registry import api as registry
from linli.trust import api as trust

COUNTED = ("done", "new", "rejected", "partly", "timely")


@contextmanager
def held(run: Run) -> Iterator[None]:
    """Hold a load as long as this process works on it. Raises ExchangeRefusedError where another one does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s), hashtext(%s))", [LOCK, str(run.pk)])
        if not cursor.fetchone()[0]:
            raise ExchangeRefusedError(_("Another process is loading this file at the moment."))
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s), hashtext(%s))", [LOCK, str(run.pk)])


def add_up(run: Run) -> None:
    """Let a run count what its stretches counted; they go. In the caller's transaction, which saves the run."""
    for stretch in run.stretches.all():
        for name in COUNTED:
            setattr(run, name, getattr(run, name) + stretch.counts.get(name, 0))
        for column, (filled, bad) in stretch.counts["columns"].items():
            kept = run.columns.setdefault(column, {"filled": 0, "bad": 0})
            kept["filled"] += filled
            kept["bad"] += bad
    run.stretches.all().delete()


@transaction.atomic
def give_up_load(*, run: Run, by: accounts.Actor, now: datetime) -> Run:
    """End an interrupted load. What it took in stays; the fact lets the worker put the indexes back.

    Raises NotAllowed, StepRefusedError, ExchangeRefusedError.
    """
    trust.require(by, SOURCES, run.dataset)
    row = Run.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=run.pk)
    if row.how != LOAD or row.state not in STEPS["give_up"].before:
        raise StepRefusedError
    if is_held(row):
        raise ExchangeRefusedError(_("Another process is loading this file at the moment."))
    add_up(row)
    row.quality = quality(rows=row.done, columns=row.columns, repeated=row.repeated, timely=row.timely)
    row.state, row.ended_at = ABANDONED, now
    row.notes = [_("%(done)d of %(rows)d rows were taken in and stay; the others were not read.")
                 % {"done": row.done, "rows": row.rows}]  # fmt: skip
    row.save()
    trust.record(
        by=by, action="drop", purpose=SOURCES, subjects=[], object_kind="run", object_id=row.id, elements=[], now=now
    )
    journal.publish(facts.RunEnded(row.dataset_id, row.id, row.state, row.new, row.changed, row.rejected), now=now)
    return row


def close_load_of(*, run_id: str) -> None:
    """Put the indexes back that a load took off; done already, nothing happens."""
    registry.close_load(run=run_id, by=accounts.SYSTEM)
