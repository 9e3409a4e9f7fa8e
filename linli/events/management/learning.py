"""What commands that learn share: where the result goes, refusals as one sentence, figures as lines or as JSON."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from linli.events.actions.learned import NothingToRollBackError, VersionNameError


class LearningCommand(BaseCommand):
    """A command that learns, or goes back; `chosen` does it and returns what to print."""

    refusals: ClassVar[tuple[type[Exception], ...]] = ()
    column = 12

    def add_result_arguments(self, parser: ArgumentParser) -> None:
        """Add what to do with the result."""
        parser.add_argument("--out", metavar="NAME", help="the name of the version; left out: the time")
        parser.add_argument("--force", action="store_true", help="take over even when it is worse")
        parser.add_argument("--json", action="store_true", help="print the figures as one JSON object, last")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Learn and print."""
        refused: tuple[type[Exception], ...] = (VersionNameError, NothingToRollBackError, *self.refusals)
        try:
            shown = self.chosen(options)
        except refused as problem:
            raise CommandError(str(problem)) from problem
        if options["json"]:
            self.stdout.write(json.dumps(shown, ensure_ascii=False))
            return
        for name, value in shown.items():
            self.stdout.write(f"{name:<{self.column}} {self.plain(value)}")

    def chosen(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Do what the options say and return what to print."""
        raise NotImplementedError

    def plain(self, value: Any) -> str:
        """Return a value as a line shows it."""
        return str(value)
