"""Jobs of exchange: carry messages and feeds, and forget old entries."""

from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from linli.exchange.actions.carry import carry
from linli.exchange.actions.catalogue_wire import tell_catalogue
from linli.exchange.actions.feed import forget_entries
from linli.exchange.actions.messages import forget_messages
from linli.kernel import api as kernel

TURN = 5.0  # seconds of one job: a worker that is asked to stop waits for its end
KEPT = timedelta(days=30)


@app.task(name="exchange.carry", queue="outgoing", lock="exchange.carry", queueing_lock="exchange.carry")
def carry_on() -> None:
    """Carry for a while, then let the next job go on, as long as there is somebody to carry to."""
    if carry(seconds=TURN):
        carry_soon()


@app.periodic(cron="* * * * *")
@app.task(name="exchange.wake_carrier", queue="upkeep", queueing_lock="exchange.wake_carrier")
def wake_carrier(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """See to it that somebody carries."""
    carry_soon()


@app.periodic(cron="51 3 * * *")
@app.task(name="exchange.forget_entries", queue="upkeep", queueing_lock="exchange.forget_entries")
def forget(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Delete entries of feeds and messages that were taken long ago."""
    forget_entries(before=kernel.now() - KEPT)
    forget_messages(before=kernel.now() - KEPT)


@app.periodic(cron="17 * * * *")
@app.task(name="exchange.tell_catalogue", queue="upkeep", queueing_lock="exchange.tell_catalogue")
def tell_changed_catalogue(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Tell linked nodes the catalogue where it changed."""
    tell_catalogue(now=kernel.now())


def carry_soon() -> None:
    """Defer the job that carries, where it does not wait already."""
    try:
        with transaction.atomic():
            carry_on.defer()
    except AlreadyEnqueued:
        return
