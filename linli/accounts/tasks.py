"""Jobs of accounts: send messages, which may take as long as the channel does."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from linli.accounts.actions.messages import forget_messages, send_messages
from linli.accounts.queries.messages import due_channels
from linli.kernel import api as kernel

KEPT = timedelta(days=30)


@app.task(name="accounts.send_messages", queue="outgoing")
def send(*, channel: str) -> None:
    """Send what is due on a channel."""
    send_messages(channel=channel, now=kernel.now())


@app.periodic(cron="* * * * *")
@app.task(name="accounts.wake_channels", queue="upkeep", queueing_lock="accounts.wake_channels")
def wake_channels(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """See to it that what waits is tried when its pause is over."""
    wake(due_channels(kernel.now()))


@app.periodic(cron="47 3 * * *")
@app.task(name="accounts.forget_messages", queue="upkeep", queueing_lock="accounts.forget_messages")
def forget(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Delete old messages."""
    forget_messages(before=kernel.now() - KEPT)


def wake(channels: Iterable[str]) -> None:
    """Defer a job for each of these channels, one at a time for each."""
    for channel in channels:
        lock = f"accounts.channel:{channel}"
        try:
            with transaction.atomic():
                send.configure(lock=lock, queueing_lock=lock).defer(channel=channel)
        except AlreadyEnqueued:
            continue
