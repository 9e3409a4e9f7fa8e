"""Jobs of exchange: what the clock does, and lists that are worked off."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from linli.exchange.actions.batch import work_off
from linli.exchange.actions.correct import let_silent_stand
from linli.exchange.actions.papers import forget_evidence
from linli.exchange.actions.sweep import expire_grants, forget_answers, tell_late_applications
from linli.exchange.actions.witness import tell_heads
from linli.kernel import api as kernel


@app.periodic(cron="* * * * *")
@app.task(name="exchange.sweep", queue="clocks", queueing_lock="exchange.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Tell of late answers, mark what has ended, let stand what is silent."""
    now = kernel.now()
    tell_late_applications(now=now)
    expire_grants(now=now)
    let_silent_stand(now=now)


@app.periodic(cron="* * * * *")
@app.task(name="exchange.tell_heads", queue="clocks", queueing_lock="exchange.tell_heads")
def tell_new_heads(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Tell linked nodes the newest head of the ledger, to be counter-signed."""
    tell_heads(now=kernel.now())


@app.periodic(cron="23 * * * *")
@app.task(name="exchange.forget_answers", queue="upkeep", queueing_lock="exchange.forget_answers")
def forget_kept_answers(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Drop answers that were kept for requests sent again."""
    forget_answers(now=kernel.now())


@app.periodic(cron="37 3 * * *")
@app.task(name="exchange.forget_evidence", queue="upkeep", queueing_lock="exchange.forget_evidence")
def forget_old_evidence(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Drop what proved corrections that ended a year ago."""
    forget_evidence(now=kernel.now())


@app.task(name="exchange.work_off_batch", queue="upkeep")
def work_off_batch(*, batch_id: str) -> None:
    """Go on with one list where it stopped."""
    work_off(batch_id=UUID(batch_id), now=kernel.now())


def work_off_soon(batch_id: UUID) -> None:
    """Defer the job of a list, one at a time."""
    lock = f"exchange.batch:{batch_id}"
    try:
        with transaction.atomic():
            work_off_batch.configure(lock=lock, queueing_lock=lock).defer(batch_id=str(batch_id))
    except AlreadyEnqueued:
        return
