"""`linli worker`: does the jobs, among them the delivery of facts."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from linli.kernel.queries.sealed import check_ring
from linli.kernel.rules.keyring import BrokenRingError

FACTS, OUTGOING = "facts", "outgoing"  # the queues with a lane of their own; the third lane takes all others
OUTSIDE = 6  # jobs at once that wait for somebody outside


class Command(BaseCommand):
    """Run until SIGTERM, then finish what is begun."""

    help = "Do the jobs: deliver facts, keep order."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say how many jobs run at once, and how often the worker shows that it lives."""
        most = "jobs at once in the lane of facts, and in the lane of other work in the database (default: 1)"
        often = "time between two signs of life (default: 2)"
        parser.add_argument("--concurrency", type=int, default=1, help=most)
        parser.add_argument("--heartbeat", type=float, default=2.0, metavar="SECONDS", help=often)

    def handle(self, *, concurrency: int, heartbeat: float, **_options: Any) -> None:
        """Work until told to stop; refuse to start with another key ring."""
        try:
            check_ring()
        except BrokenRingError as broken:
            raise CommandError(str(broken)) from None
        connections.close_all()
        asyncio.run(_work(concurrency, heartbeat))


async def _work(concurrency: int, heartbeat: float) -> None:
    """Work in three lanes: neither a long count nor who waits for somebody outside holds up the facts."""
    parameters = connector_params()
    # A plan made while the queue was empty is ruinous when it is full: plan each fetch anew.
    parameters["options"] = f"{parameters.get('options') or ''} -c plan_cache_mode=force_custom_plan".strip()
    # Not replace_connector(): jobs that a task defers must stay in Django's own transaction.
    worker = app.with_connector(PsycopgConnector(kwargs=parameters))
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2 * concurrency + OUTSIDE + 2))
    options: Any = {
        "fetch_job_polling_interval": 0.5,
        "delete_jobs": "successful",
        "update_heartbeat_interval": heartbeat,
        "stalled_worker_timeout": 5 * heartbeat,
        "shutdown_graceful_timeout": 20,
    }
    async with worker.open_async():
        worker.perform_import_paths()  # type: ignore[no-untyped-call]  # it brings none
        others = sorted({task.queue for task in worker.tasks.values()} - {FACTS, OUTGOING})
        beside = [
            asyncio.create_task(
                worker.run_worker_async(queues=queues, concurrency=most, install_signal_handlers=False, **options)
            )
            for queues, most in (([OUTGOING], OUTSIDE), (others, concurrency))
        ]
        try:
            await worker.run_worker_async(queues=[FACTS], concurrency=concurrency, **options)
        finally:
            for lane in beside:
                lane.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
