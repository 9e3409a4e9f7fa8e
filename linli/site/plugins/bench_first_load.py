"""`linli bench load`: a file of a million people with thirty elements becomes golden records, linked."""

import csv
import json
import os
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy

from linli.exchange import api as exchange
from linli.kernel import slots
from linli.site.plugins.bench_stage import stage

DATABASE = "linli_bench_load"
SEED = 4


class FirstLoadBench(slots.Bench):
    """An empty county takes in its first large file, by the command that an operator would use."""

    code = "load"
    label = gettext_lazy("First load of a department's people")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many people, and by how many processes."""
        parser.add_argument("--persons", type=int, default=1_000_000, help="how many rows (default: 1000000)")
        parser.add_argument("--processes", type=int, default=2, help="how many processes load (default: 2)")
        parser.add_argument("--keep", action="store_true", help="keep the database")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:
        """Write the file, load it, count what came of it."""
        with stage(DATABASE, report=report, keep=options["keep"]) as here:
            here.ask("plant")
            areas = here.ask("data-set")["areas"]
            path = here.folder / "people.csv"
            report(f"writing {options['persons']} people")
            write_people(path, options["persons"], areas)
            report("loading")
            command = ("base", str(path), "--source", "bench", "--load", "--json")
            told = json.loads(here.linli(*command, "--processes", str(options["processes"])).strip().split("\n")[-1])
            ((entities, records),) = here.query(
                "SELECT (SELECT count(*) FROM registry_entity WHERE kind = 'person'),"
                " (SELECT count(*) FROM registry_sourcerecord)"
            )
        names = ("per_second", "rss_mb", "seconds", "rows", "new", "rejected", "partly")
        return {
            **{name: told[name] for name in names}, "entities": entities, "records": records,
            "system_load": round(os.getloadavg()[0], 2),
        }  # fmt: skip


def write_people(path: Path, count: int, areas: list[str]) -> None:
    """Write a CSV file of fictional people."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(exchange.MADE_UP_HEADER)
        out.writerows(exchange.made_up_people(count, seed=SEED, areas=areas))
