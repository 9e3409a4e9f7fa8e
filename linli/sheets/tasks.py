"""Jobs of sheets: forms on the list whose time is over expire by themselves."""

from procrastinate.contrib.django import app

from linli.kernel import api as kernel
from linli.sheets.actions.admit import expire_forms


@app.periodic(cron="6 * * * *")
@app.task(name="sheets.expire_forms", queue="clocks", queueing_lock="sheets.expire_forms")
def expire(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Mark forms whose last day is over. The list leaves them out from midnight on, marked or not."""
    expire_forms(now=kernel.now())
