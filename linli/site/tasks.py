"""Jobs of the site: days of logs are noted each hour, and compared byte by byte at night."""

from procrastinate.contrib.django import app

from linli.kernel import api as kernel
from linli.site.runtime.lognotes import note_logs


@app.periodic(cron="7 * * * *")
@app.task(name="site.note_logs", queue="upkeep", queueing_lock="site.note_logs")
def note(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Note how far the logs go."""
    note_logs(now=kernel.now())


@app.periodic(cron="37 4 * * *")
@app.task(name="site.check_logs", queue="upkeep", queueing_lock="site.check_logs")
def check(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Compare every byte of the days that were noted."""
    note_logs(now=kernel.now(), whole=True)
