"""`linli base F --dataset CODE`: takes a file of a data set into the base, large ones by several processes."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.exchange.actions.collect import read_file, take_run
from linli.exchange.actions.load import PROCESSES, load_file, most_memory
from linli.exchange.models import Dataset, Run
from linli.exchange.rules.refusals import ExchangeRefusedError
from linli.kernel import api as kernel

LARGE = 20_000_000  # bytes from which a CSV file is loaded in stretches


class Command(BaseCommand):
    """Takes a file in and prints what came of it."""

    help = "Take a CSV or XLSX file of a data set into the base. Interrupted, the same command goes on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which file of which data set."""
        parser.add_argument("file", type=Path, help="the file")
        parser.add_argument("--source", required=True, help="code of the data set whose mapping is used")
        parser.add_argument("--load", action="store_true", help="load in stretches, however small the file is")
        parser.add_argument("--processes", type=int, default=PROCESSES, help=f"for large files ({PROCESSES})")
        parser.add_argument("--json", action="store_true", help="print the figures as one JSON object, last")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Take in, report."""
        path: Path = options["file"]
        dataset = Dataset.objects.select_related("source").filter(pk=options["source"]).first()
        if not path.is_file() or dataset is None:
            raise CommandError(_("There is no such file, or no such data set."))
        began = time.monotonic()
        try:
            run = self._take(dataset, path, options)
        except ExchangeRefusedError as refused:
            raise CommandError(str(refused)) from None
        self._tell(run, time.monotonic() - began, json_wanted=options["json"])
        if run.state != "done":
            raise CommandError(" ".join(run.notes))

    def _take(self, dataset: Dataset, path: Path, options: dict[str, Any]) -> Run:
        now, by = kernel.now(), accounts.SYSTEM
        if options["load"] or (path.suffix.lower() == ".csv" and path.stat().st_size > LARGE):
            return load_file(
                dataset=dataset, path=path, by=by, now=now, processes=options["processes"],
                tell=lambda run, rows: self.stderr.write(f"{rows} / {run.rows}"),
            )  # fmt: skip
        run = read_file(dataset=dataset, content=path.read_bytes(), name=path.name, by=by, now=now)
        return take_run(run=run, by=by, now=now)

    def _tell(self, run: Run, seconds: float, *, json_wanted: bool) -> None:
        names = ("rows", "new", "changed", "confirmed", "rejected", "partly", "state", "quality")
        figures = {name: getattr(run, name) for name in names}
        figures |= {"run": str(run.pk), "seconds": round(seconds, 3), "rss_mb": most_memory()}
        figures["per_second"] = round(run.rows / seconds, 1)
        if json_wanted:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
            return
        for name, figure in figures.items():
            self.stdout.write(f"{name:<12}{figure!s:>12}")
