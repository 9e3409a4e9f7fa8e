"""Jobs of trust: watch the node, looks and devices, verify the ledger, learn habits, end what is past its time."""

from procrastinate.contrib.django import app

from linli.kernel import api as kernel
from linli.trust.actions.devices import watch_reviews
from linli.trust.actions.export_requests import lapse_exports
from linli.trust.actions.incidents import remind_of_duties
from linli.trust.actions.look_settings import forget_looks, learn_habits
from linli.trust.actions.retain import forget_retained
from linli.trust.actions.watch import watch_looks
from linli.trust.actions.watch_node import verify_whole, watch_node


@app.periodic(cron="*/5 * * * *")
@app.task(name="trust.watch_looks", queue="upkeep", queueing_lock="trust.watch_looks")
def watch(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Judge the days that newly sealed looks belong to."""
    watch_looks(now=kernel.now())


@app.periodic(cron="25 6 * * *")
@app.task(name="trust.watch_devices", queue="upkeep", queueing_lock="trust.watch_devices")
def devices(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Tell owners of devices that a review is due, and close what has run out."""
    watch_reviews(now=kernel.now())


@app.periodic(cron="* * * * *")
@app.task(name="trust.watch_node", queue="upkeep", queueing_lock="trust.watch_node")
def watch_security(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Let the watchers look that are due, and remind of who must be told of incidents."""
    now = kernel.now()
    watch_node(now=now)
    remind_of_duties(now=now)


@app.periodic(cron="17 3 * * *")
@app.task(name="trust.verify_whole", queue="upkeep", queueing_lock="trust.verify_whole")
def verify(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Verify the whole ledger once a day."""
    verify_whole(now=kernel.now())


@app.periodic(cron="52 2 * * *")
@app.task(name="trust.learn_habits", queue="upkeep", queueing_lock="trust.learn_habits")
def learn(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Learn what is usual, and delete what is past its time."""
    now = kernel.now()
    learn_habits(now=now)
    forget_looks(now=now)


@app.periodic(cron="12 3 * * *")
@app.task(name="trust.end_exports", queue="upkeep", queueing_lock="trust.end_exports")
def end_exports(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """End exports whose time is over, and delete what the grades keep no longer."""
    now = kernel.now()
    lapse_exports(now=now)
    forget_retained(now=now)
