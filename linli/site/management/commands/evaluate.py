"""`linli evaluate`: how good models and rules are, through the evaluations that domains registered."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.kernel import slots as kernel


class Command(BaseCommand):
    """Finds the evaluation and prints its figures, or one row a line."""

    help = "Judge models and rules on files; docs/benchmarks.md tells what the figures mean."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Give each evaluation its own options: `linli evaluate CODE --help`."""
        codes = parser.add_subparsers(dest="code", metavar="CODE", required=True, help="what is judged")
        for evaluation in kernel.evaluations.all():
            one = codes.add_parser(evaluation.code, help=str(evaluation.label), description=str(evaluation.label))
            one.add_argument("--json", action="store_true", help="print JSON, last: one object, or one for each row")
            evaluation.add_arguments(one)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Evaluate and print."""
        evaluation = kernel.evaluations.get(options["code"])
        try:
            found = evaluation.run(options=options, report=self.stderr.write)
        except kernel.NotJudgeableError as problem:
            raise CommandError(str(problem)) from problem
        if isinstance(found, Mapping):
            self.stdout.write(_json(found) if options["json"] else evaluation.shown(found))
            return
        for row in found:
            self.stdout.write(_json(row) if options["json"] else evaluation.shown(row))


def _json(found: Mapping[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False)
