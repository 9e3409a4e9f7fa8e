"""`linli sheet inspect FILE`: what a form asks for."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.sheets.queries.inspecting import inspected
from linli.sheets.rules.refusals import SheetRefusedError


class Command(BaseCommand):
    """Reads a form and prints header paths with their cells, and what each column asks for."""

    help = "Read forms: `sheet inspect FILE [--json]`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the verbs."""
        verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, help="what is to be done")
        inspect = verbs.add_parser("inspect", help="header paths with cell ranges, proposed elements, confidence")
        inspect.add_argument("file", type=Path, help="an XLSX, XLS, ODS, DOCX or CSV")
        inspect.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read and print."""
        path: Path = options["file"]
        try:
            found = inspected(path.read_bytes(), path.name)
        except OSError as problem:
            raise CommandError(f"{path}: {problem.strerror}") from problem
        except SheetRefusedError as problem:
            raise CommandError(str(problem.sentence)) from problem
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for table in found["tables"]:
            self.stdout.write(f"{table['sheet']} {table['header']} {table['kind']} {table['shape']} {table['title']}")
            for column in table["columns"]:
                self.stdout.write(_line(column))


def _line(column: dict[str, Any]) -> str:
    asked = column["element"] or column["transform"]["kind"]
    place = f"{column['range']}→{column['cell']}" if "cell" in column else column["range"]
    return f"  {place:<10}{'/'.join(column['path'])}  {asked}  {column['confidence']:.2f}  {column['reason']}"
