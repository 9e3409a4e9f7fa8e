"""Jobs of events: let overdue events rise, and deliver to webhooks, which may take as long as the other side does."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from linli.events.actions.alarm import check_begun_versions
from linli.events.actions.clock import tend_clocks
from linli.events.actions.deliver import deliver_waiting, forget_deliveries
from linli.events.actions.escalate import sweep_overdue
from linli.events.actions.hot import find_hot
from linli.events.actions.lateness import tell_late_stages
from linli.events.queries.webhooks import due_webhooks
from linli.kernel import api as kernel

KEPT = timedelta(days=30)


@app.periodic(cron="* * * * *")
@app.task(name="events.sweep", queue="clocks", queueing_lock="events.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Let clocks go on whose pause is over, let what is overdue rise, then tell of stages that are late."""
    now = kernel.now()
    tend_clocks(now=now)
    sweep_overdue(now=now)
    tell_late_stages(now=now)


@app.task(name="events.deliver_webhook", queue="outgoing")
def deliver_webhook(*, webhook_id: str, delivery_id: str | None = None) -> None:
    """Send what waits for one webhook."""
    first = UUID(delivery_id) if delivery_id else None
    deliver_waiting(webhook_id=UUID(webhook_id), now=kernel.now(), first=first)


@app.periodic(cron="* * * * *")
@app.task(name="events.wake_webhooks", queue="upkeep", queueing_lock="events.wake_webhooks")
def wake_webhooks(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """See to it that what waits is tried when its pause is over."""
    wake(due_webhooks(kernel.now()))


@app.periodic(cron="* * * * *")
@app.task(name="events.check_begun_versions", queue="upkeep", queueing_lock="events.check_begun_versions")
def check_begun(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Look at the rules of standards that have just begun to hold."""
    check_begun_versions(now=kernel.now())


@app.periodic(cron="13 * * * *")
@app.task(name="events.find_hot", queue="upkeep", queueing_lock="events.find_hot", lock="events.find_hot")
def look_for_hot_issues(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Find the hot issues of the last half year."""
    find_hot(now=kernel.now())


@app.periodic(cron="41 3 * * *")
@app.task(name="events.forget_deliveries", queue="upkeep", queueing_lock="events.forget_deliveries")
def forget(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Delete old deliveries."""
    forget_deliveries(before=kernel.now() - KEPT)


def wake(webhook_ids: Iterable[UUID], delivery_id: UUID | None = None) -> None:
    """Defer a job for each of these webhooks, one at a time for each; with `delivery_id` one that sends it first."""
    for webhook_id in webhook_ids:
        lock = f"events.webhook:{webhook_id}"
        queueing = f"{lock}:{delivery_id}" if delivery_id else lock
        job = deliver_webhook.configure(lock=lock, queueing_lock=queueing)
        try:
            with transaction.atomic():
                job.defer(webhook_id=str(webhook_id), delivery_id=str(delivery_id) if delivery_id else None)
        except AlreadyEnqueued:
            continue
