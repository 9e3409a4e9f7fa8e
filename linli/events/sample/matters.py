"""The sample duty list 职责清单样例 and the texts that go with it, all written by the project."""

import itertools
import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = [
    "MATTERS_OF_DATA", "MATTER_OF_DEVICES", "MODEL", "duty_list", "generated_texts", "handwritten_texts", "own_matters",
]  # fmt: skip

MATTERS_OF_DATA = {"question": "PI-ASK", "objection": "PI-OBJECT"}
"""The matters that the page "who looked at my data" uses, by what is asked; the classifier never proposes them."""

MATTER_OF_DEVICES = "PI-DEVICE"
"""The matter of an objection to a device that stands in the register."""

FOLDER = Path(__file__).parent
MODEL = FOLDER / "model-sample.npz"
"""The classifier that ships: trained by `linli learn --sample` on `generated_texts` alone."""

SEED = 20260101
PER_MATTER = 200
FROM_PHRASES, TWO_THINGS, CURT, SLIPS = 0.35, 0.25, 0.15, 0.08  # shares of the texts


def duty_list() -> Mapping[str, Any]:
    """Return the sample duty list: `name`, `source` and `items` with the fields of a matter."""
    listed: Mapping[str, Any] = json.loads((FOLDER / "matters.json").read_text("utf-8"))
    return listed


def own_matters() -> list[Mapping[str, Any]]:
    """Return the matters that no text leads to: pages of the house use them by their code."""
    listed: list[Mapping[str, Any]] = json.loads((FOLDER / "own_matters.json").read_text("utf-8"))
    return listed


def generated_texts(per_matter: int = PER_MATTER) -> Iterator[tuple[str, str, str]]:
    """Yield (text, matter code, the phrase it grew from): the same ones on every machine."""
    phrases, words = _sections("examples"), _sections("words")
    for code in sorted(phrases):
        dice = random.Random(f"{SEED}-{code}")  # noqa: S311  repeatable, not secret
        teller = Teller(dice, _pieces(), phrases[code], words[code][0].split())
        turns = itertools.islice(itertools.cycle(phrases[code]), 4 * per_matter)
        told = dict.fromkeys((teller.tell(phrase), f"{code} {phrase}") for phrase in turns)
        for text, group in itertools.islice(told, per_matter):
            yield text, code, group


def handwritten_texts() -> Iterator[tuple[str, str]]:
    """Yield (text, matter code) of the sentences written by hand, which training never sees."""
    for code, sentences in sorted(_sections("heldout").items()):
        for sentence in sentences:
            yield sentence, code


def _pieces() -> Mapping[str, list[str]]:
    """Return what a report is put together from: openings, times, places, endings, links."""
    pieces: Mapping[str, list[str]] = json.loads((FOLDER / "pieces.json").read_text("utf-8"))
    return pieces


def _sections(folder: str) -> dict[str, list[str]]:
    """Read the files of a folder: `# code`, then one line each."""
    found: dict[str, list[str]] = {}
    for path in sorted((FOLDER / folder).glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("# "):
                lines = found.setdefault(line[2:].strip(), [])
            elif line.strip():
                lines.append(line.strip())
    return found


@dataclass(frozen=True)
class Teller:
    """Tells one matter in ever new words."""

    dice: random.Random
    pieces: Mapping[str, list[str]]
    phrases: list[str]
    words: list[str]

    def tell(self, phrase: str) -> str:
        """Return a report that grew from the phrase, or, as notes on the phone do, only from words of the matter."""
        text = self._filled(phrase) if self._happens(FROM_PHRASES) else self._strung()
        if self._happens(TWO_THINGS):
            text += "，" + self._filled(self.dice.choice(self.phrases))
        if not self._happens(CURT):
            text = self._any("openings") + self._any("times") + self._any("where") + text + self._any("endings")
        text = re.sub(r"\{\w+\}", lambda _: self._any("places"), text)
        return self._mistyped(text) if self._happens(SLIPS) else text

    def _filled(self, phrase: str) -> str:
        return re.sub(r"\[([^\]]*)\]", lambda found: self.dice.choice(found[1].split("|")), phrase)

    def _strung(self) -> str:
        chosen = self.dice.sample(self.words, self.dice.randint(2, 4))
        return "".join(word + self._any("links") for word in chosen).strip("，、")

    def _mistyped(self, text: str) -> str:
        """Drop or double one character."""
        place = self.dice.randrange(len(text))
        return text[:place] + text[place] * self.dice.choice((0, 2)) + text[place + 1 :]

    def _any(self, kind: str) -> str:
        return self.dice.choice(self.pieces[kind])

    def _happens(self, share: float) -> bool:
        return self.dice.random() < share
