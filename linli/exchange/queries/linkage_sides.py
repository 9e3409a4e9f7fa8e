"""Two cards beside each other 并列比对: each element of both, what is different, in words and by character."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.registry import api as registry

SAME, DIFFERS, ONE_SIDE, MASKED = "same", "differs", "one_side", "masked"
WORDS: dict[str, tuple[str | Promise, str]] = {
    SAME: (_("the same"), "green"),
    DIFFERS: (_("differs"), "red"),
    ONE_SIDE: (_("known on one side"), ""),
    MASKED: (_("the same as far as shown"), ""),
}
Piece = tuple[str, bool]  # a run of characters, and whether the other side has others there


@dataclass(frozen=True, slots=True)
class Compared:
    """One element on both sides; a side is empty where nothing is known."""

    label: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    mark: str

    @property
    def words(self) -> str:
        """Say it."""
        return str(WORDS[self.mark][0])

    @property
    def tone(self) -> str:
        """Colour it."""
        return WORDS[self.mark][1]


def compared(left: registry.Card, right: registry.Card) -> list[Compared]:
    """Return the elements of two cards in their order, what differs first."""
    these, those = ({line.code: line for line in card.lines} for card in (left, right))
    found = [
        _compared(these.get(code), those.get(code)) for code in [*these, *(code for code in those if code not in these)]
    ]
    order = (DIFFERS, MASKED, SAME, ONE_SIDE)
    return sorted(found, key=lambda one: order.index(one.mark))


def pieces(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return two texts in runs of characters that agree and that don't."""
    left: list[Piece] = []
    right: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        left += [(one[a:b], what != "equal")] if b > a else []
        right += [(other[c:d], what != "equal")] if d > c else []
    return tuple(left), tuple(right)


def _compared(a: "registry.Line | None", b: "registry.Line | None") -> Compared:
    texts: Sequence[str] = [one.text if one else "" for one in (a, b)]
    label = a.label if a else b.label if b else ""
    left, right = pieces(*texts)
    if a is None or b is None:
        plain = [((text, False),) if text else () for text in texts]
        return Compared(label, plain[0], plain[1], ONE_SIDE)
    if texts[0] != texts[1]:
        return Compared(label, left, right, DIFFERS)
    return Compared(label, left, right, SAME if a.way == b.way == "plain" else MASKED)
