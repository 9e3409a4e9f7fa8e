"""`linli evaluate …`: what of events can be judged on files."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.events.queries.evaluation import evaluate_classifier
from linli.events.queries.evaluation_duplicates import evaluate_duplicates
from linli.events.queries.evaluation_hot import find_hot_issues
from linli.events.queries.evaluation_replies import evaluate_replies
from linli.events.rules.classify_training import TooFewExamplesError
from linli.kernel import api as kernel
from linli.kernel import slots

Report = Callable[[str], None]


class ClassifyEvaluation(slots.Evaluation):
    """Trains on one file, tests on another."""

    code = "classify"
    label = _("Classification: which matter a text is about")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the files and what is read of them."""
        parser.add_argument("--train", type=Path, required=True, help="csv or csv.gz with label, title, body, tokens")
        parser.add_argument("--test", type=Path, help="the same for the test; left out: cross-validation")
        parser.add_argument("--text", choices=["raw", "tokens"], default="tokens", help="title and body, or words")

    def run(self, *, options: Mapping[str, Any], report: Report) -> Mapping[str, Any]:  # noqa: ARG002  quick
        """Evaluate."""
        test = options["test"]
        try:
            return evaluate_classifier(
                learn_from=_existing(options["train"]), test_on=test and _existing(test), kind=options["text"],
                now=kernel.now(),
            )  # fmt: skip
        except TooFewExamplesError as problem:
            raise slots.NotJudgeableError(str(problem)) from problem

    def shown(self, figures: Mapping[str, Any]) -> str:
        """Return a table of the classes and the figures of the whole."""
        head = f"{'':<24}{'precision':>10}{'recall':>10}{'f1':>10}{'n':>8}"
        classes = [
            f"{name:<24}{one['precision']:>10.3f}{one['recall']:>10.3f}{one['f1']:>10.3f}{one['n']:>8}"
            for name, one in figures["per_class"].items()
        ]
        whole = [f"{name:<24}{figures[name]:>10.4f}" for name in ("macro_f1", "accuracy", "accuracy_at_80", "top3")]
        foot = f"{figures['method']}, {figures['n']} rows judged, {figures['trained_on']} rows read to learn"
        return "\n".join([head, *classes, *whole, foot])


class HotEvaluation(slots.Evaluation):
    """Finds the hot issues of a file."""

    code = "hot"
    label = _("Hot issues: groups of messages about one thing at one place")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file and how many issues are wanted."""
        parser.add_argument("--messages", type=Path, required=True, help="csv with msg_id, user, title, body, time")
        parser.add_argument("--limit", type=int, default=20, help="how many issues; default 20")

    def run(self, *, options: Mapping[str, Any], report: Report) -> Mapping[str, Any]:  # noqa: ARG002  quick
        """Find them."""
        return find_hot_issues(messages=_existing(options["messages"]), limit=options["limit"])

    def shown(self, figures: Mapping[str, Any]) -> str:
        """Return one line for each issue."""
        return "\n".join(
            f"{one['rank']:>3}  {one['heat']:>7.2f}  {one['people']:>4}  {one['from']} - {one['to']}  {one['title']}"
            for one in figures["issues"]
        )


class ReplyEvaluation(slots.Evaluation):
    """Trains on judged replies, tests on others."""

    code = "reply"
    label = _("Replies: which of them are perfunctory")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the files, and where the model is kept."""
        parser.add_argument(
            "--train", type=Path, required=True, help="csv with title, body, reply, human_explainable_A"
        )
        parser.add_argument("--test", type=Path, help="the same for the test; left out: cross-validation")
        parser.add_argument("--keep", type=Path, help="write the trained model to this npz file")

    def run(self, *, options: Mapping[str, Any], report: Report) -> Mapping[str, Any]:  # noqa: ARG002  quick
        """Evaluate."""
        test = options["test"]
        return evaluate_replies(
            learn_from=_existing(options["train"]), test_on=test and _existing(test), keep=options["keep"]
        )


class DuplicatesEvaluation(slots.Evaluation):
    """Compares what the index of likeness finds with aligned words."""

    code = "duplicates"
    label = _("Duplicates: near-identical messages")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file."""
        parser.add_argument(
            "--messages", type=Path, help="csv with tokens, or title and body; default: complaints_dev.csv.gz, searched"
        )

    def run(self, *, options: Mapping[str, Any], report: Report) -> Mapping[str, Any]:
        """Evaluate."""
        path = options["messages"] or _development_file()
        report(str(path))
        return evaluate_duplicates(messages=_existing(path))


EVALUATIONS = (ClassifyEvaluation(), HotEvaluation(), ReplyEvaluation(), DuplicatesEvaluation())


def _development_file() -> Path:
    """Return the file beside the project: `../shared/data`, from here or from where the project stands."""
    places = [Path.cwd(), *Path.cwd().parents, *Path(__file__).resolve().parents]
    found = (place / "shared/data/complaints/complaints_dev.csv.gz" for place in places)
    return next((path for path in found if path.is_file()), Path("complaints_dev.csv.gz"))


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise slots.NotJudgeableError(f"There is no file {path}. Name a csv or csv.gz of messages.")
    return path
