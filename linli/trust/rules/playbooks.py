"""Playbooks 处置手册: one written page for each kind of alert, in Chinese and in English, as plain text in parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PARTS = 4  # what it means, the first ten minutes, whom to tell, how to close
_ITEM = re.compile(r"^\d+\. ")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a playbook: its heading, sentences, and steps in their order."""

    heading: str
    sentences: Sequence[str]
    steps: Sequence[str]


@dataclass(frozen=True, slots=True)
class Playbook:
    """A whole page: title and parts."""

    title: str
    parts: Sequence[Part]


@cache
def playbook(folder: Path, code: str, language: str) -> Playbook:
    """Read the page of a kind in the language of the reader; Chinese for all but English. Raises FileNotFoundError."""
    name = "en" if language.startswith("en") else "zh"
    return playbook_from((folder / name / f"{code}.md").read_text("utf-8"))


def playbook_from(text: str) -> Playbook:
    """Take a page apart: `# title`, `## heading`, lines of text, and steps as `1. `."""
    head, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    return Playbook(head.strip().removeprefix("# "), [_part(part) for part in parts])


def _part(text: str) -> Part:
    heading, *lines = [line.strip() for line in text.splitlines() if line.strip()]
    steps = [_ITEM.sub("", line) for line in lines if _ITEM.match(line)]
    return Part(heading, [line for line in lines if not _ITEM.match(line)], steps)
