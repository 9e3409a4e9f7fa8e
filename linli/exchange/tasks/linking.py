"""Jobs of exchange: the base is compared again each night, weights are learned from it each week."""

from procrastinate.contrib.django import app

from linli.exchange.actions.rerun import learn_weights, rerun_all
from linli.kernel import api as kernel


@app.periodic(cron="40 2 * * *")
@app.task(name="exchange.rerun_linkage", queue="upkeep", lock="linkage", queueing_lock="exchange.rerun_linkage")
def rerun(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Compare the whole base again; what became certain or doubtful waits for a person."""
    rerun_all(now=kernel.now())


@app.periodic(cron="10 4 * * 0")
@app.task(name="exchange.learn_weights", queue="upkeep", lock="linkage", queueing_lock="exchange.learn_weights")
def learn(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Learn the weights from the base once a week."""
    learn_weights(now=kernel.now())
