"""Jobs of insight: once an hour, mark what no fact told of."""

from procrastinate.contrib.django import app

from linli.insight.actions.refresh import refresh_stale
from linli.kernel import api as kernel


@app.periodic(cron="7 * * * *")
@app.task(name="insight.refresh_stale", queue="upkeep", queueing_lock="insight.refresh_stale")
def refresh(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Mark events whose clocks ran out, and events without a mark."""
    refresh_stale(now=kernel.now())
