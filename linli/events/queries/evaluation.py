"""How good classification is: labelled files are read, models are judged on rows they did not see."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from linli.events.rules.classify_scores import Judged, figures, sharpness
from linli.events.rules.classify_training import Example, Recipe, cross_validate, distinct, judge, train
from linli.kernel import api as kernel
from linli.kernel import slots

__all__ = ["LabelledFileError", "TextKind", "evaluate_classifier", "read_labelled", "rows_to_learn", "rows_to_test"]

TextKind = Literal["raw", "tokens"]
Row = Mapping[str, str]

SAME_START = 24  # letters; reports that begin alike are copies of one another


class LabelledFileError(slots.NotJudgeableError):
    """The file cannot be used; the sentence says why and what to do."""


def evaluate_classifier(*, learn_from: Path, test_on: Path | None, kind: TextKind, now: datetime) -> dict[str, Any]:
    """Return the figures of a model trained on one file and tested on another.

    Without a second file, or with the same one, the rows are cross-validated. Rows of the test are left out of
    training. Raises LabelledFileError and TooFewExamplesError.
    """
    rows = read_labelled(learn_from)
    if test_on is None or test_on.samefile(learn_from):
        return {**figures(_crossed(rows, kind)), "method": "cross-validation", "trained_on": len(rows)}
    tested = read_labelled(test_on)
    seen = {_identity(row) for row in tested}
    fresh = [row for row in rows if _identity(row) not in seen]
    test = rows_to_test(tested, kind)
    model = train(rows_to_learn(fresh, kind), version="evaluation", now=now, recipe=Recipe())
    return {**figures(judge(model, test)), "method": "held-out file", "trained_on": len(fresh)}


def read_labelled(path: Path) -> list[Row]:
    """Read a csv or csv.gz with the columns label, title, body, tokens; raises LabelledFileError."""
    try:
        rows = kernel.read_rows(path, columns=("label",))
    except slots.NotJudgeableError as problem:
        raise LabelledFileError(f"{problem} Name a file with label, title, body, tokens.") from problem
    return [row for row in rows if (row["label"] or "").strip()]


def rows_to_learn(rows: Sequence[Row], kind: TextKind) -> list[Example]:
    """Return what to train on: word lists of all rows and, to judge raw text, the raw text of those that have it."""
    listed = [_example(row, _tokens(row) or _raw(row)) for row in rows]
    spoken = [_example(row, _raw(row)) for row in rows if _raw(row)] if kind == "raw" else []
    return distinct([*spoken, *listed])


def rows_to_test(rows: Sequence[Row], kind: TextKind) -> list[Example]:
    """Return what to test on, without rows that lack this kind of text; raises LabelledFileError where all do."""
    text = _raw if kind == "raw" else _tokens
    found = [_example(row, text(row)) for row in rows if text(row)]
    if not found:
        raise LabelledFileError(f"No row of the file has {kind} text. Choose the other --text, or another file.")
    return found


def _crossed(rows: Sequence[Row], kind: TextKind) -> Judged:
    examples = rows_to_learn(rows, kind)
    tested = {"".join(example.text.split()) for example in rows_to_test(rows, kind)}
    judged = cross_validate(examples, recipe=Recipe())
    wanted = [number for number, example in enumerate(examples) if "".join(example.text.split()) in tested]
    judged = judged.sharpened(sharpness(judged))
    return replace(judged, truth=judged.truth[wanted], scores=judged.scores[wanted])


def _example(row: Row, text: str) -> Example:
    start = "".join((_tokens(row) or text).split())[:SAME_START]
    return Example(text, row["label"].strip(), group=start)


def _identity(row: Row) -> str:
    return "".join((_tokens(row) or _raw(row)).split())


def _tokens(row: Row) -> str:
    return (row.get("tokens") or "").strip()


def _raw(row: Row) -> str:
    if row.get("has_raw", "1") not in {"1", "1.0", "True", "true"}:
        return ""
    return "\n".join(part for part in _parts(row) if part)


def _parts(row: Row) -> Iterator[str]:
    for name in ("title", "body"):
        yield (row.get(name) or "").strip()
