"""Jobs of exchange: ask the sources that are due, go on with runs, tell of late ones."""

from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from linli.accounts import api as accounts
from linli.exchange.actions import collect as collecting
from linli.exchange.actions.interrupted import close_load_of
from linli.exchange.actions.lateness import due_datasets, tell_late
from linli.exchange.models import Dataset, Run
from linli.exchange.rules.run_states import DONE, FAILED
from linli.kernel import api as kernel

GONE_ON = {DONE, FAILED}  # the cursor of a run stands behind the file; the one after it is read
AT_ONCE = 100  # files of one source that are taken in by one job


@app.periodic(cron="* * * * *")
@app.task(name="exchange.wake", queue="upkeep", queueing_lock="exchange.wake")
def wake(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Ask sources that are due, and go on with runs that wait or were interrupted."""
    now = kernel.now()
    tell_late(now=now)
    for dataset in due_datasets(now=now):
        _defer(collect, f"exchange.dataset.{dataset.pk}", dataset=dataset.pk)
    for run in collecting.open_runs():
        _defer(take, f"exchange.dataset.{run.dataset_id}", run_id=str(run.pk))


@app.task(name="exchange.collect", queue="outgoing")
def collect(*, dataset: str) -> None:
    """Ask one source until it has nothing new."""
    for _turn in range(AT_ONCE):
        row = Dataset.objects.select_related("connection").get(pk=dataset)
        run = collecting.collect(dataset=row, by=accounts.SYSTEM, now=kernel.now())
        if run is None or run.state not in GONE_ON or row.cursor_column or not run.cursor:
            return


@app.task(name="exchange.take", queue="outgoing")
def take(*, run_id: str) -> None:
    """Go on with one run."""
    run = Run.objects.filter(pk=run_id, ended_at=None).first()
    if run is not None:
        collecting.take_run(run=run, by=accounts.SYSTEM, now=kernel.now())


@app.task(name="exchange.close_load", queue="upkeep")
def close_load(*, run_id: str) -> None:
    """Put the indexes back after a load that was given up."""
    close_load_of(run_id=run_id)


def close_load_soon(run_id: UUID) -> None:
    """Let the indexes be put back by the worker; a large base takes minutes."""
    _defer(close_load, f"exchange.close_load.{run_id}", run_id=str(run_id))


def take_soon(run: Run) -> None:
    """Let a run be taken in by the worker."""
    _defer(take, f"exchange.dataset.{run.dataset_id}", run_id=str(run.pk))


def collect_soon(dataset: Dataset) -> None:
    """Let a source be asked by the worker."""
    _defer(collect, f"exchange.dataset.{dataset.pk}", dataset=dataset.pk)


def _defer(task: object, lock: str, **arguments: str) -> None:
    """Put a job in line; one data set has one job at a time."""
    try:
        task.configure(lock=lock, queueing_lock=lock).defer(**arguments)  # type: ignore[attr-defined]  # a task has it
    except AlreadyEnqueued:
        return
