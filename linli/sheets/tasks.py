"""Jobs of sheets: forms on the list whose time is over expire by themselves, unread files are kept for a month."""

from procrastinate.contrib.django import app

from linli.kernel import api as kernel
from linli.sheets.actions.admit import expire_forms
from linli.sheets.actions.unread import forget_old_unread


@app.periodic(cron="6 * * * *")
@app.task(name="sheets.expire_forms", queue="clocks", queueing_lock="sheets.expire_forms")
def expire(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Mark forms whose last day is over. The list leaves them out from midnight on, marked or not."""
    expire_forms(now=kernel.now())


@app.periodic(cron="25 3 * * *")
@app.task(name="sheets.forget_unread", queue="clocks", queueing_lock="sheets.forget_unread")
def forget(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Delete files that could not be read a month ago."""
    forget_old_unread(now=kernel.now())
