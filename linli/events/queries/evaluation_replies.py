"""How well perfunctory replies are recognised: a model is trained on one file and judged on another."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from linli.events.queries.replies import asked_of
from linli.events.rules.replies_model import Answered, ReplyModelError, train_replies
from linli.events.rules.reply_scores import reply_figures
from linli.kernel import api as kernel
from linli.kernel import slots

__all__ = ["evaluate_replies"]

JUDGEMENT = "human_explainable_A"  # 1 or 0: whether people found that the reply explains something
COLUMNS = ("title", "body", "reply", JUDGEMENT)
PARTS = 5


def evaluate_replies(*, learn_from: Path, test_on: Path | None, keep: Path | None = None) -> dict[str, Any]:
    """Return F1 of the class *perfunctory* and AUC. Without a second file, or with the same: cross-validated.

    `keep` is where the model, trained on the first file, is written. Raises NotJudgeableError.
    """
    known = _read(learn_from)
    crossed = test_on is None or test_on.samefile(learn_from)
    tested = known if test_on is None or crossed else _read(test_on)
    try:
        found, chances = _crossed(known) if crossed else _apart(known, tested)
        if keep:
            train_replies(known).save(keep)
        judged = np.array([one.perfunctory for one in tested])
        figures = reply_figures(judged, found, chances)
    except ReplyModelError as problem:
        raise slots.NotJudgeableError(str(problem)) from problem
    return {**figures, "class": "perfunctory", "trained_on": len(known),
            "method": "cross-validation" if crossed else "held-out file"}  # fmt: skip


def _apart(known: Sequence[Answered], tested: Sequence[Answered]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    seen = {(one.asked, one.reply) for one in tested}
    model = train_replies([one for one in known if (one.asked, one.reply) not in seen])
    chances = model.probability(tested)
    return chances >= model.threshold, chances


def _crossed(known: Sequence[Answered]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Judge each fifth by a model of the others; replies that begin alike stay together."""
    groups: dict[str, int] = {}
    part = np.array([groups.setdefault(one.reply[:60], len(groups)) % PARTS for one in known])
    found, chances = np.zeros(len(known), dtype=bool), np.zeros(len(known))
    for number in range(PARTS):
        model = train_replies([one for one, where in zip(known, part, strict=True) if where != number])
        outside = np.flatnonzero(part == number).tolist()
        chances[outside] = model.probability([known[i] for i in outside])
        found[outside] = chances[outside] >= model.threshold
    return found, chances


def _read(path: Path) -> list[Answered]:
    rows = kernel.read_rows(path, columns=COLUMNS)
    return [
        Answered(asked_of(row["title"], row["body"]), row["reply"], perfunctory=row[JUDGEMENT].strip() in {"0", "0.0"})
        for row in rows
        if row[JUDGEMENT].strip()
    ]
