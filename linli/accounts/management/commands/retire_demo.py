"""`linli retire_demo`: disables every demo account before a node is opened to the public."""

from typing import Any

from django.core.management.base import BaseCommand

from linli.accounts import api as accounts
from linli.kernel import api as kernel


class Command(BaseCommand):
    """Disables the demo accounts."""

    help = "Disable every demo account, end their sessions, and delete the file with their password."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do it and say how many."""
        count = accounts.retire_demo_staff(by=accounts.SYSTEM, now=kernel.now())
        self.stdout.write(f"{count} demo accounts disabled.")
