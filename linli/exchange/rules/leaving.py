"""By what somebody who was deleted is told in rows and lists that were kept: numbers, keys, a name with a second trait.

A name alone tells nobody: namesakes are common, and a row of another must not go. A telephone alone is a family's.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from linli.exchange.rules.conversions import day
from linli.exchange.rules.mapping import source_key

SHORTEST, SLIPS = 6, 2
OLD_LENGTH, NEW_LENGTH = 15, 18  # digits of a citizen id of the first and of the second generation
NOBODY: Mapping[str, Any] = {"found": False, "subject": None, "values": {}, "problem": ""}  # a line of an answer
_APART = re.compile(r"[\s\-·.]")
_NUMBERS = re.compile(rf"[0-9A-Z]{{{SHORTEST},}}")


@dataclass(frozen=True, slots=True)
class Known:
    """What the registry knew of one entity: keys as [source, key], numbers that are its own, and what goes with a name.

    `files` are what hangs on it in the media folder. Where there are `elements`, only these go.
    """

    entity_id: str
    kind: str
    keys: Sequence[Sequence[str]]
    numbers: Sequence[str]
    phones: Sequence[str]
    names: Sequence[str]
    details: Sequence[str]
    files: Sequence[str] = ()
    elements: Sequence[str] = ()

    def to_text(self) -> str:
        """Return it as a text that is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False)


def known_from(text: str) -> Known:
    """Return what `to_text` wrote."""
    return Known(**json.loads(text))


def plain(text: object) -> str:
    """Return a text in half width and capitals, without spaces, hyphens and points."""
    return _APART.sub("", unicodedata.normalize("NFKC", str(text))).upper()


class Wanted:
    """Several entities that are looked for at once: each row is read once, however many they are."""

    def __init__(self, known: Collection[Known]) -> None:
        """Lay out by what they are told."""
        self.keys = {(one.kind, source, key) for one in known for source, key in one.keys}
        self.numbers = {form for one in known for number in one.numbers for form in _forms(plain(number))}
        self.phones = {plain(phone) for one in known for phone in one.phones}
        self.with_name: dict[str, set[str]] = {}
        self.own_numbers: dict[str, set[str]] = {}
        for one in known:
            details = {plain(detail) for detail in (*one.phones, *one.details)}
            for name in map(plain, one.names):
                self.with_name.setdefault(name, set()).update(details)
                self.own_numbers.setdefault(name, set()).update(map(plain, one.numbers))

    def is_row(self, cells: Sequence[str], *, kind: str, source: str, key: str) -> bool:
        """Tell whether a row of a source speaks of one of them."""
        return (kind, source, key) in self.keys or self._is_told([plain(cell) for cell in cells], cells)

    def is_asked(self, values: Iterable[object]) -> bool:
        """Tell whether these values ask for one of them; here a telephone is enough."""
        texts = [str(value) for value in values]
        squeezed = [plain(text) for text in texts]
        return any(text in self.phones for text in squeezed) or self._is_told(squeezed, texts)

    def _is_told(self, squeezed: Sequence[str], cells: Sequence[str]) -> bool:
        numbers = {number for cell in squeezed for number in _NUMBERS.findall(cell)}
        if not self.numbers.isdisjoint((*numbers, *squeezed)):
            return True
        names = [cell for cell in squeezed if cell in self.with_name]
        if not names:
            return False
        said = {*squeezed, *numbers, *(plain(day(cell)) for cell in cells)}
        return any(self.with_name[name] & said or self._slipped(name, numbers) for name in names)

    def _slipped(self, name: str, numbers: Collection[str]) -> bool:
        """Tell whether a number under this name is the own one with a slip or two, as in rows that were set aside."""
        return any(
            abs(len(own) - len(number)) <= 1 and _apart(own, number) <= SLIPS
            for own in self.own_numbers[name] if len(own) >= OLD_LENGTH for number in numbers
        )  # fmt: skip


def row_key(row: Sequence[str], header: Sequence[str], keys: Sequence[str]) -> str:
    """Return by which key the source names a row; empty where it has none of its own."""
    places = [header.index(name) for name in keys if name in header]
    return source_key([row[place] for place in places if place < len(row)])


def blanked(cells: Sequence[str], header: Sequence[str], columns: Collection[str]) -> list[str]:
    """Return a row with the cells of some columns empty."""
    return ["" if at < len(header) and header[at] in columns else cell for at, cell in enumerate(cells)]


def without_codes(values: Mapping[str, Any], codes: Collection[str]) -> dict[str, Any]:
    """Return values without some elements."""
    return {code: value for code, value in values.items() if code not in codes}


def _forms(number: str) -> set[str]:
    """Return a number and, of a citizen id, its form of fifteen digits."""
    return {number, number[:6] + number[8:17]} if len(number) == NEW_LENGTH else {number}


def _apart(one: str, other: str) -> int:
    """Return how many characters differ, a missing one as one."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True))
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return min(1 + sum(a != b for a, b in zip(longer[:at] + longer[at + 1 :], shorter, strict=True))
               for at in range(len(longer)))  # fmt: skip
