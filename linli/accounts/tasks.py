"""Jobs of accounts: forget what is past its time."""

from procrastinate.contrib.django import app

from linli.accounts.actions.forget import forget_old
from linli.kernel import api as kernel


@app.periodic(cron="41 3 * * *")
@app.task(name="accounts.forget_old", queue="upkeep", queueing_lock="accounts.forget_old")
def forget(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Delete old codes, sign-ins and sessions at night."""
    forget_old(now=kernel.now())
