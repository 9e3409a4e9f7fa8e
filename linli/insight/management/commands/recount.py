"""`linli recount`: marks and tallies of every event anew."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from linli.insight.actions.refresh import recount
from linli.kernel import api as kernel


class Command(BaseCommand):
    """Counts all events anew."""

    help = "Count every event anew for the measures. Needed only after events came in by other ways than Linli's own."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Count, and say how many and how long it took."""
        began = time.monotonic()
        count = recount(now=kernel.now())
        self.stdout.write(f"{count} events in {time.monotonic() - began:.1f} s")
