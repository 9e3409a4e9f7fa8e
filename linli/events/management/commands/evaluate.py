"""`linli evaluate classify`: how good classification is, on files with known answers."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.events.queries import evaluation
from linli.events.rules.classify_training import TooFewExamplesError
from linli.kernel import api as kernel


class Command(BaseCommand):
    """Trains on one file, tests on another, prints the figures."""

    help = "Judge classification: train on one labelled file, test on another."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what is judged, the files, and the form of the answer."""
        parser.add_argument("what", choices=["classify"], help="what is judged")
        parser.add_argument("--train", type=Path, required=True, help="csv or csv.gz with label, title, body, tokens")
        parser.add_argument("--test", type=Path, help="the same for the test; left out: cross-validation")
        parser.add_argument("--text", choices=["raw", "tokens"], default="tokens", help="title and body, or words")
        parser.add_argument("--json", action="store_true", help="print the figures as one JSON object, last")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Evaluate and print."""
        try:
            shown = evaluation.evaluate_classifier(
                learn_from=_existing(options["train"]),
                test_on=options["test"] and _existing(options["test"]),
                kind=options["text"],
                now=kernel.now(),
            )
        except (evaluation.LabelledFileError, TooFewExamplesError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(json.dumps(shown, ensure_ascii=False) if options["json"] else _table(shown))


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise CommandError(f"There is no file {path}. Name a csv or csv.gz with labelled messages.")
    return path


def _table(shown: Mapping[str, Any]) -> str:
    head = f"{'':<24}{'precision':>10}{'recall':>10}{'f1':>10}{'n':>8}"
    classes = [
        f"{name:<24}{one['precision']:>10.3f}{one['recall']:>10.3f}{one['f1']:>10.3f}{one['n']:>8}"
        for name, one in shown["per_class"].items()
    ]
    whole = [f"{name:<24}{shown[name]:>10.4f}" for name in ("macro_f1", "accuracy", "accuracy_at_80", "top3")]
    foot = f"{shown['method']}, {shown['n']} rows judged, {shown['trained_on']} rows read to learn"
    return "\n".join([head, *classes, *whole, foot])
