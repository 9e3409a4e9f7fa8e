"""`linli demo`: the fictional demo county, planted anew from a seed."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.site import demo
from linli.site.runtime import dumps, node, postgres


class Command(BaseCommand):
    """Plants the demo county."""

    help = "Plant the fictional demo county. The same seed gives the same county; what is there already stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take seed and size."""
        parser.add_argument("--seed", type=int, default=demo.SEED, help="which of the possible counties")
        parser.add_argument("--events", type=int, default=demo.EVENTS, help="how many events over 90 days")
        parser.add_argument("--people", type=int, default=demo.PEOPLE, help="how many people live in it")
        parser.add_argument("--reset", action="store_true", help="first empty this demo node; refused on any other")
        parser.add_argument("--json", action="store_true", help="print the figures as one JSON object, last")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Plant, and say what there is and who can sign in."""
        began = time.monotonic()
        if options["reset"]:
            _empty()
        call_command("migrate", interactive=False, verbosity=0)
        planted = demo.plant(
            tell=self.stderr.write,
            seed=options["seed"],
            count=options["events"],
            people=options["people"],
            now=kernel.now(),
        )
        figures = {**planted, "seconds": round(time.monotonic() - began, 3)}
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        for name, count in figures.items():
            self.stdout.write(f"{name:<12}{count:>10}")
        self.stdout.write("\n".join(node.demo_accounts()))


def _empty() -> None:
    """Drop everything, but only of a stopped node that says of itself that it is a demo."""
    if not node.demo_accounts():
        raise CommandError(_("This node does not hold the demo county; nothing was emptied."))
    with node.only_instance():
        connections.close_all()
        dumps.clear(postgres.provide())
