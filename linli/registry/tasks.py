"""Jobs of the registry: what begins or ends with a day."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.kernel import api as kernel
from linli.registry.actions import stand, tags
from linli.registry.actions.guardians import settle_guardianships
from linli.registry.actions.lifecycle import sweep_retention
from linli.registry.actions.project import project_due
from linli.registry.actions.relate import settle_day
from linli.registry.actions.slices import recount_slices


@app.periodic(cron="7 0 * * *")
@app.task(name="registry.settle_day", queue="upkeep", queueing_lock="registry.settle_day")
def settle(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Let those who move in or out today be found where they are; write down which guardianships are over."""
    now = kernel.now()
    settle_day(on=timezone.localdate(now), now=now)
    settle_guardianships(now=now)


@app.periodic(cron="37 2 * * *")
@app.task(name="registry.recount_slices", queue="upkeep", queueing_lock="registry.recount_slices")
def recount(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Count anew what each source says about each area."""
    recount_slices(now=kernel.now())


@app.task(name="registry.stand_houses", queue="upkeep")
def stand_houses(*, entity_ids: list[str]) -> None:
    """Let houses find their standard address."""
    stand.stand_houses(entity_ids=[UUID(one) for one in entity_ids], now=kernel.now())


@app.task(name="registry.sweep_tags", queue="upkeep")
def sweep_tags() -> None:
    """Ask the rules of tags that are new."""
    tags.sweep(now=kernel.now())


@app.periodic(cron="20 0 * * *")
@app.task(name="registry.drop_expired", queue="upkeep", queueing_lock="registry.drop_expired")
def drop_expired(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Let tags fall off whose time is over, and rules speak again where a day changed their answer."""
    tags.sweep(now=kernel.now())


@app.periodic(cron="7 3 * * *")
@app.task(name="registry.sweep_retention", queue="upkeep", queueing_lock="registry.sweep_retention")
def sweep(timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Propose what is past its time; nothing is deleted before somebody decides."""
    sweep_retention(now=kernel.now())


@app.task(name="registry.write_due", queue="upkeep")
def write_due() -> None:
    """Write the heads of what is due anew, 500 to a transaction; a job that was killed goes on where it stopped."""
    project_due(now=kernel.now(), ends_load=False)
