"""Jobs of the kernel: deliver a batch of facts, and clean up."""

from procrastinate import JobContext, RetryStrategy, builtin_tasks
from procrastinate.contrib.django import app

from linli.kernel.actions import keys
from linli.kernel.actions.deliver import deliver_next
from linli.kernel.actions.recover import KEPT, forget_done_batches
from linli.kernel.actions.relay import DELIVER
from linli.kernel.rules.clock import now

PATIENCE = 3  # tries after which a database error is taken for the fault of the fact


@app.task(name=DELIVER, queue="facts", pass_context=True, retry=RetryStrategy(max_attempts=PATIENCE + 1, linear_wait=1))
def deliver(context: JobContext, *, receiver: str) -> None:
    """Let the receiver hear its oldest open batch."""
    deliver_next(receiver=receiver, patient=context.job.attempts < PATIENCE, now=now())


@app.periodic(cron="17 * * * *")
@app.task(name="kernel.forget_done_batches", queue="upkeep", queueing_lock="kernel.forget_done_batches")
def forget_batches(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Delete old batches."""
    forget_done_batches(now=now())


@app.periodic(cron="27 * * * *")
@app.task(name="kernel.forget_jobs", queue="upkeep", queueing_lock="kernel.forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Delete jobs that ended long ago; those that went well are deleted at once by the worker."""
    await builtin_tasks.remove_old_jobs(
        context,
        max_hours=int(KEPT.total_seconds() // 3600),
        remove_failed=True,
        remove_cancelled=True,
        remove_aborted=True,
    )


@app.periodic(cron="*/5 * * * *")
@app.task(name="kernel.reseal", queue="upkeep", queueing_lock="kernel.reseal")
def reseal(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Seal anew what an older key sealed, where a rotation has not finished."""
    keys.go_on(now=now())
