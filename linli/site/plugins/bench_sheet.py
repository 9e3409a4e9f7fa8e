"""`linli bench sheet`: a form of 30 columns filled from a base of a million people, in the issuer's own layout."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from linli.kernel import slots
from linli.site.plugins import bench_registry
from linli.site.plugins.bench_stage import Stage, stage


class SheetBench(slots.Bench):
    """Who is meant, what is known of them, what the form asks for, and the file: end to end, and with openpyxl."""

    code = "sheet"
    label = gettext_lazy("A form filled from a base of a million people")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many people there are and how many rows are filled."""
        parser.add_argument("--people", type=int, default=1_000_000, help="how many people (default: 1000000)")
        parser.add_argument("--rows", type=int, default=10_000, help="how many rows are filled (default: 10000)")
        parser.add_argument(
            "--database", default=bench_registry.DATABASE, help=f"its name ({bench_registry.DATABASE}, as registry's)"
        )
        parser.add_argument("--rebuild", action="store_true", help="make the database anew (it is kept)")
        parser.add_argument("--drop", action="store_true", help="drop the database at the end")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Build what is missing, then fill."""
        name, people = options["database"], options["people"]
        fresh = options["rebuild"] or not bench_registry.is_kept(name, people)
        with stage(name, report=report, fresh=fresh, keep=not options["drop"]) as here:
            if fresh:
                bench_registry.fill(here, people, report)
            return measure(here, options["rows"])


def measure(here: Stage, rows: int) -> dict[str, Any]:
    """Fill a form on a stage and return the figures."""
    return dict(here.ask("sheet", str(rows)))
