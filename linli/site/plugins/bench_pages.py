"""What benches of pages share: answers that must be pages, and the mark of what their kept databases are made by."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import CommandError

from linli.site.plugins.load import Answer
from linli.site.runtime import folders

OK = 200


def insist_on_pages(answers: Sequence[Answer], count: int) -> None:
    """Raise CommandError unless so many answers came and each is a page."""
    bad = [answer for answer in answers if answer.status != OK]
    if bad or len(answers) != count:
        message = f"a page was answered with {bad[0].status if bad else 'nothing'}"
        raise CommandError(message)


def made_by(*fillers: str) -> str:
    """Return a mark of the migrations and of these files of the house: a change of one makes the databases anew."""
    house = folders.ROOT / "linli"
    files: list[Path] = [house / "kernel" / "actions" / "filling.py", *(house / one for one in fillers)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in [*files, *_migrations(house)])).hexdigest()[:16]


def _migrations(house: Path) -> list[Path]:
    return sorted(house.glob("*/migrations/*.py"))
