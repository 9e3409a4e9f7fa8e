"""`linli bench link`: people with known truth linked in one go and one by one, and by Splink alone to compare."""

import os
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from linli.exchange import api as exchange
from linli.kernel import slots
from linli.site.plugins.bench_stage import stage

DATABASE = "linli_bench_link"


class LinkBench(slots.Bench):
    """A base of made-up people, a quarter of the records of people who are there already, with realistic dirt."""

    code = "link"
    label = gettext_lazy("Linkage of people from many sources")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many records, and how many come in one by one."""
        parser.add_argument("--records", type=int, default=1_000_000, help="how many records (default: 1000000)")
        parser.add_argument("--incoming", type=int, default=5_000, help="matched one by one (default: 5000)")
        parser.add_argument("--seed", type=int, default=7, help="which people (default: 7); weights learn from others")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Link in one go, by Splink, and one by one."""
        records, seed = options["records"], options["seed"]
        report(f"linking {records} records in one go, then by Splink")
        figures = dict(exchange.measure_batch(records=records, seed=seed))
        with stage(DATABASE, report=report) as here:
            report(f"an index of {records} records, then {options['incoming']} one by one")
            figures |= here.ask("linkage", str(records), str(options["incoming"]), str(seed + 1))
        load, _five, _fifteen = os.getloadavg()
        return {**figures, "load": load}
