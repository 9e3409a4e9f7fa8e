"""`linli web`: the web server alone, for an operator's own process manager."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.kernel import api as kernel
from linli.site.runtime import statics, web


class Command(BaseCommand):
    """Becomes the web server."""

    help = "Serve the pages (the web server alone; `linli up` starts everything)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Check the place, then run the server in this process's place."""
        try:
            kernel.check_ring()
        except kernel.BrokenRingError as broken:
            raise CommandError(str(broken)) from None
        host, port = web.place()
        web.require_free(host, port)
        statics.collect_when_stale()
        command = web.command(host, port)
        os.execve(command[0], command, {**os.environ, **web.environment()})  # noqa: S606  no shell is wanted
