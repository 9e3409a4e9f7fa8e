"""Jobs of sheets: forms on the list expire when their time is over; answers and unread files are forgotten."""

from procrastinate.contrib.django import app

from linli.kernel import api as kernel
from linli.sheets.actions.admit import expire_forms
from linli.sheets.actions.forget import forget_answers
from linli.sheets.actions.unread import forget_old_unread


@app.periodic(cron="6 * * * *")
@app.task(name="sheets.expire_forms", queue="clocks", queueing_lock="sheets.expire_forms")
def expire(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Mark forms whose last day is over. The list leaves them out from midnight on, marked or not."""
    expire_forms(now=kernel.now())


@app.periodic(cron="16 3 * * *")
@app.task(name="sheets.forget_answers", queue="clocks", queueing_lock="sheets.forget_answers")
def forget(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Delete the values of answers that no form is given any more, and files that could not be read a month ago."""
    forget_answers(now=kernel.now())
    forget_old_unread(now=kernel.now())
