"""`linli bench tamper`: random changes in the stored bytes and rows of a ledger, each to be found and located."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from linli.kernel import slots
from linli.site.plugins.bench_stage import stage

DATABASE = "linli_bench_tamper"


class TamperBench(slots.Bench):
    """Bits turned in every column of entries, seals, heads and tiles; rows deleted, moved, added, replaced."""

    code = "tamper"
    label = gettext_lazy("Changes in the stored ledger: found and located")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many."""
        parser.add_argument("--changes", type=int, default=1000, help="how many changes (default: 1000)")
        parser.add_argument("--entries", type=int, default=1500, help="how many entries there are (default: 1500)")
        parser.add_argument("--seed", type=int, default=1, help="which changes (default: 1)")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Fill a ledger, then change and verify it again and again."""
        with stage(DATABASE, report=report) as here:
            report(f"{options['changes']} changes in a ledger of {options['entries']} entries, each taken back")
            numbers = [str(options[name]) for name in ("changes", "entries", "seed")]
            figures: dict[str, Any] = here.ask("entries", "tamper", *numbers)
        for one in figures.pop("missed"):
            report(f"not located: {one}")
        return figures
