"""`linli bench`: measures speed through the benches that domains registered."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from linli.kernel import slots as kernel


class Command(BaseCommand):
    """Finds the bench and prints its figures."""

    help = "Measure speed; docs/benchmarks.md tells what the figures mean."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Give each bench its own options: `linli bench CODE --help`."""
        codes = parser.add_subparsers(dest="code", metavar="CODE", required=True, help="what to measure")
        for bench in kernel.benches.all():
            one = codes.add_parser(bench.code, help=str(bench.label), description=str(bench.label))
            one.add_argument("--json", action="store_true", help="print the figures as one JSON object, last")
            bench.add_arguments(one)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Measure and print."""
        figures = kernel.benches.get(options["code"]).run(options=options, report=self.stderr.write)
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name:<24}{value:>14.3f}" if isinstance(value, float) else f"{name:<24}{value!s:>14}")
