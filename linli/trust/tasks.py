"""Jobs of trust: watch what was sealed, learn habits and forget what is past its time."""

from procrastinate.contrib.django import app

from linli.kernel import api as kernel
from linli.trust.actions.look_settings import forget_looks, learn_habits
from linli.trust.actions.watch import watch_looks


@app.periodic(cron="*/5 * * * *")
@app.task(name="trust.watch_looks", queue="upkeep", queueing_lock="trust.watch_looks")
def watch(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Judge the days that newly sealed looks belong to."""
    watch_looks(now=kernel.now())


@app.periodic(cron="52 2 * * *")
@app.task(name="trust.learn_habits", queue="upkeep", queueing_lock="trust.learn_habits")
def learn(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Learn what is usual, and delete what is past its time."""
    now = kernel.now()
    learn_habits(now=now)
    forget_looks(now=now)
