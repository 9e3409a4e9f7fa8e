"""`linli worker`: does the jobs, among them the delivery of facts."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

OUTGOING = "outgoing"  # the queue of jobs that wait for somebody outside
OUTSIDE = 6  # of them at once


class Command(BaseCommand):
    """Run until SIGTERM, then finish what is begun."""

    help = "Do the jobs: deliver facts, keep order."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say how many jobs run at once, and how often the worker shows that it lives."""
        often = "time between two signs of life (default: 2)"
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at once (default: 2)")
        parser.add_argument("--heartbeat", type=float, default=2.0, metavar="SECONDS", help=often)

    def handle(self, *, concurrency: int, heartbeat: float, **_options: Any) -> None:
        """Work until told to stop."""
        asyncio.run(_work(concurrency, heartbeat))


async def _work(concurrency: int, heartbeat: float) -> None:
    """Work in two lanes, so that what waits for somebody outside never holds what is done in the database."""
    parameters = connector_params()
    # A plan made while the queue was empty is ruinous when it is full: plan each fetch anew.
    parameters["options"] = "-c plan_cache_mode=force_custom_plan"
    # Not replace_connector(): jobs that a task defers must stay in Django's own transaction.
    worker = app.with_connector(PsycopgConnector(kwargs=parameters))
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(concurrency + OUTSIDE + 2))
    options: Any = {
        "fetch_job_polling_interval": 0.5,
        "delete_jobs": "successful",
        "update_heartbeat_interval": heartbeat,
        "stalled_worker_timeout": 5 * heartbeat,
        "shutdown_graceful_timeout": 20,
    }
    async with worker.open_async():
        worker.perform_import_paths()  # type: ignore[no-untyped-call]  # it brings none
        inside = sorted({task.queue for task in worker.tasks.values()} - {OUTGOING})
        outside = worker.run_worker_async(
            queues=[OUTGOING], concurrency=OUTSIDE, install_signal_handlers=False, **options
        )
        lane = asyncio.create_task(outside)
        try:
            await worker.run_worker_async(queues=inside, concurrency=concurrency, **options)
        finally:
            lane.cancel()
            await asyncio.gather(lane, return_exceptions=True)
