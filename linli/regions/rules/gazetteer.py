"""Finding a place in free Chinese text: all known names at once, then the one area that the names agree on.

1. At every position the longest known name is taken; names do not overlap.
2. A short form without its suffix (学府 for 学府社区) counts only if it has three characters or more, or if the words
   around it speak of a place (在学府, 学府附近). Words of every day such as 和平 or 建设 have no short form.
3. A name may stand for several places. Each candidate is supported by the other names that lie above or below it in the
   tree; the best supported wins, then the more specific, then the certain form over the short one.
4. A short form that means a street and a community in it (南苑) is taken for the street.
5. If different places tie, the answer is the smallest street that holds them all, or none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Level = Literal["county", "street", "community", "place", "grid"]
RANK: dict[Level, int] = {"county": 0, "street": 1, "community": 2, "place": 3, "grid": 4}
_HEAD = 2
_BEFORE = frozenset("在住到去于")
_AFTER = re.compile(
    "附近|门口|路口|一带|周边|旁边|对面|后面|前面|里面|这边|那边|这里|片区|小区|辖区|居民|村民|业主|老街|街上|市场|学校|小学|中学"
)
_PLAIN = str.maketrans({i + 0xFEE0: i for i in range(0x21, 0x7F)})


@dataclass(frozen=True, slots=True)
class Entry:
    """One place that names may stand for. `chain` holds the keys from the county down to the place, itself included.

    `today` is filled for an entry under another name than the one that the place bears now.
    """

    key: str
    level: Level
    division_id: int
    chain: tuple[str, ...]
    grid_id: int | None = None
    lng: float | None = None
    lat: float | None = None
    today: str = ""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place found in a text. `division_id` is the street or community; `span` is where `text` stands in the input.

    `today` is what the place is called now, where the text gives a name that it bore before or goes by.
    """

    division_id: int
    level: Level
    text: str
    span: tuple[int, int]
    grid_id: int | None = None
    lng: float | None = None
    lat: float | None = None
    today: str = ""


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    certain: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: tuple[int, int, bool]
    match: _Match
    entry: Entry


class Gazetteer:
    """An index of names, built once and then only read."""

    def __init__(self, names: Iterable[tuple[str, bool, Entry]]) -> None:
        """Index (name, certain, entry) triples. A name that is certain for one place is not a short form of others."""
        certain: dict[str, dict[str, Entry]] = defaultdict(dict)
        short: dict[str, dict[str, Entry]] = defaultdict(dict)
        self._by_key: dict[str, Entry] = {}
        for name, is_certain, entry in names:
            if not entry.today:
                self._by_key[entry.key] = entry
            written = name.translate(_PLAIN)
            if len(written) >= _HEAD:
                (certain if is_certain else short)[written][entry.key] = entry
        self._heads: dict[str, tuple[tuple[str, bool, tuple[Entry, ...]], ...]] = _by_head(certain, short)
        self._starts = _pattern_of_heads(self._heads)

    def find(self, text: str) -> TextPlace | None:
        """Return the place that the names in the text agree on, or None."""
        plain = text.translate(_PLAIN)
        matches = _reliable(list(self._matches(plain)), plain)
        if not matches:
            return None
        found = self._choose(_scored(matches))
        if not found:
            return None
        entry, span = found.entry, (found.match.start, found.match.end)
        named = text[span[0] : span[1]]
        return TextPlace(entry.division_id, entry.level, named, span, entry.grid_id, entry.lng, entry.lat, entry.today)

    def _matches(self, text: str) -> Iterator[_Match]:
        end = 0
        for hit in self._starts.finditer(text):
            start = hit.start()
            if start >= end and (found := self._longest(text, start)):
                yield found
                end = found.end

    def _longest(self, text: str, start: int) -> _Match | None:
        for name, certain, entries in self._heads.get(text[start : start + _HEAD], ()):
            if text.startswith(name, start):
                return _Match(start, start + len(name), certain, entries)
        return None

    def _choose(self, candidates: list[_Candidate]) -> _Candidate | None:
        if not candidates:
            return None
        best = max(candidate.score for candidate in candidates)
        winners = [candidate for candidate in candidates if candidate.score == best]
        places = {candidate.entry.key for candidate in winners}
        if len(places) == 1:
            return _widest(winners[0])
        shared = _common([candidate.entry.chain for candidate in winners])
        entry = self._by_key.get(shared[-1]) if shared else None
        return _Candidate(best, winners[0].match, entry) if entry and RANK[entry.level] else None


def _by_head(
    certain: dict[str, dict[str, Entry]], short: dict[str, dict[str, Entry]]
) -> dict[str, tuple[tuple[str, bool, tuple[Entry, ...]], ...]]:
    heads: dict[str, list[tuple[str, bool, tuple[Entry, ...]]]] = defaultdict(list)
    for name in sorted(certain.keys() | short.keys(), key=lambda name: (-len(name), name)):
        is_certain = name in certain
        entries = (certain if is_certain else short)[name]
        heads[name[:_HEAD]].append((name, is_certain, tuple(entries.values())))
    return {head: tuple(found) for head, found in heads.items()}


def _pattern_of_heads(heads: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that leaps, at the speed of C, to where a known name may start."""
    first = "".join(sorted({re.escape(head[0]) for head in heads}))
    second = "".join(sorted({re.escape(head[1]) for head in heads}))
    return re.compile(f"[{first}](?=[{second}])") if first else re.compile(r"(?!)")


def _reliable(matches: list[_Match], text: str) -> list[_Match]:
    starts = {match.start for match in matches}
    ends = {match.end for match in matches}
    return [
        match
        for match in matches
        if match.certain
        or match.end - match.start > _HEAD
        or match.start in ends
        or match.end in starts
        or text[max(match.start - 1, 0) : match.start] in _BEFORE
        or _AFTER.match(text, match.end) is not None
    ]


def _scored(matches: list[_Match]) -> list[_Candidate]:
    above: dict[str, set[int]] = defaultdict(set)
    for number, match in enumerate(matches):
        for entry in match.entries:
            for key in entry.chain:
                above[key].add(number)
    named = {entry.key: number for number, match in enumerate(matches) for entry in match.entries}
    return [
        _Candidate((_support(entry, number, above, named), RANK[entry.level], match.certain), match, entry)
        for number, match in enumerate(matches)
        for entry in match.entries
        if RANK[entry.level]
    ]


def _support(entry: Entry, number: int, above: dict[str, set[int]], named: dict[str, int]) -> int:
    below = above[entry.key] - {number}
    over = {named[key] for key in entry.chain[:-1] if key in named} - {number}
    return len(below | over)


def _widest(winner: _Candidate) -> _Candidate:
    """Return the street where a short form such as 南苑 may mean both the street and a community of it."""
    if winner.match.certain:
        return winner
    wider = [entry for entry in winner.match.entries if entry.key in winner.entry.chain and RANK[entry.level]]
    entry = min(wider, key=lambda entry: RANK[entry.level])
    return _Candidate(winner.score, winner.match, entry)


def _common(chains: list[tuple[str, ...]]) -> tuple[str, ...]:
    shared = []
    for keys in zip(*chains, strict=False):
        if len(set(keys)) > 1:
            break
        shared.append(keys[0])
    return tuple(shared)
