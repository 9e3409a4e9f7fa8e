"""`linli import`: brings a file in through the importer a domain registered."""  # noqa: N999  Django names commands so

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.kernel import slots as kernel


class Command(BaseCommand):
    """Finds the importer and tells what it did."""

    help = "Bring a file into the system. Running it twice is harmless."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Give each importer its own options: `linli import CODE --help`."""
        codes = parser.add_subparsers(dest="code", metavar="CODE", required=True, help="what kind of file")
        for importer in kernel.importers.all():
            one = codes.add_parser(importer.code, help=str(importer.label), description=str(importer.label))
            one.add_argument("file", nargs="?", type=Path, help="the file; without it, what ships with Linli")
            one.add_argument("--json", action="store_true", help="print the figures as one JSON object, last")
            importer.add_arguments(one)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import and report; problems of single rows do not stop the good ones."""
        path: Path | None = options["file"]
        if path is not None and not path.is_file():
            raise CommandError(f"There is no file {path}.")
        importer = kernel.importers.get(options["code"])
        outcome = importer.run(path=path, options=options, report=self.stderr.write)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False))
            return
        for problem in outcome.problems:
            self.stderr.write(problem)
        self.stdout.write(
            f"{outcome.read} read, {outcome.made} made, {outcome.changed} changed, {outcome.skipped} left out"
        )
