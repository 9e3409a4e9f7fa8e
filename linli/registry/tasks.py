"""Jobs of the registry: what begins or ends with a day."""

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.kernel import api as kernel
from linli.registry.actions.relate import settle_day


@app.periodic(cron="7 0 * * *")
@app.task(name="registry.settle_day", queue="upkeep", queueing_lock="registry.settle_day")
def settle(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Let those who move in or out today be found where they are."""
    now = kernel.now()
    settle_day(on=timezone.localdate(now), now=now)
