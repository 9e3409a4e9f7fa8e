"""`linli learn`: train the classifier from a file, from corrections, or anew from the texts that ship."""

from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from linli.events.actions import learn
from linli.events.management.learning import LearningCommand
from linli.events.queries import evaluation
from linli.events.queries.training import training_examples
from linli.events.rules.classify_scores import figures
from linli.events.rules.classify_training import Example, TooFewExamplesError, judge
from linli.events.sample import matters
from linli.kernel import api as kernel


class Command(LearningCommand):
    """Trains, reports on texts held out, and lets the new model take over when it is not worse."""

    refusals = (evaluation.LabelledFileError, TooFewExamplesError)
    help = "Train the classifier from a file or from history; report before it takes over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add where to learn from and what to do with the result."""
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--file", type=Path, help="csv or csv.gz with label (a matter code), title, body, tokens")
        source.add_argument("--history", action="store_true", help="the matters that people chose or corrected")
        source.add_argument("--sample", action="store_true", help="write the model that ships, from its own texts")
        source.add_argument("--rollback", action="store_true", help="put the version before in use again")
        self.add_result_arguments(parser)

    def chosen(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Learn, write the model that ships or go back."""
        if options["rollback"]:
            return {"in_use": learn.roll_back_classifier() or "sample"}
        if options["sample"]:
            return _sample()
        now = kernel.now()
        inside, outside = learn.hold_out(_from_file(options["file"]) if options["file"] else _told())
        if options["history"]:
            inside, outside = [*inside, *_generated()], [*outside, *_handwritten()]
        version = options["out"] or f"learned-{now:%Y%m%d-%H%M%S}"
        report = learn.learn_classifier(
            examples=inside, held_out=outside, version=version, now=now, force=options["force"]
        )
        return asdict(report)

    def plain(self, value: Any) -> str:
        """Return figures with four digits."""
        if isinstance(value, dict):
            return "  ".join(f"{key} {figure:.4f}" for key, figure in value.items() if isinstance(figure, float))
        return f"{value:.4f}" if isinstance(value, float) else super().plain(value)


def _sample() -> dict[str, Any]:
    handwritten = _handwritten()
    model = learn.train_sample_model(generated=_generated(), handwritten=handwritten, now=kernel.now())
    model.save(matters.MODEL)
    return {"version": model.version, "threshold": model.threshold, **figures(judge(model, handwritten[1::2]))}


def _from_file(path: Path) -> list[Example]:
    return evaluation.rows_to_learn(evaluation.read_labelled(path), "raw")


def _told() -> list[Example]:
    """Return what people chose; the texts that ship come along, so that a matter without history is not forgotten."""
    return [Example(text, code) for text, code in training_examples()]


def _generated() -> list[Example]:
    return [Example(*one) for one in matters.generated_texts()]


def _handwritten() -> list[Example]:
    return [Example(*one) for one in matters.handwritten_texts()]
