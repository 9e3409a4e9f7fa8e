"""What is taken out of words before everybody may read them: numbers of people, names in frames, doors of homes.

Numbers always go. Names and doors are proposed: whoever publishes may leave a word in, and is told what may remain.
"""

from collections.abc import Collection
from dataclasses import dataclass

from linli.trust.rules import doors, persons
from linli.trust.rules.halfwidth import half_width
from linli.trust.rules.redaction import SHOWN, find_personal

__all__ = ["Outtake", "find_for_public", "may_remain", "redact_public"]

DOOR_SHOWN = "[门牌号]"
KINDS = ("number", "door", "name")  # the surest first


@dataclass(frozen=True, slots=True, order=True)
class Outtake:
    """`text[start:end]` is taken out and `shown` stands there; `kind` is number, name or door."""

    start: int
    end: int
    kind: str
    shown: str
    words: str


def find_for_public(text: str) -> list[Outtake]:
    """Return what would be taken out of a text that everybody may read, in order and without overlaps."""
    plain, found = half_width(text), list[Outtake]()
    for start, rank, end, shown in sorted(
        [
            *((one.start, 0, one.end, SHOWN[one.kind]) for one in find_personal(text)),
            *((start, 1, end, DOOR_SHOWN) for start, end in doors.doors_in(plain)),
            *((start, 2, end, shown) for start, end, shown in persons.named(plain)),
        ]
    ):
        one = Outtake(start, end, KINDS[rank], shown, text[start:end])
        if not found or found[-1].end <= start:
            found.append(one)
        elif rank < KINDS.index(found[-1].kind):  # where two overlap, the surer one stays
            found[-1] = one
    return found


def redact_public(text: str, *, keep: Collection[str] = ()) -> str:
    """Return the text as everybody may read it. Names and doors in `keep` stay; numbers of people never do."""
    parts, at = [], 0
    for one in find_for_public(text):
        if one.kind == "number" or one.words not in keep:
            parts += [text[at : one.start], one.shown]
            at = one.end
    return "".join([*parts, text[at:]])


def may_remain(text: str) -> list[str]:
    """Return words that may still tell who somebody is or where they live, for a person to look at."""
    clean = redact_public(text)
    plain = half_width(clean)
    spans = sorted({*persons.maybe_named(plain), *doors.maybe_doors(plain)})
    return list(dict.fromkeys(clean[start:end] for start, end in spans))
