"""Jobs of exchange: deliver the changes of grants, which may take as long as the other side does."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from linli.exchange.actions.push import forget_deliveries, make_ready
from linli.exchange.actions.push_send import send_waiting
from linli.exchange.queries.push import pushes_at_work
from linli.kernel import api as kernel

KEPT = timedelta(days=30)


@app.task(name="exchange.push", queue="outgoing")
def push(*, grant_id: str) -> None:
    """Make ready what changed within one grant, and send what waits."""
    make_ready(grant_id=UUID(grant_id), now=kernel.now())
    send_waiting(grant_id=UUID(grant_id), now=kernel.now())


@app.periodic(cron="* * * * *")
@app.task(name="exchange.wake_pushes", queue="upkeep", queueing_lock="exchange.wake_pushes")
def wake_pushes(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """See to it that changes are looked for, and what waits is tried when its pause is over."""
    for grant_id in pushes_at_work(kernel.now()):
        push_soon(grant_id)


@app.periodic(cron="47 3 * * *")
@app.task(name="exchange.forget_pushes", queue="upkeep", queueing_lock="exchange.forget_pushes")
def forget(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Delete old deliveries."""
    forget_deliveries(before=kernel.now() - KEPT)


def push_soon(grant_id: UUID) -> None:
    """Defer the job of a grant, one at a time."""
    lock = f"exchange.push:{grant_id}"
    try:
        with transaction.atomic():
            push.configure(lock=lock, queueing_lock=lock).defer(grant_id=str(grant_id))
    except AlreadyEnqueued:
        return
