"""Which classifier is in use: a pointer file beside the models, else the one that ships. Loaded once per revision."""

import json
import threading
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from linli.events.rules.classify import Classifier, Prediction
from linli.events.sample import matters
from linli.kernel import api as kernel

__all__ = ["REVISION", "Pointer", "classify", "current_classifier", "model_path", "models_folder", "read_pointer"]

REVISION = "classifier"


@dataclass(frozen=True)
class Pointer:
    """The version in use and those before it, the latest last. An empty version is the one that ships."""

    current: str = ""
    previous: tuple[str, ...] = ()


def classify(text: str) -> tuple[Prediction, ...]:
    """Return the three most probable matters of a text by the classifier in use."""
    return current_classifier().classify(text)


def current_classifier() -> Classifier:
    """Return the classifier in use. Raises ModelFileError when its file is damaged."""
    return _shelf.at(kernel.revision(REVISION))


def models_folder() -> Path:
    """Return where models that were learned here are kept."""
    return Path(settings.DATA) / "models"


def model_path(version: str) -> Path:
    """Return the file of a version; the empty version ships with Linli."""
    return models_folder() / f"{version}.npz" if version else matters.MODEL


def read_pointer(folder: Path | None = None) -> Pointer:
    """Return which version is in use; of classifiers, or of the models in another folder."""
    path = (folder or models_folder()) / "current.json"
    if not path.exists():
        return Pointer()
    stored = json.loads(path.read_text("utf-8"))
    return Pointer(stored["current"], tuple(stored["previous"]))


class _Shelf:
    """Holds the loaded model; whoever comes first after a change loads it, the others wait for that one load."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: tuple[int, Path, Classifier] | None = None

    def at(self, revision: int) -> Classifier:
        loaded = self._loaded
        if loaded and loaded[0] == revision:
            return loaded[2]
        with self._lock:
            path = model_path(read_pointer().current)
            model = Classifier.load(path)
            self._loaded = (revision, path, model)
            return model


_shelf = _Shelf()
