"""Jobs of trust: watch what was sealed, learn habits, forget what is past its time, review devices."""

from procrastinate.contrib.django import app

from linli.kernel import api as kernel
from linli.trust.actions.devices import watch_reviews
from linli.trust.actions.look_settings import forget_looks, learn_habits
from linli.trust.actions.watch import watch_looks


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


@app.periodic(cron="52 2 * * *")
@app.task(name="trust.learn_habits", queue="upkeep", queueing_lock="trust.learn_habits")
def learn(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Learn what is usual, and delete what is past its time."""
    now = kernel.now()
    learn_habits(now=now)
    forget_looks(now=now)
