"""The classifier learns: a new model is judged on a part held out, and takes over only when it is not worse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.events.actions.learned import free_path, go_back, take_over
from linli.events.queries import classifier as shelf
from linli.events.rules.classify import Classifier, Grams
from linli.events.rules.classify_scores import figures
from linli.events.rules.classify_training import Example, Recipe, TooFewExamplesError, distinct, judge, train

__all__ = [
    "LearnReport",
    "hold_out",
    "learn_classifier",
    "roll_back_classifier",
    "train_sample_model",
]

HELD_OUT_PART = 5  # one text in five
FEW_CODES = 20
FINE = Recipe(members=("ridge",), grams=Grams((1, 2)), precision=0.95)  # real reports are wilder


@dataclass(frozen=True)
class LearnReport:
    """What was learned. `before` are the figures of the model in use on the same held-out texts."""

    version: str
    trained_on: int
    held_out: int
    after: dict[str, Any]
    before: dict[str, Any]
    threshold: float
    in_use: bool


def learn_classifier(
    *,
    examples: Sequence[Example],
    held_out: Sequence[Example],
    version: str,
    now: datetime,
    recipe: Recipe | None = None,
    force: bool = False,
) -> LearnReport:
    """Train, judge on the texts held out, keep the model, and put it in use when it is not worse there (or by force).

    Raises TooFewExamplesError and VersionNameError.
    """
    path = free_path(version, shelf.model_path(version))
    if not held_out:
        raise TooFewExamplesError("There are too few texts to hold any out: at least five of one code.")
    model = train(examples, version=version, now=now, recipe=recipe or _recipe(examples), held_out=held_out)
    after = figures(judge(model, held_out))
    before = figures(judge(shelf.current_classifier(), held_out))
    better = force or after["accuracy"] >= before["accuracy"]  # a code the old model lacks counts as wrong
    path.parent.mkdir(parents=True, exist_ok=True)
    model.save(path)
    if better:
        take_over(version, folder=shelf.models_folder(), revision=shelf.REVISION)
    return LearnReport(version, len(examples), len(held_out), after, before, model.threshold, better)


def hold_out(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Return the examples to learn from and every fifth group of each code, counted in the order of the texts."""
    groups: dict[str, dict[str, int]] = {}
    known = distinct(examples)
    for example in sorted(known, key=lambda one: (one.code, one.group or one.text)):
        places = groups.setdefault(example.code, {})
        places.setdefault(example.group or example.text, len(places))
    held = [groups[one.code][one.group or one.text] % HELD_OUT_PART == HELD_OUT_PART - 1 for one in known]
    inside = [one for one, out in zip(known, held, strict=True) if not out]
    outside = [one for one, out in zip(known, held, strict=True) if out]
    return inside, outside


def roll_back_classifier() -> str:
    """Put the version before the current one in use again and return its name; raises NothingToRollBackError."""
    nothing = "No earlier classifier is kept; train one with `linli learn`."
    return go_back(folder=shelf.models_folder(), revision=shelf.REVISION, nothing=nothing)


def train_sample_model(*, generated: Sequence[Example], handwritten: Sequence[Example], now: datetime) -> Classifier:
    """Train the model that ships: on generated texts, calibrated on every second sentence written by hand."""
    return train(generated, version="sample-1", now=now, recipe=FINE, held_out=handwritten[::2])


def _recipe(examples: Sequence[Example]) -> Recipe:
    """Return what fits: few broad classes of long letters, or many narrow matters of short reports."""
    return FINE if len({example.code for example in examples}) > FEW_CODES else Recipe()
