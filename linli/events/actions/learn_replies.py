"""A county learns what it calls perfunctory: the model is judged on replies held out before it takes over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from linli.events.actions.learned import free_path, go_back, take_over
from linli.events.queries import reply_model
from linli.events.rules.replies_model import FOLDS, Answered, ReplyModel, ReplyModelError, parts_of, train_replies
from linli.events.rules.reply_check import doubts_about
from linli.events.rules.reply_scores import reply_figures

__all__ = ["ReplyReport", "learn_replies", "roll_back_replies"]

TELLING = {("complete", "short"), ("explained", "handed_over"), ("explained", "reasons")}


@dataclass(frozen=True)
class ReplyReport:
    """What was learned. `before` are the figures of what spoke until now, a model or the rules, on the same replies."""

    version: str
    trained_on: int
    held_out: int
    after: dict[str, Any]
    before: dict[str, Any]
    compared_with: str
    threshold: float
    in_use: bool


def learn_replies(*, replies: Sequence[Answered], version: str, now: datetime, force: bool = False) -> ReplyReport:
    """Train on four fifths, judge on the fifth held out; a model that is not worse there (or forced) is put in use.

    Replies that begin alike stay on one side. Raises ReplyModelError and VersionNameError.
    """
    path = free_path(version, reply_model.reply_model_path(version))
    part = parts_of(replies)
    known = [one for one, where in zip(replies, part, strict=True) if where != FOLDS - 1]
    held = [one for one, where in zip(replies, part, strict=True) if where == FOLDS - 1]
    model = train_replies(known)
    after = _judged(model, held)
    compared_with, before = _before(held, now)
    better = force or (after["f1"] >= before["f1"] and after["auc"] >= before["auc"])
    path.parent.mkdir(parents=True, exist_ok=True)
    model.save(path)
    if better:
        take_over(version, folder=path.parent, revision=reply_model.REVISION)
    return ReplyReport(version, len(known), len(held), after, before, compared_with, round(model.threshold, 4), better)


def roll_back_replies() -> str:
    """Put the version before in use again and return its name; an empty one means the rules alone."""
    nothing = "No earlier model of replies is kept; train one with `linli learn_replies`."
    return go_back(folder=reply_model.reply_models_folder(), revision=reply_model.REVISION, nothing=nothing)


def _judged(model: ReplyModel, held: Sequence[Answered]) -> dict[str, Any]:
    if not held:
        raise ReplyModelError("There are too few different replies to hold any out.")
    chances = model.probability(held)
    return reply_figures(np.array([one.perfunctory for one in held]), chances >= model.threshold, chances)


def _before(held: Sequence[Answered], now: datetime) -> tuple[str, dict[str, Any]]:
    """Return the name and the figures of the model in use, or of the rules where none is or it can't be read."""
    try:
        current = reply_model.current_reply_model()
    except ReplyModelError:
        current = None
    if current:
        return current[0], _judged(current[1], held)
    doubts = np.array([_doubts(one, now) for one in held], dtype=np.float64)
    return "rules", reply_figures(np.array([one.perfunctory for one in held]), doubts > 0, doubts)


def _doubts(one: Answered, now: datetime) -> int:
    found = doubts_about(asked=one.asked, reply=one.reply, due=None, now=now)
    return sum((doubt.code, doubt.about) in TELLING for doubt in found)
