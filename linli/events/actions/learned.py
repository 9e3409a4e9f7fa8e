"""Which learned version is in use: a free name for a new one, taking over, and going back."""

import json
import re
from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from linli.events.queries.classifier import Pointer, read_pointer
from linli.kernel import api as kernel

__all__ = ["NothingToRollBackError", "VersionNameError", "free_path", "go_back", "take_over"]


class VersionNameError(ValueError):
    """A version is named with letters, digits, dots and dashes, and only once."""


class NothingToRollBackError(LookupError):
    """No earlier version is kept."""


def free_path(version: str, path: Path) -> Path:
    """Return the path of a new version; raises VersionNameError where it is taken or its name is none."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]{0,59}", version) or path.exists():
        raise VersionNameError(f"{version!r} is taken or not a name: letters, digits, dots and dashes, at most 60.")
    return path


def take_over(version: str, *, folder: Path, revision: str) -> None:
    """Put a version in use; the one before it is kept to go back to."""
    pointer = read_pointer(folder)
    _point(Pointer(version, (*pointer.previous, pointer.current)), folder, revision)


def go_back(*, folder: Path, revision: str, nothing: str) -> str:
    """Put the version before in use again and return its name; raises NothingToRollBackError with these words."""
    pointer = read_pointer(folder)
    if not pointer.previous:
        raise NothingToRollBackError(nothing)
    _point(Pointer(pointer.previous[-1], pointer.previous[:-1]), folder, revision)
    return pointer.previous[-1]


def _point(pointer: Pointer, folder: Path, revision: str) -> None:
    """Write the pointer whole or not at all, then tell every process to reload."""
    target = folder / "current.json"
    half = target.with_suffix(".new")
    half.write_text(json.dumps(asdict(pointer)), "utf-8")
    half.replace(target)
    with transaction.atomic():
        kernel.bump(revision)
