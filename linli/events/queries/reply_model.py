"""The model of perfunctory replies that a county learned, if it learned one: nothing of the kind ships."""

import logging
from functools import lru_cache
from pathlib import Path

from linli.events.queries import classifier as shelf
from linli.events.rules.replies_model import Answered, ReplyModel, ReplyModelError
from linli.events.rules.reply_check import Doubt
from linli.events.rules.reply_reasons import reasons_for
from linli.kernel import api as kernel

__all__ = ["REVISION", "current_reply_model", "model_doubt", "reply_model_path", "reply_models_folder"]

REVISION = "reply_model"
log = logging.getLogger(__name__)


def reply_models_folder() -> Path:
    """Return where models of replies are kept, beside the classifiers."""
    return shelf.models_folder() / "replies"


def reply_model_path(version: str) -> Path:
    """Return the file of a version."""
    return reply_models_folder() / f"{version}.npz"


def current_reply_model() -> tuple[str, ReplyModel] | None:
    """Return the version in use and its model; None where nothing was learned. Raises ReplyModelError when damaged."""
    return _loaded(reply_models_folder(), kernel.revision(REVISION))


def model_doubt(asked: str, reply: str) -> Doubt | None:
    """Return what the model doubts. Without a model, or with a damaged one, the rules speak alone."""
    try:
        found = current_reply_model()
    except ReplyModelError as problem:
        log.warning("%s", problem)
        return None
    if found is None or not reply.strip():
        return None
    version, model = found
    answered = Answered(asked, reply)
    chance = float(model.probability([answered])[0])
    if chance < model.threshold:
        return None
    return Doubt("perfunctory", "model", reasons_for(model, answered), round(chance, 4), version)


@lru_cache(maxsize=1)
def _loaded(folder: Path, _revision: int) -> tuple[str, ReplyModel] | None:
    version = shelf.read_pointer(folder).current
    return (version, ReplyModel.load(reply_model_path(version))) if version else None
