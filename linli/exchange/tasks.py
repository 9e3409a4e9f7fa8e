"""Jobs of exchange, thin."""

from procrastinate.contrib.django import app

from linli.exchange.actions.rerun import learn_weights, rerun_all
from linli.kernel import api as kernel


@app.periodic(cron="40 2 * * *")
@app.task(name="exchange.rerun_linkage", queue="upkeep", queueing_lock="exchange.rerun_linkage")
def rerun(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Compare the whole base again."""
    rerun_all(now=kernel.now())


@app.periodic(cron="10 4 * * 0")
@app.task(name="exchange.learn_weights", queue="upkeep", queueing_lock="exchange.learn_weights")
def learn(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Learn the weights from the base once a week."""
    learn_weights(now=kernel.now())
