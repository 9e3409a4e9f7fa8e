"""`linli up`: everything a node needs, in one command."""

import contextlib
import os
from collections.abc import Iterator
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from linli.kernel import api as kernel
from linli.site import demo
from linli.site.runtime import node, statics, web


class Command(BaseCommand):
    """Starts everything. The folder, the port and the database are claimed before Django loads (`node.claim`)."""

    help = "Start the database, bring it up to date, and run the web server, the worker and the relay until stopped."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Bring the database up to date, with the demo county where it is empty; then run until asked to stop."""
        with _one_sentence():
            kernel.check_ring()
        call_command("migrate", interactive=False, verbosity=0)
        with _one_sentence():
            kernel.keep_ring()
        statics.collect_when_stale()
        if os.environ.get("LINLI_DEMO", "1") == "1":
            demo.plant_when_empty(self.stdout.write)
        connections.close_all()
        node.serve(*web.place(), clean=kernel.plain)


@contextlib.contextmanager
def _one_sentence() -> Iterator[None]:
    """End with one sentence where the key ring is missing, damaged, or another one."""
    try:
        yield
    except kernel.BrokenRingError as broken:
        raise CommandError(str(broken)) from None
