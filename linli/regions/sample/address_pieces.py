"""The pieces that generated addresses are put together from: words, shapes with their shares, and numbers."""

import json
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

__all__ = ["Pieces"]

FOLDER = Path(__file__).parent
NUMERALS = "一二三四五六七八九十"
_GAP = re.compile(r"\{(\w+)\}")
_FLATS = (("01", "02", "03", "04", "05", "06", "08", "12"), (30, 30, 14, 10, 6, 4, 3, 3))
_LOW, _OFTEN, _FEW_ROOMS = 0.65, 0.6, 0.04


class Pieces:
    """Makes a piece by its name: a word of `address_words.json`, a shape of `address_grammar.json`, or a number."""

    def __init__(self, dice: random.Random) -> None:
        """Keep the dice; words and shapes are read once."""
        self.dice = dice
        self.words = words()
        self.shapes = _shapes()
        self._numbers: dict[str, Callable[[], str]] = {
            "n": self._small, "hundreds": lambda: str(dice.randint(100, 3999)), "l": lambda: dice.choice("abcdefg"),
            "c": self._numeral, "c1": lambda: dice.choice(NUMERALS[:9]), "s": lambda: str(dice.randint(1, 7)),
            "storey": lambda: str(dice.randint(1, 28)), "flat": self._flat, "u": lambda: str(self._unit()),
            "uc": lambda: NUMERALS[self._unit() - 1],
        }  # fmt: skip

    def make(self, name: str) -> str:
        """Return one piece of this name."""
        if name in self._numbers:
            return self._numbers[name]()
        if name in self.words:
            return str(self.dice.choice(self.words[name]))
        shapes, shares = self.shapes[name]
        shape: str = self.dice.choices(shapes, shares)[0]
        return _GAP.sub(lambda gap: self.make(str(gap[1])), shape)

    def happens(self, share: float) -> bool:
        """Throw the dice."""
        return self.dice.random() < share

    def _small(self) -> str:
        return str(self.dice.randint(1, 12 if self.happens(_OFTEN) else 130))

    def _numeral(self) -> str:
        return str(self.dice.choice((*NUMERALS, *NUMERALS, "十" + self.dice.choice(NUMERALS[:9]))))

    def _unit(self) -> int:
        return self.dice.choices((1, 2, 3, 4, 5, 6, 7), (45, 33, 12, 5, 3, 1, 1))[0]

    def _flat(self) -> str:
        if self.happens(_FEW_ROOMS):
            return str(self.dice.randint(1, 9))
        storey = self.dice.randint(1, 7) if self.happens(_LOW) else self.dice.randint(8, 33)
        return f"{storey}{self.dice.choices(*_FLATS)[0]}"


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Return the words by kind; one that stands several times is as much more frequent."""
    told: dict[str, str] = json.loads((FOLDER / "address_words.json").read_text("utf-8"))
    return {kind: tuple(text.split()) for kind, text in told.items()}


@cache
def _shapes() -> dict[str, tuple[list[str], list[float]]]:
    told: dict[str, dict[str, float]] = json.loads((FOLDER / "address_grammar.json").read_text("utf-8"))
    return {name: (list(shapes), list(shapes.values())) for name, shapes in told.items()}
